package dev.holdfast.locate;

import dev.holdfast.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The size of a region: area, centroid, enclosing radius and the discs that shape it.
 *
 * <p>For one thread. All cells that may reach into the region are divided together until its rim is
 * drawn with enough of them; rim cells then count by the share of sample points inside. The area is
 * good to about a thousandth; the radius is proven, rounded up by at most a rim cell.
 */
final class RegionShape {
  /** Dividing ends once the rim has this many cells. */
  private static final int RIM = 700;

  private static final int DEEPEST = 30;
  private static final int SAMPLES = 3;

  /** The enclosing radius is rounded up by at most this share of itself. */
  private static final double FINE = 0.004;

  private static final int MOST_DIVIDED = 4000;

  /** The area, and the sum of directions by area, which points to the centroid. */
  private static final class Weight {
    private double area;
    private double sumX;
    private double sumY;
    private double sumZ;
  }

  private record Part(int face, double u, double v, double half, int[] active, int[] violated) {}

  private final Discs discs;
  private final int tolerated;
  private final List<Part> inside = new ArrayList<>();
  private List<Part> rim = new ArrayList<>();
  private @Nullable Weight weight;

  RegionShape(Discs discs, int tolerated) {
    this.discs = discs;
    this.tolerated = tolerated;
    int[] all = new int[discs.count];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    Cell cell = new Cell();
    for (int face = 0; face < Cell.FACES; face++) {
      cell.setFace(face);
      sort(cell, all, new int[0], inside, rim);
    }
    for (int depth = 0; depth < DEEPEST && (depth < 4 || rim.size() < RIM); depth++) {
      List<Part> finer = new ArrayList<>(rim.size() * 2 + 8);
      Cell parent = new Cell();
      for (Part part : rim) {
        parent.set(part.face, part.u, part.v, part.half);
        for (int q = 0; q < 4; q++) {
          cell.setChild(parent, q);
          sort(cell, part.active, part.violated, inside, finer);
        }
      }
      rim = finer;
      if (rim.isEmpty()) {
        break;
      }
    }
  }

  private void sort(
      Cell cell, int[] active, int[] violatedBefore, List<Part> insideParts, List<Part> rimParts) {
    int[] kept = new int[active.length];
    int keptCount = 0;
    int[] violated = violatedBefore;
    for (int disc : active) {
      int operator = discs.operator[disc];
      if (java.util.Arrays.binarySearch(violated, operator) >= 0) {
        continue;
      }
      Discs.Side side = discs.side(disc, cell);
      if (side == Discs.Side.OUTSIDE) {
        violated = BorderNode.with(violated, operator);
        if (violated.length > tolerated) {
          return;
        }
      } else if (side != Discs.Side.INSIDE) {
        kept[keptCount++] = disc;
      }
    }
    Part part =
        new Part(
            cell.face,
            cell.u,
            cell.v,
            cell.half,
            java.util.Arrays.copyOf(kept, keptCount),
            violated);
    (keptCount == 0 ? insideParts : rimParts).add(part);
  }

  /** Weighed when it is first asked for; which discs shape the region needs no weight. */
  private Weight weight() {
    Weight known = weight;
    if (known != null) {
      return known;
    }
    Weight sum = new Weight();
    Cell cell = new Cell();
    for (Part part : inside) {
      // A large cell is weighed in pieces, since one value of the curvature would not do for it.
      int pieces = part.half > 0.05 ? 16 : part.half > 0.005 ? 4 : 1;
      weigh(part, pieces, false, cell, sum);
    }
    for (Part part : rim) {
      weigh(part, SAMPLES, true, cell, sum);
    }
    weight = sum;
    return sum;
  }

  private void weigh(Part part, int pieces, boolean sampled, Cell cell, Weight sum) {
    double h = part.half / pieces;
    for (int i = 0; i < pieces; i++) {
      for (int j = 0; j < pieces; j++) {
        cell.set(
            part.face,
            part.u - part.half + h * (2 * i + 1),
            part.v - part.half + h * (2 * j + 1),
            h);
        if (!sampled || holds(part, cell)) {
          double a = cell.areaKm2();
          sum.area += a;
          sum.sumX += a * cell.normalX;
          sum.sumY += a * cell.normalY;
          sum.sumZ += a * cell.normalZ;
        }
      }
    }
  }

