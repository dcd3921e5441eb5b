package dev.holdfast.replay;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.ProofCheck;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.trust.Sha256;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks of what a file carries out of a ledger: its entries by their proofs, its blobs by name.
 */
final class CarriedEntries {
  private CarriedEntries() {}

  /** Adds a reason for each entry that is not in the tree of the checkpoint. */
  static void checkInclusion(
      Collection<VerdictBundle.Entry> entries, Checkpoint tree, List<String> reasons) {
    TreeHasher hasher = new TreeHasher();
    for (VerdictBundle.Entry entry : entries) {
      ProofCheck included =
          new InclusionProof(entry.index(), tree.size(), entry.path())
              .check(hasher.leaf(entry.envelope()), tree.root());
      if (included instanceof ProofCheck.Invalid invalid) {
        reasons.add("entry " + entry.index() + ": " + invalid.reason());
      }
    }
  }

  /** Blobs whose octets have the hash that they are named by; a reason for each that has not. */
  static Map<Sha256, byte[]> blobs(Collection<VerdictBundle.Blob> carried, List<String> reasons) {
    Map<Sha256, byte[]> blobs = new HashMap<>();
    for (VerdictBundle.Blob blob : carried) {
      byte[] octets = blob.octets();
      Sha256 hash = Sha256.of(octets);
      if (hash.equals(blob.name())) {
        blobs.put(hash, octets);
      } else {
        reasons.add("blob " + blob.name() + ": its octets have the hash " + hash);
      }
    }
    return blobs;
  }
}
