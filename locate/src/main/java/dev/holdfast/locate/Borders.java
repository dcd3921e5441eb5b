package dev.holdfast.locate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The borders between destinations as great-circle arcs between unit normals, without those inside
 * one destination.
 *
 * <p>Each edge has one owner (a coast) or two (a border on land); a stretch with more owners is
 * kept as several edges. An edge toggles each owner once, so coinciding edges of two rings cancel.
 * A ring that the map draws as a line or a point, such as the Vatican's, stays as points: nothing
 * can be inside it, but the margin around it counts.
 */
final class Borders {
  /** What kept nodes may take in all; enough for the borders of a continent at full depth. */
  private static final long MOST_KEPT_OCTETS = 96L << 20;

  private static final int NODE_OCTETS = 200;

  private final double marginAngle;
  private final int count;
  private final double[] ax;
  private final double[] ay;
  private final double[] az;
  private final double[] bx;
  private final double[] by;
  private final double[] bz;
  private final int[] first;
  private final int[] second;
  private long keptOctets;

  Borders(BorderMap map, int[] destinationOfUnit, double marginKm) {
    // As an angle between normals the margin is widest where the Earth is most bent.
    marginAngle = marginKm / Ellipsoid.LEAST_RADIUS * (1 + 1e-12);
    int most = 0;
    for (BorderMap.Arc arc : map.arcs()) {
      most += (arc.longitudes().length - 1) * ((arc.owners().length + 1) / 2);
    }
    List<double[][]> collapsed = new ArrayList<>();
    List<Integer> collapsedOwners = new ArrayList<>();
    for (BorderMap.BorderUnit unit : map.units()) {
      for (double[][] ring : map.rings(unit)) {
        if (ring[0].length < 4) {
          collapsed.add(ring);
          collapsedOwners.add(destinationOfUnit[unit.index()]);
          most += ring[0].length;
        }
      }
    }
    ax = new double[most];
    ay = new double[most];
    az = new double[most];
    bx = new double[most];
    by = new double[most];
    bz = new double[most];
    first = new int[most];
    second = new int[most];
    int used = 0;
    for (BorderMap.Arc arc : map.arcs()) {
      int[] owners = {};
      for (int unit : arc.owners()) {
        owners = BorderNode.toggled(owners, destinationOfUnit[unit]);
      }
      for (int i = 0; i < owners.length; i += 2) {
        int other = i + 1 < owners.length ? owners[i + 1] : -1;
        used = add(arc, owners[i], other, used);
      }
    }
    for (int i = 0; i < collapsed.size(); i++) {
      for (int j = 0; j < collapsed.get(i)[0].length; j++) {
        double longitude = collapsed.get(i)[0][j];
        double latitude = collapsed.get(i)[1][j];
        put(used++, longitude, latitude, longitude, latitude, collapsedOwners.get(i), -1);
      }
    }
    count = used;
  }

  private int add(BorderMap.Arc arc, int owner, int other, int from) {
    int edge = from;
    double[] longitudes = arc.longitudes();
    double[] latitudes = arc.latitudes();
    for (int i = 0; i + 1 < longitudes.length; i++) {
      put(edge++, longitudes[i], latitudes[i], longitudes[i + 1], latitudes[i + 1], owner, other);
    }
    return edge;
  }

  private void put(
      int edge,
      double fromLongitude,
      double fromLatitude,
      double toLongitude,
      double toLatitude,
      int owner,
      int other) {
    double phi = Math.toRadians(fromLatitude);
    double lambda = Math.toRadians(fromLongitude);
    ax[edge] = Math.cos(phi) * Math.cos(lambda);
    ay[edge] = Math.cos(phi) * Math.sin(lambda);
    az[edge] = Math.sin(phi);
    phi = Math.toRadians(toLatitude);
    lambda = Math.toRadians(toLongitude);
    bx[edge] = Math.cos(phi) * Math.cos(lambda);
    by[edge] = Math.cos(phi) * Math.sin(lambda);
    bz[edge] = Math.sin(phi);
    first[edge] = owner;
    second[edge] = other;
  }

  /**
   * Whether a node with so many edges may keep its children; counts what they may take. Two threads
   * may miscount by a little, which only shifts the limit.
   */
  boolean mayKeep(int edges) {
    if (keptOctets > MOST_KEPT_OCTETS) {
      return false;
    }
    keptOctets += NODE_OCTETS + (long) Integer.BYTES * edges;
    return true;
  }

  int firstOwner(int edge) {
    return first[edge];
  }

  /** The second owner, or -1 where the other side is sea. */
  int secondOwner(int edge) {
    return second[edge];
  }

