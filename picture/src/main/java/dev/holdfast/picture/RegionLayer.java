package dev.holdfast.picture;

import java.util.List;

/** What the bounds leave: filled, with a clear rim; a dot where it is too small to see. */
final class RegionLayer {
  /** Smaller than this it gets a dot, pixels. */
  private static final double DOT = 5;

  private final Scene scene;
  private final View view;
  private final List<Line> outline;

  RegionLayer(Scene scene, View view) {
    this.scene = scene;
    this.view = view;
    this.outline = scene.hasRegion() ? Contour.of(field(), view.pane().box()) : List.of();
  }

  private Contour.Field field() {
    Azimuthal projection = view.projection();
    return new Contour.Field() {
      @Override
      public double depth(double x, double y) {
        return scene.field().depthKm(Sphere.position(projection.unproject(x, y)));
      }

      @Override
      public double reach(double x, double y, double pixels) {
        return projection.reachKm(x, y, pixels);
      }
    };
  }

  void paintFill(SvgWriter svg, boolean simulated) {
    PathData fill = new PathData();
    outline.forEach(line -> view.closed(fill, line));
    if (fill.isEmpty()) {
      return;
    }
    svg.leaf("path", "class", "region", "fill-rule", "evenodd", "d", fill.toString());
    if (simulated) {
      svg.leaf("path", "class", "hatch", "fill-rule", "evenodd", "d", fill.toString());
    }
  }

  void paintRim(SvgWriter svg) {
    PathData rim = new PathData();
    outline.forEach(line -> view.rim(rim, line));
    if (!rim.isEmpty()) {
      svg.leaf("path", "class", "rim", "d", rim.toString());
    }
    scene
        .regionCentre()
        .filter(centre -> scene.regionRadius().kilometres() * view.projection().pixelsPerKm() < DOT)
        .flatMap(view::point)
        .ifPresent(point -> Marks.dot(svg, point.x(), point.y()));
  }
}
