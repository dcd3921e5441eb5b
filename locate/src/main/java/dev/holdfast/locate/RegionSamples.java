package dev.holdfast.locate;

import dev.holdfast.model.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points that stand for what of a region speaks against a claim: of a destination the land of
 * others, of a circle all that is outside. Each stands for the area of its cell. For estimates, not
 * for verdicts.
 */
final class RegionSamples {
  /** Dividing ends once so many cells may reach into the region. */
  private static final int ENOUGH = 500;

  private static final int DEEPEST = 24;

  final int count;

  /** Unit normals of the points. */
  final double[] x;

  final double[] y;
  final double[] z;
  final double[] areaKm2;

  /** How many operators' bounds each violates already. */
  final int[] violated;

  private record Part(Cell cell, int[] active, int[] violated, @Nullable BorderNode node) {}

  private record Point(Cell cell, int violated) {}

  private RegionSamples(List<Point> points) {
    count = points.size();
    x = new double[count];
    y = new double[count];
    z = new double[count];
    areaKm2 = new double[count];
    violated = new int[count];
    for (int i = 0; i < count; i++) {
      Cell cell = points.get(i).cell();
      x[i] = cell.normalX;
      y[i] = cell.normalY;
      z[i] = cell.normalZ;
      areaKm2[i] = cell.areaKm2();
      violated[i] = points.get(i).violated();
    }
  }

  /** The points of a region that speak against a claim that the target is somewhere. */
  static RegionSamples against(Claim claim, Discs discs, int tolerated, Atlas atlas) {
    @Nullable Discs circle =
        claim instanceof Claim.Within within
            ? Discs.around(within.place(), within.radius().kilometres())
            : null;
    int destination = circle == null ? destination(claim, atlas) : -1;
    int[] all = new int[discs.count];
    Arrays.setAll(all, i -> i);
    List<Part> parts = new ArrayList<>();
    for (int face = 0; face < Cell.FACES; face++) {
      Cell cell = new Cell();
      cell.setFace(face);
      add(parts, cell, all, new int[0], circle == null ? atlas.root(face) : null, discs, tolerated);
    }
    for (int depth = 0; depth < DEEPEST && parts.size() < ENOUGH && !parts.isEmpty(); depth++) {
      List<Part> finer = new ArrayList<>(4 * parts.size());
      for (Part part : parts) {
        for (int q = 0; q < 4; q++) {
          Cell cell = new Cell();
          cell.setChild(part.cell, q);
          BorderNode node = part.node == null ? null : part.node.child(q);
          add(finer, cell, part.active, part.violated, node, discs, tolerated);
        }
      }
      parts = finer;
    }
    List<Point> points = new ArrayList<>();
    for (Part part : parts) {
      int violated = violated(part, discs);
      boolean against =
          circle == null
              ? part.node != null && elsewhere(part.node.atCentre(), destination)
              : circle.depth(0, part.cell.x, part.cell.y, part.cell.z) < 0;
      if (violated <= tolerated && against) {
        points.add(new Point(part.cell, violated));
      }
    }
    return new RegionSamples(points);
  }

  private static int destination(Claim claim, Atlas atlas) {
    if (!(claim instanceof Claim.Inside(String country))) {
      throw new IllegalArgumentException("not about being somewhere: " + claim);
    }
    return atlas
        .destinations()
        .index(country)
        .orElseThrow(() -> new IllegalArgumentException("unknown destination " + country));
  }

  /** Land of others alone; sea belongs to nobody. */
  private static boolean elsewhere(int[] holders, int destination) {
    return holders.length > 0 && Arrays.binarySearch(holders, destination) < 0;
  }

  private static void add(
      List<Part> parts,
      Cell cell,
      int[] active,
      int[] violatedBefore,
      @Nullable BorderNode node,
      Discs discs,
      int tolerated) {
    int[] kept = new int[active.length];
    int keptCount = 0;
    int[] violated = violatedBefore;
    for (int disc : active) {
      if (Arrays.binarySearch(violated, discs.operator[disc]) >= 0) {
        continue;
      }
      Discs.Side side = discs.side(disc, cell);
      if (side == Discs.Side.OUTSIDE) {
        violated = BorderNode.with(violated, discs.operator[disc]);
        if (violated.length > tolerated) {
          return;
        }
      } else if (side != Discs.Side.INSIDE) {
        kept[keptCount++] = disc;
      }
    }
    parts.add(new Part(cell, Arrays.copyOf(kept, keptCount), violated, node));
  }

  private static int violated(Part part, Discs discs) {
    int[] violated = part.violated;
    for (int disc : part.active) {
      if (discs.depth(disc, part.cell.x, part.cell.y, part.cell.z) < 0) {
        violated = BorderNode.with(violated, discs.operator[disc]);
      }
    }
    return violated.length;
  }

  /** The area of all. */
  double areaKm2() {
    return Arrays.stream(areaKm2).sum();
  }

  /**
   * The area that stays where one more operator bounds the target.
   *
   * @param centre the landmark's unit normal
   * @param cosine of the angle that its bound is
   */
  double areaWith(double[] centre, double cosine, int tolerated) {
    double left = 0;
    for (int i = 0; i < count; i++) {
      boolean outside = x[i] * centre[0] + y[i] * centre[1] + z[i] * centre[2] < cosine;
      if (violated[i] + (outside ? 1 : 0) <= tolerated) {
        left += areaKm2[i];
      }
    }
    return left;
  }
}
