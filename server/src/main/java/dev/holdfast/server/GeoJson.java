package dev.holdfast.server;

import dev.holdfast.locate.BorderMap;
import dev.holdfast.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** GeoJSON (RFC 7946) of lines on the sphere; to two or five digits behind the point. */
final class GeoJson {
  /** Degrees between points of land: a pixel of a globe that fills a screen. */
  private static final double FINEST = 0.12;

  private GeoJson() {}

  /** Rings as polygons of one ring each: what is drawn with the even-odd rule. */
  static Map<String, Object> multiPolygon(List<List<Position>> rings) {
    List<List<List<double[]>>> polygons = new ArrayList<>();
    for (List<Position> ring : rings) {
      List<double[]> points = new ArrayList<>();
      for (Position place : ring) {
        points.add(new double[] {round(place.longitude(), 1e5), round(place.latitude(), 1e5)});
      }
      polygons.add(List.of(clockwise(points)));
    }
    return Map.of("type", "MultiPolygon", "coordinates", polygons);
  }

  /** The land of all units, thinned to what a globe shows. */
  static Map<String, Object> land(BorderMap map) {
    List<List<List<double[]>>> polygons = new ArrayList<>();
    for (BorderMap.BorderUnit unit : map.units()) {
      List<List<double[]>> polygon = new ArrayList<>();
      for (double[][] ring : map.rings(unit)) {
        List<double[]> points = thinned(ring);
        if (points.size() < 4) {
          continue;
        }
        // Holes run the other way, behind the ring that they are in.
        if (isClockwise(points) && !polygon.isEmpty()) {
          polygons.add(polygon);
          polygon = new ArrayList<>();
        }
        polygon.add(points);
      }
      if (!polygon.isEmpty()) {
        polygons.add(polygon);
      }
    }
    return Map.of("type", "MultiPolygon", "coordinates", polygons);
  }

  /**
   * The ring clockwise as seen from above, as d3-geo takes the smaller side for the inside; RFC
   * 7946 asks for the other, and says that readers should take both.
   */
  private static List<double[]> clockwise(List<double[]> ring) {
    return isClockwise(ring) ? ring : ring.reversed();
  }

  private static boolean isClockwise(List<double[]> ring) {
    double twice = 0;
    for (int i = 0; i + 1 < ring.size(); i++) {
      double[] a = ring.get(i);
      double[] b = ring.get(i + 1);
      // A step over the antimeridian is a short one.
      twice += Math.IEEEremainder(b[0] - a[0], 360) * (a[1] + b[1]);
    }
    return twice >= 0;
  }

  private static List<double[]> thinned(double[][] ring) {
    List<double[]> points = new ArrayList<>();
    int last = ring[0].length - 1;
    for (int i = 0; i < last; i++) {
      double longitude = round(ring[0][i], 1e2);
      double latitude = round(ring[1][i], 1e2);
      double[] before = points.isEmpty() ? null : points.getLast();
      if (before == null
          || Math.hypot(
                  Math.IEEEremainder(longitude - before[0], 360)
                      * Math.cos(Math.toRadians(latitude)),
                  latitude - before[1])
              > FINEST) {
        points.add(new double[] {longitude, latitude});
      }
    }
    if (!points.isEmpty()) {
      points.add(points.getFirst());
    }
    return points;
  }

  private static double round(double degrees, double scale) {
    return Math.rint(degrees * scale) / scale;
  }
}
