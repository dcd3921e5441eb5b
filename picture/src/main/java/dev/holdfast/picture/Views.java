package dev.holdfast.picture;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses what part of the Earth to show, and from which side. */
final class Views {
  /** Beyond this angle from the centre a regional map would mislead; then it is a globe. */
  private static final double WIDEST = Math.toRadians(38);

  /** The border map says nothing below; km from the centre to the edge of the pane. */
  private static final double LEAST_KM = 12;

  /** A region smaller than this on the map is shown again, enlarged; pixels. */
  private static final double TINY = 26;

  /** An area larger than this need not be on the map as a whole, km. */
  private static final double WIDE_BOUND_KM = 2500;

  private Views() {}

  /** Something that ought to be seen: a circle on the sphere. */
  private record Interest(double[] at, double angle) {}

  /** The main map of a scene, in a box. */
  static View main(Scene scene, Box box) {
    List<Interest> interests = interests(scene);
    if (!interests.isEmpty()) {
      View view = regional(interests, box, 44);
      double farthest = 0;
      for (Interest interest : interests) {
        double away = Sphere.angle(view.projection().centre(), interest.at) + interest.angle;
        farthest = Math.max(farthest, away);
      }
      if (farthest <= WIDEST) {
        return view;
      }
    }
    return globe(side(scene), box.centreX(), box.centreY(), box.height() / 2 - 16);
  }

  /** An enlarged map of what is too small on the main one. */
  static Optional<View> inset(Scene scene, View main, Box box) {
    double scale = main.projection().pixelsPerKm();
    List<Interest> interests = new ArrayList<>();
    scene
        .regionCentre()
        .filter(centre -> scene.regionRadius().kilometres() * scale < TINY)
        .map(Sphere::vector)
        .ifPresent(centre -> {
          double angle = Sphere.kmToAngle(scene.regionRadius().kilometres());
          interests.add(new Interest(centre, angle));
          double near = Math.max(8 * angle, Sphere.kmToAngle(2 * LEAST_KM));
          for (Scene.ClaimedPlace place : scene.places()) {
            if (Sphere.angle(centre, place.at()) < near) {
              double radius = Sphere.kmToAngle(place.claim().radius().kilometres());
              interests.add(new Interest(place.at(), Math.min(radius, near)));
            }
          }
        });
    scene.gaps().stream()
        .filter(gap -> gap.km() * scale < TINY / 2)
        .min(Comparator.comparingDouble(Scene.Gap::km))
        .ifPresent(gap -> {
          double[] middle =
              Sphere.towards(gap.from(), gap.to(), Sphere.angle(gap.from(), gap.to()) / 2);
          interests.add(new Interest(middle, Sphere.kmToAngle(2 * gap.km())));
        });
    return interests.isEmpty() ? Optional.empty() : Optional.of(regional(interests, box, 30));
  }

  /** A small globe that shows where on the Earth a regional map is. */
  static View locator(View regional, Box box) {
    return globe(regional.projection().centre(), box.centreX(), box.centreY(), box.height() / 2);
  }

  private static View globe(double[] centre, double x, double y, double radius) {
    return new View(
        new Azimuthal(Azimuthal.Kind.GLOBE, centre, radius, x, y), new Pane.Disc(x, y, radius));
  }

  private static List<Interest> interests(Scene scene) {
    List<Interest> interests = new ArrayList<>();
    scene
        .regionCentre()
        .ifPresent(centre ->
            interests.add(
                new Interest(
                    Sphere.vector(centre), Sphere.kmToAngle(scene.regionRadius().kilometres()))));
    for (Scene.ClaimedPlace place : scene.places()) {
      double radius = Sphere.kmToAngle(place.claim().radius().kilometres());
      interests.add(new Interest(place.at(), radius));
    }
    for (Bound bound : scene.binding()) {
      double reach =
          scene.contradicts(bound) && bound.atMost().kilometres() < WIDE_BOUND_KM
              ? Sphere.kmToAngle(bound.atMost().kilometres())
              : 0;
      interests.add(new Interest(Sphere.vector(bound.landmark().position()), reach));
    }
    for (Scene.ClaimedArea area : scene.areas()) {
      nearest(scene, area).ifPresent(point -> interests.add(new Interest(point, 0)));
    }
    return interests;
  }

