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

  /** Square degrees that an island needs to be drawn, twice. */
  private static final double LEAST = 0.01;

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
        boolean outer = isOuter(ring);
        // One that thinning has turned round, or all but flattened, would fill the whole globe.
        if (points.size() < 4
            || (!roundsPole(points) && Math.abs(twice(points)) < LEAST)
            || isOuter(points) != outer) {
          continue;
        }
        // Holes run the other way, behind the ring that they are in.
        if (outer && !polygon.isEmpty()) {
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
    return twice(ring) >= 0 ? ring : ring.reversed();
  }

  private static boolean isOuter(double[][] ring) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < ring[0].length; i++) {
      points.add(new double[] {ring[0][i], ring[1][i]});
    }
    return isOuter(points);
  }

  /** Whether a ring is no hole; the map has no hole around a pole. */
  private static boolean isOuter(List<double[]> ring) {
    return roundsPole(ring) || twice(ring) >= 0;
  }

  private static boolean roundsPole(List<double[]> ring) {
    double around = 0;
    for (int i = 0; i + 1 < ring.size(); i++) {
      // A step over the antimeridian is a short one.
      around += Math.IEEEremainder(ring.get(i + 1)[0] - ring.get(i)[0], 360);
    }
    return Math.abs(around) > 180;
  }

  /** Twice the area in square degrees, positive where it runs clockwise as seen from above. */
  private static double twice(List<double[]> ring) {
    double twice = 0;
    for (int i = 0; i + 1 < ring.size(); i++) {
      double[] a = ring.get(i);
      double[] b = ring.get(i + 1);
      twice += Math.IEEEremainder(b[0] - a[0], 360) * (a[1] + b[1]);
    }
    return twice;
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
