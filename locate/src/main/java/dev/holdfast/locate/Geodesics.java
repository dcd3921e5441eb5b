package dev.holdfast.locate;

import dev.holdfast.model.Position;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;

/** Distances along the ellipsoid of WGS84 (Karney, "Algorithms for geodesics", 2013). */
public final class Geodesics {
  private Geodesics() {}

  /** The shortest way between two places, in kilometres, not rounded to any side. */
  public static double kilometres(Position one, Position other) {
    return Geodesic.WGS84.Inverse(
                one.latitude(),
                one.longitude(),
                other.latitude(),
                other.longitude(),
                GeodesicMask.DISTANCE)
            .s12
        / 1000;
  }
}
