package dev.holdfast.ledger;

import java.io.IOException;

/**
 * The hashes of the complete subtrees of a tree.
 *
 * <p>The hash at (height, index) is that of the 2^height leaves that begin at index × 2^height, in
 * the sense of RFC 6962 section 2.1.
 */
@FunctionalInterface
public interface TreeHashes {
  /**
   * One hash.
   *
   * @throws IOException where the source of the hashes failed
   */
  Hash at(int height, long index) throws IOException;
}
