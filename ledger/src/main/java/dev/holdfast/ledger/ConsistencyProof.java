package dev.holdfast.ledger;

import java.io.IOException;
import java.util.List;

/**
 * A proof that a tree is the beginning of a later one (RFC 6962 section 2.1.2, RFC 9162 section
 * 2.1.4).
 *
 * <p>Any numbers and any path can be held, as a peer sent them; {@link #check} decides.
 *
 * @param oldSize the leaves of the earlier tree
 * @param newSize the leaves of the later tree
 * @param path the hashes from the bottom to the top
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /**
   * Makes the proof.
   *
   * <p>From the size 0 and between equal sizes the path is empty, as a witness request has it (C2SP
   * tlog-witness).
   *
   * @param oldSize from 0 to newSize
   * @throws IOException where the source of the hashes failed
   */
  public static ConsistencyProof make(long oldSize, long newSize, TreeHashes hashes)
      throws IOException {
    if (oldSize < 0 || oldSize > newSize) {
      throw new IllegalArgumentException("no trees: " + oldSize + " before " + newSize);
    }
    return new ConsistencyProof(
        oldSize,
        newSize,
        oldSize == 0 ? List.of() : TreePath.to(0, oldSize, newSize).hashes(hashes));
  }

  /**
   * Whether it proves that the tree with the old root is the beginning of the one with the new
   * root.
   *
   * <p>The answer is no where the old tree is empty: every tree continues it, so that no proof
   * could say anything about the new root. Who starts from nothing must not ask.
   */
  public ProofCheck check(Hash oldRoot, Hash newRoot) {
    if (oldSize < 1 || oldSize > newSize) {
      return new ProofCheck.Invalid(
          "no proof leads from a tree of " + oldSize + " to a tree of " + newSize);
    }
    return TreePath.to(0, oldSize, newSize)
        .check(
            path,
            oldRoot,
            ends -> {
              ProofCheck old = ProofCheck.compare("old root", ends.part(), oldRoot);
              return old.isValid() ? ProofCheck.compare("new root", ends.root(), newRoot) : old;
            });
  }
}
