package dev.holdfast.picture;

import dev.holdfast.locate.RegionField;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Position;
import java.util.ArrayList;
import java.util.List;

/** The rim of a region in degrees, for maps that are drawn elsewhere. */
public final class RegionOutline {
  /** Half the side of the grid that the rim is followed on. */
  private static final double HALF = 160;

  private static final double MARGIN = 1.05;

  private RegionOutline() {}

  /**
   * Closed lines around the pieces of a region, and around holes in it.
   *
   * <p>The rim is true to about a hundredth of the region's radius, and is a picture: verdicts are
   * not taken from it.
   *
   * @return empty where the region is empty, or so wide that it is no map
   */
  public static List<List<Position>> of(LocationReport report) {
    Position centre = report.region().centre();
    double radius = Sphere.kmToAngle(report.region().radiusKm() * MARGIN);
    if (report.region().empty() || centre == null || radius > Math.toRadians(105)) {
      return List.of();
    }
    RegionField field = new RegionField(report.bounds(), report.toleratedFaults());
    Azimuthal projection =
        new Azimuthal(
            Azimuthal.Kind.REGIONAL, Sphere.vector(centre), HALF / Math.max(radius, 1e-9), 0, 0);
    Contour.Field depth =
        new Contour.Field() {
          @Override
          public double depth(double x, double y) {
            return field.depthKm(Sphere.position(projection.unproject(x, y)));
          }

          @Override
          public double reach(double x, double y, double pixels) {
            return projection.reachKm(x, y, pixels);
          }
        };
    List<List<Position>> outline = new ArrayList<>();
    for (Line line : Contour.of(depth, Box.around(0, 0, HALF, HALF))) {
      List<Position> ring = new ArrayList<>(line.size() + 1);
      for (int i = 0; i <= line.size(); i++) {
        int at = i % line.size();
        ring.add(Sphere.position(projection.unproject(line.x(at), line.y(at))));
      }
      outline.add(ring);
    }
    return outline;
  }
}
