package dev.holdfast.picture;

import dev.holdfast.locate.Atlas;

/** Paints one view of a scene, from the sea up. */
final class MapPainter {
  private final Atlas atlas;
  private final Outlines world;
  private final Scene scene;
  private final Caption caption;

  MapPainter(Atlas atlas, Outlines world, Scene scene, Caption caption) {
    this.atlas = atlas;
    this.world = world;
    this.scene = scene;
    this.caption = caption;
  }

  /**
   * Paints a map.
   *
   * @param area where names may go: the pane, or more where there is room around it
   * @param main whether it is the main map, with degrees and the names of countries
   * @return the names on it, to be put on top
   */
  Labels paint(SvgWriter svg, View view, Box area, boolean main) {
    Labels labels = new Labels(area);
    Graticule graticule = new Graticule(view);
    BoundLayer bounds = new BoundLayer(scene, view);
    RegionLayer region = new RegionLayer(scene, view);
    ClaimLayer claims = new ClaimLayer(scene, view, caption.words());

    LandLayer.paint(svg, view, atlas, world);
    graticule.paint(svg);
    LandLayer.paintBorders(svg, view, world);
    claims.paintAreas(svg);
    bounds.paintBehind(svg);
    region.paintFill(svg, caption.simulated());
    bounds.paintBinding(svg);
    region.paintRim(svg);
    claims.paintCircles(svg);
    Marks.polygon(svg, "frame", view.pane().outline());
    bounds.paintLandmarks(svg);
    bounds.block(labels, true);
    claims.paintCrosses(svg, labels);
    claims.paintLengths(svg, labels);

    claims.nameCrosses(labels);
    if (main) {
      CountryNames.paintClaimed(view, atlas, scene, labels);
    }
    bounds.block(labels, false);
    bounds.name(labels, true);
    if (main) {
      if (!view.globe()) {
        graticule.name(labels);
      }
      if (!graticule.northIsUp()) {
        graticule.markPoles(svg, labels);
      }
      CountryNames.paint(view, atlas, scene, labels);
    }
    bounds.name(labels, false);
    return labels;
  }

  /** Paints a small globe with the place of a regional map marked on it. */
  void paintLocator(SvgWriter svg, View locator, View regional) {
    LandLayer.paint(svg, locator, atlas, world);
    new Graticule(locator).paint(svg);
    Box frame = regional.pane().box();
    SphereLine outline = new SphereLine();
    Line edge = frame.outline();
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 8; j++) {
        double t = j / 8.0;
        double x = edge.x(i) + t * (edge.x((i + 1) % 4) - edge.x(i));
        double y = edge.y(i) + t * (edge.y((i + 1) % 4) - edge.y(i));
        outline.add(regional.projection().unproject(x, y));
      }
    }
    Marks.polygon(svg, "frame", locator.pane().outline());
    Line drawn = locator.projection().closed(outline);
    Box box = drawn.box();
    if (box.width() < 7) {
      drawn = Box.around(box.centreX(), box.centreY(), 4, 4).outline();
    }
    svg.leaf("path", "class", "area", "d", locator.rim(new PathData(), drawn).toString());
  }
}
