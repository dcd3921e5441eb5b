package dev.holdfast.picture;

import dev.holdfast.model.Bound;
import java.util.List;
import java.util.Locale;

/** The circles of the bounds, and the landmarks in their middles. */
final class BoundLayer {
  /** A bound this wide reaches every place and has no circle, km. */
  private static final double WHOLE_EARTH_KM = 20_003;

  /** More circles than this are drawn fainter. */
  private static final int CROWD = 12;

  private final Scene scene;
  private final View view;

  BoundLayer(Scene scene, View view) {
    this.scene = scene;
    this.view = view;
  }

  /** The circles that do not shape the region, and the discs that contradict each other. */
  void paintBehind(SvgWriter svg) {
    rims(svg, scene.others().size() > CROWD ? "bound-crowd" : "bound-other", scene.others());
    for (Bound bound : scene.binding()) {
      if (scene.contradicts(bound) && bound.atMost().kilometres() < WHOLE_EARTH_KM / 2) {
        PathData disc = view.closed(new PathData(), Scene.rim(bound));
        if (!disc.isEmpty()) {
          svg.leaf("path", "class", "apart", "d", disc.toString());
        }
      }
    }
  }

  void paintBinding(SvgWriter svg) {
    rims(svg, "bound", scene.binding());
  }

  private void rims(SvgWriter svg, String style, List<Bound> bounds) {
    PathData path = new PathData();
    for (Bound bound : bounds) {
      if (bound.atMost().kilometres() < WHOLE_EARTH_KM) {
        view.rim(path, Scene.rim(bound));
      }
    }
    if (!path.isEmpty()) {
      svg.leaf("path", "class", style, "d", path.toString());
    }
  }

  void paintLandmarks(SvgWriter svg) {
    marks(svg, scene.others(), false);
    marks(svg, scene.binding(), true);
  }

  /** Keeps the places of landmarks free of names. */
  void block(Labels labels, boolean binding) {
    for (Bound bound : binding ? scene.binding() : scene.others()) {
      view.point(bound.landmark().position()).ifPresent(point -> labels.block(point, 7));
    }
  }

  private void marks(SvgWriter svg, List<Bound> bounds, boolean binding) {
    for (Bound bound : bounds) {
      view.point(bound.landmark().position())
          .ifPresent(point -> {
            svg.open("g");
            svg.text("title", name(bound) + reach(bound));
            Marks.landmark(svg, binding, point.x(), point.y());
            svg.close("g");
          });
    }
  }

  /** Names those that shape the region first. */
  void name(Labels labels, boolean binding) {
    for (Bound bound : binding ? scene.binding() : scene.others()) {
      view.point(bound.landmark().position())
          .ifPresent(point ->
              labels.beside(
                  point,
                  7,
                  name(bound),
                  binding ? reach(bound) : "",
                  binding ? "label" : "label-other"));
    }
  }

  /** How many landmarks of binding bounds are not in view. */
  long hidden() {
    return scene.binding().stream()
        .filter(bound -> view.point(bound.landmark().position()).isEmpty())
        .count();
  }

  private static String name(Bound bound) {
    return bound.landmark().id().value();
  }

  private static String reach(Bound bound) {
    double delay = bound.roundTrip().milliseconds();
    return String.format(Locale.ROOT, delay < 1 ? "  %.2f ms" : "  %.1f ms", delay);
  }
}
