package dev.holdfast.picture;

import dev.holdfast.model.Verdict;
import java.util.Optional;

/** What is claimed: crosses with their circles, outlined destinations, and how far off they are. */
final class ClaimLayer {
  private static final double SHORTEST_LINE = 60;

  /** Islands of a claimed destination that are smaller are left to the coast; pixels. */
  private static final double SMALLEST_ISLAND = 7;

  private final Scene scene;
  private final View view;
  private final MapWords words;

  ClaimLayer(Scene scene, View view, MapWords words) {
    this.scene = scene;
    this.view = view;
    this.words = words;
  }

  void paintAreas(SvgWriter svg) {
    for (Scene.ClaimedArea area : scene.areas()) {
      PathData path = new PathData();
      area.outlines().loops().forEach(loop -> outline(path, loop));
      if (!path.isEmpty()) {
        svg.leaf("path", "class", area.excluded() ? "area-out" : "area", "d", path.toString());
      }
    }
  }

  /** Whether any of an area's outline is in view. */
  boolean shows(Scene.ClaimedArea area) {
    PathData path = new PathData();
    area.outlines().loops().forEach(loop -> outline(path, loop));
    return !path.isEmpty();
  }

  private void outline(PathData path, SphereLine loop) {
    Line line = view.projection().closed(loop);
    Box box = line.box();
    if (Math.max(box.width(), box.height()) >= SMALLEST_ISLAND) {
      view.rim(path, line);
    }
  }

  void paintCircles(SvgWriter svg) {
    PathData path = new PathData();
    for (Scene.ClaimedPlace place : scene.places()) {
      double pixels = place.claim().radius().kilometres() * view.projection().pixelsPerKm();
      if (pixels > 6) {
        view.rim(path, place.circle());
      }
    }
    if (!path.isEmpty()) {
      svg.leaf("path", "class", "claim-circle", "d", path.toString());
    }
  }

  /** Lines over which something is measured, with their lengths. */
  void paintLengths(SvgWriter svg, Labels labels) {
    for (Scene.Away away : scene.aways()) {
      length(svg, labels, "away", away.landmark(), away.claim(), away.length());
    }
    for (Scene.Gap gap : scene.gaps()) {
      gap(svg, labels, gap);
    }
  }

  private void length(
      SvgWriter svg, Labels labels, String style, double[] from, double[] to, String length) {
    Point start = view.projection().project(from);
    Point end = view.projection().project(to);
    if (start.distance(end) < SHORTEST_LINE) {
      return;
    }
    SphereLine line = new SphereLine();
    line.add(from);
    line.add(to);
    PathData path = view.open(new PathData(), line);
    if (!path.isEmpty()) {
      svg.leaf("path", "class", style, "d", path.toString());
      double[] middle = Sphere.towards(from, to, Sphere.angle(from, to) / 2);
      view.point(middle).ifPresent(p -> labels.beside(p, 3, length, "", "label-gap"));
    }
  }

  private void gap(SvgWriter svg, Labels labels, Scene.Gap gap) {
    Point from = view.projection().project(gap.from());
    Point to = view.projection().project(gap.to());
    if (view.point(gap.from()).isEmpty() && view.point(gap.to()).isEmpty()) {
      return;
    }
    double length = Math.max(1e-6, from.distance(to));
    double dx = (to.x() - from.x()) / length;
    double dy = (to.y() - from.y()) / length;
    for (Line part : view.pane().cutOpen(Line.through(from.x(), from.y(), to.x(), to.y()))) {
      svg.leaf("path", "class", "gap", "d", new PathData().open(part).toString());
    }
    for (Point end : new Point[] {from, to}) {
      if (view.pane().holds(end.x(), end.y())) {
        Marks.line(
            svg, "gap", end.x() - 6 * dy, end.y() + 6 * dx, end.x() + 6 * dy, end.y() - 6 * dx);
      }
    }
    Point middle = new Point((from.x() + to.x()) / 2, (from.y() + to.y()) / 2);
    String label = MapWords.fill(words.gap(), Numbers.km(gap.km()));
    // Along the line there is least room: the label goes to its side, past the end marks.
    double clear = Math.min(length / 2, 14 * Math.abs(dy) + length / 2 * Math.abs(dx));
    labels.block(Box.around(middle.x(), middle.y(), Math.abs(dx) * length / 2, 6));
    labels.besideSurely(
        middle, Math.max(8, Math.min(clear, 12)), Labels.Name.of(label, "label-gap"));
  }

  void paintCrosses(SvgWriter svg, Labels labels) {
    for (Scene.ClaimedPlace place : scene.places()) {
      Optional<Point> point = view.point(place.at());
      if (point.isPresent()) {
        labels.block(point.get(), 9);
        Marks.cross(svg, point.get().x(), point.get().y());
      } else if (view.globe()) {
        String name = name(place.number(), words.claim());
        arrow(svg, labels, place.at(), name, place.value());
      }
    }
    for (Scene.ClaimedArea area : scene.areas()) {
      double[] middle = area.middle();
      if (view.globe() && !area.excluded() && view.projection().beyondHorizon(middle)) {
        arrow(svg, labels, middle, name(area.number(), area.name()), area.value());
      }
    }
  }

  /** Points over the horizon. */
  private void arrow(
      SvgWriter svg, Labels labels, double[] place, String name, Verdict.Value value) {
    Point edge = view.projection().project(place);
    double direction = view.projection().direction(place);
    double x = edge.x() + 12 * Math.sin(direction);
    double y = edge.y() - 12 * Math.cos(direction);
    Marks.arrow(svg, x, y, direction);
    labels.block(new Point(x, y), 10);
    labels.besideSurely(
        new Point(x, y),
        11,
        new Labels.Name(name, " (" + words.beyondHorizon() + ")", "label-claim", value));
  }

  void nameCrosses(Labels labels) {
    for (Scene.ClaimedPlace place : scene.places()) {
      view.point(place.at())
          .ifPresent(point ->
              labels.besideSurely(
                  point,
                  9,
                  new Labels.Name(
                      name(place.number(), words.claim()), "", "label-claim", place.value())));
    }
  }

  private String name(int number, String name) {
    return scene.numbered() ? number + " " + name : name;
  }
}
