package dev.holdfast.ledger;

import java.io.IOException;
import java.util.List;

/**
 * A proof that a subtree [start, end) is a part of a tree (draft-ietf-plants-merkle-tree-certs-02
 * section 4.4).
 *
 * <p>Any numbers and any path can be held, as a peer sent them; {@link #check} decides.
 *
 * @param start the first leaf of the subtree, a multiple of its size rounded up to a power of two
 * @param end one behind the last leaf of the subtree
 * @param size the leaves of the tree
 * @param path the hashes from the bottom to the top
 */
public record SubtreeConsistencyProof(long start, long end, long size, List<Hash> path) {
  public SubtreeConsistencyProof {
    path = List.copyOf(path);
  }

  /**
   * Makes the proof.
   *
   * @throws IllegalArgumentException where there is no such subtree in the tree
   * @throws IOException where the source of the hashes failed
   */
  public static SubtreeConsistencyProof make(long start, long end, long size, TreeHashes hashes)
      throws IOException {
    return new SubtreeConsistencyProof(
        start, end, size, TreePath.to(start, end, size).hashes(hashes));
  }

  /**
   * Whether it proves that the subtree with this root is a part of the tree with that root.
   *
   * <p>The empty subtree is a part of every tree: its proof is empty and says nothing about the
   * root.
   */
  public ProofCheck check(Hash subtreeRoot, Hash root) {
    if (start >= 0 && start == end && end <= size) {
      return checkEmpty(subtreeRoot);
    }
    if (!TreePath.isSubtree(start, end) || end > size) {
      return new ProofCheck.Invalid(
          "there is no subtree from " + start + " to " + end + " in a tree of " + size);
    }
    return TreePath.to(start, end, size)
        .check(
            path,
            subtreeRoot,
            ends -> {
              ProofCheck part = ProofCheck.compare("subtree root", ends.part(), subtreeRoot);
              return part.isValid() ? ProofCheck.compare("root", ends.root(), root) : part;
            });
  }

  private ProofCheck checkEmpty(Hash subtreeRoot) {
    return path.isEmpty()
        ? ProofCheck.compare("root of the empty subtree", TreeHasher.emptyRoot(), subtreeRoot)
        : new ProofCheck.Invalid("the path of an empty subtree has no hashes, not " + path.size());
  }
}
