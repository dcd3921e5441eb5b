package dev.holdfast.picture;

import dev.holdfast.locate.Atlas;

/** Land with its coasts, and the borders between its units. */
final class LandLayer {
  private LandLayer() {}

  static void paint(SvgWriter svg, View view, Atlas atlas, Outlines world) {
    Marks.polygon(svg, "page", view.pane().outline());
    svg.leaf("path", "class", "land", "fill-rule", "evenodd", "d", land(view, atlas, world));
  }

  static void paintBorders(SvgWriter svg, View view, Outlines world) {
    PathData borders = new PathData();
    world.seams().forEach(seam -> view.open(borders, seam));
    if (!borders.isEmpty()) {
      svg.leaf("path", "class", "border", "d", borders.toString());
    }
  }

  private static String land(View view, Atlas atlas, Outlines world) {
    PathData land = new PathData();
    double[] centre = view.projection().centre();
    double[] antipode = {-centre[0], -centre[1], -centre[2]};
    if (!atlas.at(Sphere.position(antipode)).isEmpty()) {
      // Inside and outside have changed places; see Azimuthal.
      land.closed(view.pane().outline());
    }
    world.loops().forEach(loop -> view.closed(land, loop));
    return land.toString();
  }
}
