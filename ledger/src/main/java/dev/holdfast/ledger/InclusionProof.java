package dev.holdfast.ledger;

import java.io.IOException;
import java.util.List;

/**
 * A proof that a leaf is in a tree at an index (RFC 6962 section 2.1.1, RFC 9162 section 2.1.3).
 *
 * <p>Any numbers and any path can be held, as a peer sent them; {@link #check} decides.
 *
 * @param index the index of the leaf, from 0
 * @param size the leaves of the tree
 * @param path the siblings on the way from the leaf to the root
 */
public record InclusionProof(long index, long size, List<Hash> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }

  /**
   * Makes the proof.
   *
   * @param index from 0 to below size
   * @throws IOException where the source of the hashes failed
   */
  public static InclusionProof make(long index, long size, TreeHashes hashes) throws IOException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    return new InclusionProof(index, size, TreePath.to(index, index + 1, size).hashes(hashes));
  }

  /** Whether it proves that this leaf is in the tree with this root. */
  public ProofCheck check(Hash leafHash, Hash root) {
    if (index < 0 || index >= size) {
      return new ProofCheck.Invalid("there is no leaf " + index + " in a tree of " + size);
    }
    return TreePath.to(index, index + 1, size)
        .check(path, leafHash, ends -> ProofCheck.compare("root", ends.root(), root));
  }
}