  /** Those of some edges (null: of all) that may come within the margin of a cell. */
  int[] near(Cell cell, int @Nullable [] among) {
    double angle = cell.angle + marginAngle;
    int total = among == null ? count : among.length;
    int[] found = new int[Math.min(total, 16)];
    int size = 0;
    for (int i = 0; i < total; i++) {
      int edge = among == null ? i : among[i];
      if (within(edge, cell.normalX, cell.normalY, cell.normalZ, angle)) {
        if (size == found.length) {
          found = Arrays.copyOf(found, Math.min(total, 2 * size));
        }
        found[size++] = edge;
      }
    }
    return among != null && size == total ? among : Arrays.copyOf(found, size);
  }

  /**
   * Whether an edge comes within an angle of a point; may say yes by a hair too often, since angles
   * stand for their own sines and chords.
   */
  private boolean within(int edge, double px, double py, double pz, double angle) {
    double reach2 = angle * angle;
    double dax = px - ax[edge];
    double day = py - ay[edge];
    double daz = pz - az[edge];
    double toA = dax * dax + day * day + daz * daz;
    if (toA <= reach2) {
      return true;
    }
    double ex = bx[edge] - ax[edge];
    double ey = by[edge] - ay[edge];
    double ez = bz[edge] - az[edge];
    double length2 = ex * ex + ey * ey + ez * ez;
    if (length2 == 0) {
      return false;
    }
    // Far from one end by more than the edge is long: out of reach, whatever its direction.
    double length = Math.sqrt(length2);
    double far = angle + length;
    if (toA > far * far * (1 + 1e-12)) {
      return false;
    }
    double t = (dax * ex + day * ey + daz * ez) / length2;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double qx = dax - t * ex;
    double qy = day - t * ey;
    double qz = daz - t * ez;
    // The straight chord of an edge runs below its arc by at most an eighth of its length squared.
    double sag = length2 / 8;
    double reach = angle + sag;
    return qx * qx + qy * qy + qz * qz <= reach * reach * (1 + 1e-12);
  }

  /**
   * The destinations at the end of a way in the plane of a face, first along u, then along v, given
   * those at its start, as far as one edge is concerned.
   */
  int[] cross(
      int edge, int face, double fromU, double fromV, double toU, double toV, int[] holders) {
    int axis = face % 3;
    double sign = face < 3 ? 1 : -1;
    double wa = sign * component(axis, ax[edge], ay[edge], az[edge]);
    double wb = sign * component(axis, bx[edge], by[edge], bz[edge]);
    if (wa <= 0 || wb <= 0) {
      // On the far side of the Earth, where the plane of the face shows nothing.
      return holders;
    }
    double ua = component((axis + 1) % 3, ax[edge], ay[edge], az[edge]) / wa;
    double va = component((axis + 2) % 3, ax[edge], ay[edge], az[edge]) / wa;
    double ub = component((axis + 1) % 3, bx[edge], by[edge], bz[edge]) / wb;
    double vb = component((axis + 2) % 3, bx[edge], by[edge], bz[edge]) / wb;
    boolean odd = false;
    if (va > fromV != vb > fromV) {
      double at = ua + (fromV - va) / (vb - va) * (ub - ua);
      odd = at > fromU != at > toU;
    }
    if (ua > toU != ub > toU) {
      double at = va + (toU - ua) / (ub - ua) * (vb - va);
      odd ^= at > fromV != at > toV;
    }
    return odd ? toggledBy(edge, holders) : holders;
  }

  private static double component(int axis, double x, double y, double z) {
    return axis == 0 ? x : axis == 1 ? y : z;
  }

  private int[] toggledBy(int edge, int[] holders) {
    int[] toggled = BorderNode.toggled(holders, first[edge]);
    return second[edge] < 0 ? toggled : BorderNode.toggled(toggled, second[edge]);
  }

  /**
   * The destinations that hold a point, by counting borders on its meridian up to the north pole,
   * which is sea. Looks at every edge; the point may not lie on a meridian that borders follow.
   */
  int[] holdersByMeridian(double latitude, double longitude) {
    double east = Math.cos(Math.toRadians(longitude));
    double north = Math.sin(Math.toRadians(longitude));
    double slope = Math.tan(Math.toRadians(latitude));
    int[] holders = {};
    for (int edge = 0; edge < count; edge++) {
      double from = ay[edge] * east - ax[edge] * north;
      double to = by[edge] * east - bx[edge] * north;
      if (from > 0 != to > 0) {
        double t = from / (from - to);
        double x = ax[edge] + t * (bx[edge] - ax[edge]);
        double y = ay[edge] + t * (by[edge] - ay[edge]);
        double z = az[edge] + t * (bz[edge] - az[edge]);
        // On the near half of the plane of the meridian, and north of the point.
        double forward = x * east + y * north;
        if (forward > 0 && z > slope * forward) {
          holders = toggledBy(edge, holders);
        }
      }
    }
    return holders;
  }
}
