package dev.holdfast.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Roots of trees whose size is no power of two, put together from complete subtrees. */
public final class TreeRoot {
  private TreeRoot() {}

  /**
   * The root of the tree over the first leaves: MTH(D[0:size]) of RFC 6962 section 2.1.
   *
   * @param size how many leaves, 0 or more
   * @throws IOException where the source of the hashes failed
   */
  public static Hash of(long size, TreeHashes hashes) throws IOException {
    if (size < 0) {
      throw new IllegalArgumentException("no tree has the size " + size);
    }
    return size == 0 ? TreeHasher.emptyRoot() : ofRange(0, size, hashes);
  }

  /** The root over the leaves [from, to), which are a subtree. */
  static Hash ofRange(long from, long to, TreeHashes hashes) throws IOException {
    List<Hash> complete = new ArrayList<>();
    for (long at = from; at < to; ) {
      long leaves = Long.highestOneBit(to - at);
      int height = Long.numberOfTrailingZeros(leaves);
      complete.add(hashes.at(height, at >> height));
      at += leaves;
    }
    return fold(complete);
  }

  /** The root over complete subtrees, of which each is larger than the next. */
  static Hash fold(List<Hash> complete) {
    TreeHasher hasher = new TreeHasher();
    Hash root = complete.getLast();
    for (Hash left : complete.subList(0, complete.size() - 1).reversed()) {
      root = hasher.node(left, root);
    }
    return root;
  }
}
