package dev.holdfast.ledger;

import java.util.ArrayList;
import java.util.List;

/** RFC 6962 section 2.1 word for word: the slow truth that everything else is compared with. */
final class NaiveTree {
  private static final TreeHasher HASHER = new TreeHasher();

  private NaiveTree() {}

  /** MTH. */
  static Hash root(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return TreeHasher.emptyRoot();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = split(leaves.size());
    return HASHER.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
  }

  /** PATH(m, D[n]). */
  static List<Hash> path(int m, List<Hash> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int k = split(leaves.size());
    List<Hash> left = leaves.subList(0, k);
    List<Hash> right = leaves.subList(k, leaves.size());
    return m < k ? and(path(m, left), root(right)) : and(path(m - k, right), root(left));
  }

  /** PROOF(m, D[n]). */
  static List<Hash> proof(int m, List<Hash> leaves) {
    return subtreeProof(0, m, leaves, true);
  }

  /** SUBTREE_SUBPROOF(start, end, D_n, b), of which SUBPROOF(m, D[n], b) is the case start = 0. */
  static List<Hash> subtreeProof(int start, int end, List<Hash> leaves, boolean known) {
    int n = leaves.size();
    if (start == 0 && end == n) {
      return known ? List.of() : List.of(root(leaves));
    }
    int k = split(n);
    List<Hash> left = leaves.subList(0, k);
    List<Hash> right = leaves.subList(k, n);
    if (end <= k) {
      return and(subtreeProof(start, end, left, known), root(right));
    }
    return start >= k
        ? and(subtreeProof(start - k, end - k, right, known), root(left))
        : and(subtreeProof(0, end - k, right, false), root(left));
  }

  private static int split(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }

  private static List<Hash> and(List<Hash> path, Hash hash) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(hash);
    return longer;
  }
}