  private boolean holds(Part part, Cell at) {
    int[] violated = part.violated;
    for (int disc : part.active) {
      if (discs.depth(disc, at.x, at.y, at.z) < 0) {
        violated = BorderNode.with(violated, discs.operator[disc]);
      }
    }
    return violated.length <= tolerated;
  }

  boolean isEmpty() {
    return inside.isEmpty() && rim.isEmpty();
  }

  double areaKm2() {
    return weight().area;
  }

  /** The centroid; null for the whole Earth or an empty region. */
  @Nullable Position centre() {
    if (isEmpty()) {
      return null;
    }
    Weight sum = weight();
    double x = sum.sumX;
    double y = sum.sumY;
    double z = sum.sumZ;
    if (sum.area == 0) {
      // A region thinner than the samples: the middle of its rim.
      Cell cell = new Cell();
      for (Part part : rim) {
        cell.set(part.face, part.u, part.v, part.half);
        x += cell.normalX;
        y += cell.normalY;
        z += cell.normalZ;
      }
    }
    double length = Math.sqrt(x * x + y * y + z * z);
    if (length <= 1e-6 * sum.area) {
      return null;
    }
    return new Position(
        Math.toDegrees(Math.atan2(z, Math.sqrt(x * x + y * y))), Math.toDegrees(Math.atan2(y, x)));
  }

  /** A distance from the centre within which all of the region lies, km. */
  double radiusKm(@Nullable Position centre) {
    if (centre == null) {
      return isEmpty() ? 0 : Ellipsoid.FARTHEST;
    }
    Cell from = new Cell();
    from.setPosition(centre);
    PriorityQueue<Reach> farthestFirst = new PriorityQueue<>();
    Cell cell = new Cell();
    for (List<Part> parts : List.of(rim, inside)) {
      for (Part part : parts) {
        cell.set(part.face, part.u, part.v, part.half);
        farthestFirst.add(reach(from, part, cell));
      }
    }
    // The farthest cell is divided until it is small beside its distance; cells outside the region
    // fall away.
    Cell parent = new Cell();
    List<Part> finer = new ArrayList<>();
    for (int divided = 0; divided < MOST_DIVIDED && !farthestFirst.isEmpty(); divided++) {
      Reach reach = farthestFirst.element();
      parent.set(reach.part.face, reach.part.u, reach.part.v, reach.part.half);
      if (!reach.exact && Ellipsoid.looseness(reach.limit) > parent.radius / 4) {
        // The limit by chords is too loose this far out; those that come to the front are measured.
        farthestFirst.remove();
        double distance = Ellipsoid.geodesic(centre, parent.position());
        farthestFirst.add(new Reach(distance + parent.radius, reach.part, true));
        continue;
      }
      if (parent.radius <= FINE * reach.limit) {
        break;
      }
      farthestFirst.remove();
      for (int q = 0; q < 4; q++) {
        cell.setChild(parent, q);
        finer.clear();
        sort(cell, reach.part.active, reach.part.violated, finer, finer);
        for (Part part : finer) {
          farthestFirst.add(reach(from, part, cell));
        }
      }
    }
    Reach farthest = farthestFirst.peek();
    return farthest == null ? 0 : Math.min(farthest.limit, Ellipsoid.FARTHEST);
  }

  /** How far from the centre a part may reach. */
  private record Reach(double limit, Part part, boolean exact) implements Comparable<Reach> {
    @Override
    public int compareTo(Reach other) {
      return Double.compare(other.limit, limit);
    }
  }

  private static Reach reach(Cell centre, Part part, Cell cell) {
    double dx = cell.x - centre.x;
    double dy = cell.y - centre.y;
    double dz = cell.z - centre.z;
    double limit = Ellipsoid.farthest(Math.sqrt(dx * dx + dy * dy + dz * dz)) + cell.radius;
    return new Reach(limit, part, false);
  }

  /** The discs whose rims shape the region's. */
  boolean[] shaping() {
    boolean[] shaping = new boolean[discs.count];
    for (Part part : rim) {
      for (int disc : part.active) {
        shaping[disc] = true;
      }
    }
    return shaping;
  }
}
