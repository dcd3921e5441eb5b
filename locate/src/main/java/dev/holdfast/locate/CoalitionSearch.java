package dev.holdfast.locate;

import dev.holdfast.model.OperatorId;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fewest operators whose bounds must be dropped before a verdict no longer follows.
 *
 * <p>A verdict says that no point of the region is in a forbidden set (all that would gainsay it).
 * A forbidden point could be the truth if every operator whose bounds it violates lied; so the
 * answer is the forbidden point with the fewest violated operators. Best first: the cell with the
 * fewest operators that it is surely outside of is divided next, and the first cell that cannot be
 * divided, or whose centre needs no more operators than the cell, is the answer. Doubt counts for
 * the liars: a rest is taken to be forbidden.
 */
final class CoalitionSearch {
  /** The set of points that would gainsay a verdict. */
  interface Forbidden {
    /** Whether any point of a cell may be forbidden. */
    boolean mayHold(Cell cell, @Nullable BorderNode node);

    /** Whether the centre of a cell surely is. */
    boolean surelyHoldsCentre(Cell cell, @Nullable BorderNode node);

    double finestKm();
  }

  private record Entry(
      int face,
      double u,
      double v,
      double half,
      @Nullable BorderNode node,
      int[] active,
      int[] violated,
      double radius,
      boolean last)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byViolated = Integer.compare(violated.length, other.violated.length);
      if (byViolated != 0) {
        return byViolated;
      }
      int byLast = Boolean.compare(other.last, last);
      if (byLast != 0) {
        return byLast;
      }
      int bySize = Double.compare(radius, other.radius);
      if (bySize != 0) {
        return bySize;
      }
      int byFace = Integer.compare(face, other.face);
      if (byFace != 0) {
        return byFace;
      }
      int byU = Double.compare(u, other.u);
      return byU != 0 ? byU : Double.compare(v, other.v);
    }
  }

  private static final int BUDGET = 60_000;

  private final Discs discs;
  private final int tolerated;
  private final @Nullable Atlas atlas;
  private final Forbidden forbidden;
  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private final Cell cell = new Cell();

  /**
   * @param tolerated f of the verdict
   */
  CoalitionSearch(Discs discs, int tolerated, @Nullable Atlas atlas, Forbidden forbidden) {
    this.discs = discs;
    this.tolerated = tolerated;
    this.atlas = atlas;
    this.forbidden = forbidden;
  }

  /**
   * The smallest coalition, sorted; all operators if the forbidden set is empty, which nobody could
   * make true.
   *
   * @param surelyViolated operators that every forbidden point is known to violate, sorted; may be
   *     none
   */
  List<OperatorId> find(int[] surelyViolated) {
    int[] all = new int[discs.count];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    for (int face = 0; face < Cell.FACES; face++) {
      cell.setFace(face);
      offer(atlas == null ? null : atlas.root(face), all, surelyViolated);
    }
    Cell parent = new Cell();
    for (int visited = 0; !queue.isEmpty(); visited++) {
      Entry entry = queue.remove();
      // Cells that too few operators exclude to explain the verdict are divided whatever it takes:
      // the
      // search that decided the verdict got rid of them too.
      if (entry.last || (visited > BUDGET && entry.violated.length > tolerated)) {
        return names(entry.violated);
      }
      parent.set(entry.face, entry.u, entry.v, entry.half);
      for (int q = 0; q < 4; q++) {
        cell.setChild(parent, q);
        offer(entry.node == null ? null : entry.node.child(q), entry.active, entry.violated);
      }
    }
    return discs.operators.stream().sorted().toList();
  }

  private void offer(@Nullable BorderNode node, int[] discsLeft, int[] violatedBefore) {
    if (!forbidden.mayHold(cell, node)) {
      return;
    }
    int[] kept = new int[discsLeft.length];
    int keptCount = 0;
    int[] violated = violatedBefore;
    int[] doubtful = {};
    for (int disc : discsLeft) {
      int operator = discs.operator[disc];
      if (Arrays.binarySearch(violated, operator) >= 0) {
        continue;
      }
      switch (discs.side(disc, cell)) {
        case OUTSIDE -> violated = BorderNode.with(violated, operator);
        case INSIDE -> {}
        case OPEN_CENTRE_INSIDE -> kept[keptCount++] = disc;
        case OPEN -> {
          kept[keptCount++] = disc;
          doubtful = BorderNode.with(doubtful, operator);
        }
      }
    }
    boolean last = cell.radius <= forbidden.finestKm();
    if (!last && forbidden.surelyHoldsCentre(cell, node)) {
      int[] atCentre = violated;
      for (int operator : doubtful) {
        atCentre = BorderNode.with(atCentre, operator);
      }
      queue.add(entry(node, new int[0], atCentre, true));
      if (atCentre.length == violated.length) {
        return;
      }
    }
    queue.add(entry(node, Arrays.copyOf(kept, keptCount), violated, last));
  }

  private Entry entry(@Nullable BorderNode node, int[] active, int[] violated, boolean last) {
    return new Entry(
        cell.face, cell.u, cell.v, cell.half, node, active, violated, cell.radius, last);
  }

  private List<OperatorId> names(int[] operators) {
    return Arrays.stream(operators).mapToObj(discs.operators::get).sorted().toList();
  }

  /** What would gainsay "within": everything outside the circle; or inside, for a refutal. */
  static Forbidden forbiddenByWithin(Discs circle, boolean proved) {
    WithinQuestion question = new WithinQuestion(circle);
    Discs.Side allowed = proved ? Discs.Side.INSIDE : Discs.Side.OUTSIDE;
    return new Forbidden() {
      @Override
      public boolean mayHold(Cell cell, @Nullable BorderNode node) {
        return question.side(cell) != allowed;
      }

      @Override
      public boolean surelyHoldsCentre(Cell cell, @Nullable BorderNode node) {
        Discs.Side side = question.side(cell);
        return proved
            ? side == Discs.Side.OUTSIDE
            : side == Discs.Side.INSIDE || side == Discs.Side.OPEN_CENTRE_INSIDE;
      }

      @Override
      public double finestKm() {
        return question.finestKm();
      }
    };
  }

  /** What would gainsay "inside": land of all others; or of the destination, for a refutal. */
  static Forbidden forbiddenByInside(Atlas atlas, int destination, boolean proved) {
    return new Forbidden() {
      @Override
      public boolean mayHold(Cell cell, @Nullable BorderNode node) {
        return node != null && any(node.near());
      }

      @Override
      public boolean surelyHoldsCentre(Cell cell, @Nullable BorderNode node) {
        return node != null && cell.half < 1 && any(node.atCentre());
      }

      private boolean any(int[] destinations) {
        for (int each : destinations) {
          if (each == destination != proved) {
            return true;
          }
        }
        return false;
      }

      @Override
      public double finestKm() {
        return atlas.finestKm();
      }
    };
  }
}
