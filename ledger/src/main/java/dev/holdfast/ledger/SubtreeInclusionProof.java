package dev.holdfast.ledger;

import java.io.IOException;
import java.util.List;

/**
 * A proof that a leaf is in a subtree [start, end) of a tree
 * (draft-ietf-plants-merkle-tree-certs-02 section 4.3).
 *
 * <p>Any numbers and any path can be held, as a peer sent them; {@link #check} decides.
 *
 * @param index the index of the leaf in the whole tree
 * @param start the first leaf of the subtree, a multiple of its size rounded up to a power of two
 * @param end one behind the last leaf of the subtree
 * @param path the siblings on the way from the leaf to the root of the subtree
 */
public record SubtreeInclusionProof(long index, long start, long end, List<Hash> path) {
  public SubtreeInclusionProof {
    path = List.copyOf(path);
  }

  /**
   * Makes the proof.
   *
   * @throws IllegalArgumentException where there is no such subtree or leaf
   * @throws IOException where the source of the hashes failed
   */
  public static SubtreeInclusionProof make(long index, long start, long end, TreeHashes hashes)
      throws IOException {
    if (!TreePath.isSubtree(start, end)) {
      throw new IllegalArgumentException("no subtree: " + start + ", " + end);
    }
    // A subtree is a tree whose leaf 0 is its start, and its start is a multiple of all its parts.
    TreeHashes within = (height, at) -> hashes.at(height, (start >> height) + at);
    return new SubtreeInclusionProof(
        index, start, end, InclusionProof.make(index - start, end - start, within).path());
  }

  /** Whether it proves that this leaf is in the subtree with this root. */
  public ProofCheck check(Hash leafHash, Hash subtreeRoot) {
    if (!TreePath.isSubtree(start, end) || index < start || index >= end) {
      return new ProofCheck.Invalid(
          "there is no subtree from " + start + " to " + end + " with a leaf " + index);
    }
    return new InclusionProof(index - start, end - start, path).check(leafHash, subtreeRoot);
  }
}
