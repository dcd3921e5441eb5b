package dev.holdfast.picture;

import dev.holdfast.model.Position;
import java.util.Locale;

/** Meridians and parallels at round degrees, on regional maps with their numbers. */
final class Graticule {
  private static final double[] STEPS = {0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30};
  private static final double PIXELS_APART = 110;

  private final View view;
  private final double step;
  private final double longitudeStep;
  private final double centreLatitude;
  private final double centreLongitude;
  private final double reach;

  Graticule(View view) {
    this.view = view;
    Position centre = Sphere.position(view.projection().centre());
    centreLatitude = centre.latitude();
    centreLongitude = centre.longitude();
    Box box = view.pane().box();
    double perRadian = view.projection().pixelsPerRadian();
    reach =
        view.globe() ? 180 : Math.toDegrees(Math.hypot(box.width(), box.height()) / 2 / perRadian);
    step = view.globe() ? 30 : step(Math.toDegrees(PIXELS_APART / perRadian));
    double cos = Math.cos(Math.toRadians(centreLatitude));
    longitudeStep = view.globe() || poleInSight() ? 30 : step(step / Math.max(0.02, cos));
  }

  private static double step(double atLeast) {
    for (double step : STEPS) {
      if (step >= atLeast) {
        return step;
      }
    }
    return 30;
  }

  /** Whether north is up nearly everywhere, so that an arrow may say so. */
  boolean northIsUp() {
    return view.globe() ? Math.abs(centreLatitude) < 50 : !poleInSight();
  }

  private boolean poleInSight() {
    return Math.abs(centreLatitude) + reach >= 90;
  }

  void paint(SvgWriter svg) {
    PathData path = new PathData();
    for (double longitude : meridians()) {
      view.open(path, meridian(longitude));
    }
    for (double latitude : parallels()) {
      view.open(path, parallel(latitude));
    }
    if (!path.isEmpty()) {
      svg.leaf("path", "class", "graticule", "d", path.toString());
    }
  }

  /** Marks the poles in sight, where north stops being up. */
  void markPoles(SvgWriter svg, Labels labels) {
    for (int sign : new int[] {1, -1}) {
      view.point(Sphere.vector(90 * sign, 0))
          .ifPresent(pole -> {
            double x = pole.x();
            double y = pole.y();
            Marks.line(svg, "scale", x - 5, y, x + 5, y);
            Marks.line(svg, "scale", x, y - 5, x, y + 5);
            labels.beside(pole, 6, degrees(90 * sign, "N", "S"), "", "degree");
          });
    }
  }

  /** Writes the degrees at the upper and the left edge. */
  void name(Labels labels) {
    Box box = view.pane().box();
    for (double longitude : meridians()) {
      for (Line part : view.pane().cutOpen(view.projection().open(meridian(longitude)))) {
        nameEnd(labels, part, degrees(longitude, "E", "W"), box, true);
      }
    }
    for (double latitude : parallels()) {
      for (Line part : view.pane().cutOpen(view.projection().open(parallel(latitude)))) {
        nameEnd(labels, part, degrees(latitude, "N", "S"), box, false);
      }
    }
  }

  private static void nameEnd(Labels labels, Line part, String name, Box box, boolean atTop) {
    double width = TextFit.width(name, Labels.SIZE);
    for (int end : new int[] {0, part.size() - 1}) {
      double x = part.x(end);
      double y = part.y(end);
      if (atTop && y < box.y() + 0.5) {
        labels.centred(x, y + 15, Labels.Name.of(name, "degree"), 200);
        return;
      }
      if (!atTop && x < box.x() + 0.5) {
        labels.centred(x + width / 2 + 14, y, Labels.Name.of(name, "degree"), 200);
        return;
      }
    }
  }

  private double[] meridians() {
    double half =
        view.globe() || poleInSight()
            ? 180 - longitudeStep / 2
            : Math.min(
                180 - longitudeStep / 2,
                reach / Math.cos(Math.toRadians(Math.abs(centreLatitude) + reach)));
    return steps(centreLongitude - half, centreLongitude + half, longitudeStep);
  }

  private double[] parallels() {
    double low = view.globe() ? -89 : Math.max(-89.99, centreLatitude - reach);
    double high = view.globe() ? 89 : Math.min(89.99, centreLatitude + reach);
    return steps(low, high, step);
  }

  private static double[] steps(double from, double to, double step) {
    long first = (long) Math.ceil(from / step);
    long last = (long) Math.floor(to / step);
    double[] steps = new double[(int) Math.max(0, last - first + 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (first + i) * step;
    }
    return steps;
  }

  private SphereLine meridian(double longitude) {
    boolean whole = view.globe() || poleInSight();
    double low = whole ? -90 + step : Math.max(-90, centreLatitude - reach);
    double high = whole ? 90 - step : Math.min(90, centreLatitude + reach);
    SphereLine line = new SphereLine();
    for (int i = 0; i <= 48; i++) {
      line.add(Sphere.vector(low + (high - low) * i / 48, longitude));
    }
    return line;
  }

  private SphereLine parallel(double latitude) {
    double half =
        view.globe() || poleInSight()
            ? 180
            : Math.min(180, reach / Math.cos(Math.toRadians(Math.abs(centreLatitude) + reach)));
    SphereLine line = new SphereLine();
    for (int i = 0; i <= 180; i++) {
      line.add(Sphere.vector(latitude, centreLongitude - half + 2 * half * i / 180));
    }
    return line;
  }

  private static String degrees(double value, String positive, String negative) {
    double within = Math.IEEEremainder(value, 360);
    String number = String.format(Locale.ROOT, "%.2f", Math.abs(within)).replaceAll("\\.?0+$", "");
    boolean plain = Math.abs(within) < 1e-9 || Math.abs(Math.abs(within) - 180) < 1e-9;
    return number + "°" + (plain ? "" : within > 0 ? positive : negative);
  }
}
