package dev.holdfast.ledger.store;

import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.TreeHasher;
import java.util.Arrays;

/** The root over the hashes of one tile, in place and without objects: publishing lives by it. */
final class TileRoot {
  private TileRoot() {}

  /**
   * The RFC 6962 root over hashes that lie side by side; the array is used up.
   *
   * <p>Pairs are joined level by level and an odd one out is handed up as it is, which gives the
   * same tree as splitting at the greatest power of two below the count (RFC 6962 section 2.1).
   *
   * @param count at least 1
   */
  static byte[] of(TreeHasher hasher, byte[] hashes, int count) {
    int left = count;
    while (left > 1) {
      int pairs = left / 2;
      for (int i = 0; i < pairs; i++) {
        hasher.node(hashes, 2 * i * Hash.LENGTH, hashes, i * Hash.LENGTH);
      }
      if (left % 2 == 1) {
        System.arraycopy(
            hashes, (left - 1) * Hash.LENGTH, hashes, pairs * Hash.LENGTH, Hash.LENGTH);
      }
      left = pairs + left % 2;
    }
    return Arrays.copyOf(hashes, Hash.LENGTH);
  }
}
