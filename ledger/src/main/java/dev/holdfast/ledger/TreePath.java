package dev.holdfast.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The way from the root of a tree down to a part [start, end) of its leaves.
 *
 * <p>All proofs of this package are hashes along such a way, written from the bottom to the top:
 * inclusion is the way to one leaf, consistency the way to [0, old size), and subtrees generalise
 * both (draft-ietf-plants-merkle-tree-certs section 4; PATH and PROOF of RFC 6962 section 2.1 are
 * its cases). At every node the tree splits at k, the largest power of two below its size: where
 * the part lies on one side, the other side is a sibling outside the part; where it lies on both,
 * which happens only where it begins at the node's first leaf, the left side is a sibling inside
 * it, and the part's own hash is rebuilt on the way too.
 *
 * @param steps the siblings from the top to the bottom, at most 63
 * @param from the first leaf of the bottom, which lies in the part
 * @param to one behind the last leaf of the bottom
 */
record TreePath(List<Step> steps, long from, long to) {
  /** A sibling beside the way: its leaves, on which side, and whether it belongs to the part. */
  record Step(long from, long to, boolean left, boolean inside) {}

  /** The two hashes that a path leads to. */
  record Ends(Hash part, Hash root) {}

  TreePath {
    steps = List.copyOf(steps);
  }

  /** Whether [start, end) is a subtree: not empty, and start a multiple of its rounded-up size. */
  static boolean isSubtree(long start, long end) {
    if (start < 0 || end <= start) {
      return false;
    }
    long size = end - start;
    // All bits below the rounded-up size; for sizes above 2^62 that leaves start = 0 only.
    long below = size == 1 ? 0 : (Long.highestOneBit(size - 1) << 1) - 1;
    return (start & below) == 0;
  }

  /** The way in a tree of this size to the subtree [start, end), which lies in it. */
  static TreePath to(long start, long end, long size) {
    if (!isSubtree(start, end) || end > size) {
      throw new IllegalArgumentException("no subtree: " + start + ", " + end + " of " + size);
    }
    List<Step> steps = new ArrayList<>();
    long from = start;
    long low = 0;
    long high = size;
    while (low < from || high > end) {
      long middle = low + Long.highestOneBit(high - low - 1);
      if (end <= middle) {
        steps.add(new Step(middle, high, false, false));
        high = middle;
      } else {
        boolean inside = from < middle;
        steps.add(new Step(low, middle, true, inside));
        from = inside ? middle : from;
        low = middle;
      }
    }
    return new TreePath(steps, low, high);
  }

  /** Whether the bottom is the whole part, so that its hash need not be in the proof. */
  boolean endsAtPart() {
    return steps.stream().noneMatch(Step::inside);
  }

  /** How many hashes the proof has. */
  int length() {
    return steps.size() + (endsAtPart() ? 0 : 1);
  }

  /** The hashes of the proof. */
  List<Hash> hashes(TreeHashes source) throws IOException {
    List<Hash> path = new ArrayList<>();
    if (!endsAtPart()) {
      path.add(TreeRoot.ofRange(from, to, source));
    }
    for (Step step : steps.reversed()) {
      path.add(TreeRoot.ofRange(step.from(), step.to(), source));
    }
    return path;
  }

  /** Checks what the hashes lead to, or says why there are too many or too few of them. */
  ProofCheck check(List<Hash> path, Hash part, Function<Ends, ProofCheck> verdict) {
    if (path.size() != length()) {
      return new ProofCheck.Invalid(
          "the path has the length " + path.size() + "; the way to the root has " + length());
    }
    return verdict.apply(climb(path, part));
  }

  private Ends climb(List<Hash> path, Hash part) {
    TreeHasher hasher = new TreeHasher();
    int at = 0;
    Hash rebuilt = endsAtPart() ? part : path.get(at++);
    Hash root = rebuilt;
    for (Step step : steps.reversed()) {
      Hash sibling = path.get(at++);
      root = step.left() ? hasher.node(sibling, root) : hasher.node(root, sibling);
      rebuilt = step.inside() ? hasher.node(sibling, rebuilt) : rebuilt;
    }
    return new Ends(rebuilt, root);
  }
}