  /** The point of a claimed area next to the region, where it matters that the two are apart. */
  private static Optional<double[]> nearest(Scene scene, Scene.ClaimedArea area) {
    boolean refuted = area.value() == Verdict.Value.REFUTED;
    if (scene.regionCentre().isEmpty() || area.excluded() == refuted) {
      return Optional.empty();
    }
    double[] centre = Sphere.vector(scene.regionCentre().get());
    double radius = Sphere.kmToAngle(scene.regionRadius().kilometres());
    double most = refuted ? Math.PI : Math.max(4 * radius, Sphere.kmToAngle(800));
    Optional<double[]> nearest = Optional.empty();
    for (SphereLine loop : area.outlines().loops()) {
      for (int i = 0; i < loop.size(); i++) {
        double angle = Sphere.angle(centre, loop.vector(i));
        if (angle < most) {
          most = angle;
          nearest = Optional.of(loop.vector(i));
        }
      }
    }
    return nearest;
  }

  /** The equidistant map whose frame, less a margin, is filled by all that is of interest. */
  private static View regional(List<Interest> interests, Box box, double margin) {
    double[] centre = middle(interests);
    Box seen = box;
    for (int i = 0; i < 4; i++) {
      Azimuthal plane = new Azimuthal(Azimuthal.Kind.REGIONAL, centre, 1, 0, 0);
      Line points = new Line();
      for (Interest interest : interests) {
        SphereLine circle = Sphere.circle(interest.at, interest.angle, 24);
        for (int j = 0; j < circle.size(); j++) {
          Point point = plane.project(circle.vector(j));
          points.add(point.x(), point.y());
        }
      }
      seen = points.box();
      centre = plane.unproject(seen.centreX(), seen.centreY());
    }
    double least = Sphere.kmToAngle(LEAST_KM);
    double scale =
        Math.min(
            (box.width() / 2 - margin) / Math.max(least, seen.width() / 2),
            (box.height() / 2 - margin) / Math.max(least, seen.height() / 2));
    return new View(
        new Azimuthal(Azimuthal.Kind.REGIONAL, centre, scale, box.centreX(), box.centreY()),
        new Pane.Rectangle(box));
  }

  private static double[] middle(List<Interest> interests) {
    double[] sum = new double[3];
    for (Interest interest : interests) {
      for (int i = 0; i < 3; i++) {
        sum[i] += interest.at[i];
      }
    }
    return Math.sqrt(Sphere.dot(sum, sum)) < 1e-9
        ? interests.getFirst().at
        : Sphere.unit(sum[0], sum[1], sum[2]);
  }

  /** The side of the globe that shows the region and then the claim and the landmarks best. */
  private static double[] side(Scene scene) {
    List<double[]> wanted = new ArrayList<>();
    scene.regionCentre().map(Sphere::vector).ifPresent(wanted::add);
    scene.gaps().forEach(gap -> wanted.add(gap.from()));
    scene.places().forEach(place -> wanted.add(place.at()));
    scene.areas().forEach(area -> nearest(scene, area).ifPresent(wanted::add));
    List<Interest> landmarks = new ArrayList<>();
    for (Bound bound : scene.binding()) {
      landmarks.add(new Interest(Sphere.vector(bound.landmark().position()), 0));
    }
    if (!landmarks.isEmpty()) {
      wanted.add(middle(landmarks));
    }
    if (wanted.isEmpty()) {
      return Sphere.vector(0, 0);
    }
    double[] main = wanted.getFirst();
    double[] farthest = main;
    for (double[] place : wanted) {
      farthest = Sphere.angle(main, place) > Sphere.angle(main, farthest) ? place : farthest;
    }
    // The first stays at most 55 degrees from the middle; up to 140 degrees apart both are seen.
    double apart = Sphere.angle(main, farthest);
    double most = Math.toRadians(apart <= Math.toRadians(140) ? 55 : 45);
    return Sphere.towards(main, farthest, Math.min(most, apart / 2));
  }
}
