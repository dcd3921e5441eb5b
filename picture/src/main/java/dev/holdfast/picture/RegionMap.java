package dev.holdfast.picture;

import static java.util.Objects.requireNonNull;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.BorderMap;
import dev.holdfast.model.LocationReport;
import java.util.ArrayList;
import java.util.List;

/**
 * A location report as a stand-alone SVG document: the region, the bounds that make it, the claims,
 * and the verdicts as sentences under the map.
 *
 * <p>A regional map where everything of interest is near together, else a globe from the side that
 * shows most of it; what is too small there is drawn again, enlarged. Light and dark follow the
 * reader's preference. No fonts, scripts or pictures from elsewhere.
 *
 * <p>One instance draws any number of reports, and keeps the outlines of the atlas between them.
 * Safe for use by several threads.
 */
public final class RegionMap {
  private final Atlas atlas;
  private final Outlines world;

  private RegionMap(Atlas atlas) {
    this.atlas = requireNonNull(atlas, "atlas");
    List<double[][]> rings = new ArrayList<>();
    for (BorderMap.BorderUnit unit : atlas.map().units()) {
      rings.addAll(atlas.map().rings(unit));
    }
    this.world = Outlines.of(rings);
  }

  /** Prepares an atlas for drawing; takes about a third of a second. */
  public static RegionMap of(Atlas atlas) {
    return new RegionMap(atlas);
  }

  /** Draws one report. */
  public static String draw(LocationReport report, Atlas atlas, Caption caption) {
    return of(atlas).draw(report, caption);
  }

  /**
   * Draws one report.
   *
   * @param caption its sentences in the order of the report's verdicts
   * @return an SVG document
   */
  public String draw(LocationReport report, Caption caption) {
    Scene scene = new Scene(report, atlas);
    return new Sheet(scene, caption, new MapPainter(atlas, world, scene, caption)).document();
  }
}
