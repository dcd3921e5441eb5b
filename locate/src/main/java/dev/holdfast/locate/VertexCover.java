package dev.holdfast.locate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Smallest vertex covers of a small graph: the fewest vertices that touch every edge.
 *
 * <p>Exact by branching on a vertex of highest degree (it is in the cover, or all its neighbours
 * are), with a budget of steps, since the problem is hard in the worst case.
 */
final class VertexCover {
  private final List<BitSet> neighbours;
  private long steps;

  /**
   * @param neighbours for each vertex its neighbours; symmetric, no vertex its own neighbour
   * @param budget branching steps before it gives up
   */
  VertexCover(List<BitSet> neighbours, long budget) {
    this.neighbours = neighbours;
    this.steps = budget;
  }

  /** The size of a smallest cover without a set of vertices, or empty if the budget ran out. */
  Optional<Integer> smallestSize(BitSet without) {
    BitSet forced = new BitSet();
    for (int v = without.nextSetBit(0); v >= 0; v = without.nextSetBit(v + 1)) {
      if (neighbours.get(v).intersects(without)) {
        return Optional.of(Integer.MAX_VALUE);
      }
      forced.or(neighbours.get(v));
    }
    BitSet left = new BitSet();
    left.set(0, neighbours.size());
    left.andNot(forced);
    left.andNot(without);
    for (int size = matching(left); size <= neighbours.size(); size++) {
      List<BitSet> found = new ArrayList<>();
      branch(left, new BitSet(), size, found, 1);
      if (steps < 0) {
        return Optional.empty();
      }
      if (!found.isEmpty()) {
        return Optional.of(forced.cardinality() + size);
      }
    }
    return Optional.empty();
  }

  /** Every cover of a size, at most so many, or empty if the budget ran out. */
  Optional<List<BitSet>> covers(int size, int atMost) {
    BitSet left = new BitSet();
    left.set(0, neighbours.size());
    List<BitSet> found = new ArrayList<>();
    branch(left, new BitSet(), size, found, atMost);
    return steps < 0 ? Optional.empty() : Optional.of(found);
  }

  /** A cover that need not be smallest: highest degree first. */
  BitSet greedy() {
    BitSet left = new BitSet();
    left.set(0, neighbours.size());
    BitSet chosen = new BitSet();
    for (int v = busiest(left); v >= 0; v = busiest(left)) {
      chosen.set(v);
      left.clear(v);
    }
    return chosen;
  }

  private void branch(BitSet left, BitSet chosen, int room, List<BitSet> found, int atMost) {
    if (--steps < 0 || found.size() >= atMost) {
      return;
    }
    int v = busiest(left);
    if (v < 0) {
      found.add((BitSet) chosen.clone());
      return;
    }
    if (matching(left) > room) {
      return;
    }
    BitSet with = (BitSet) left.clone();
    with.clear(v);
    chosen.set(v);
    branch(with, chosen, room - 1, found, atMost);
    chosen.clear(v);
    // Without v all its neighbours are needed, and v itself can never come back.
    BitSet needed = (BitSet) neighbours.get(v).clone();
    needed.and(left);
    if (needed.cardinality() <= room) {
      BitSet rest = (BitSet) with.clone();
      rest.andNot(needed);
      chosen.or(needed);
      branch(rest, chosen, room - needed.cardinality(), found, atMost);
      chosen.andNot(needed);
    }
  }

  /** The vertex with most neighbours left, lowest number first, or -1 if no edge is left. */
  private int busiest(BitSet left) {
    int best = -1;
    int most = 0;
    for (int v = left.nextSetBit(0); v >= 0; v = left.nextSetBit(v + 1)) {
      BitSet there = (BitSet) neighbours.get(v).clone();
      there.and(left);
      if (there.cardinality() > most) {
        most = there.cardinality();
        best = v;
      }
    }
    return best;
  }

  /** The size of some matching: each of its edges needs a vertex of its own. */
  private int matching(BitSet vertices) {
    BitSet left = (BitSet) vertices.clone();
    int size = 0;
    for (int v = left.nextSetBit(0); v >= 0; v = left.nextSetBit(v + 1)) {
      BitSet there = (BitSet) neighbours.get(v).clone();
      there.and(left);
      int partner = there.nextSetBit(v + 1);
      if (partner >= 0) {
        left.clear(v);
        left.clear(partner);
        size++;
      }
    }
    return size;
  }
}
