package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.ProofCheck;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes bundles out of a log. The answer comes the same way as when it is checked. */
public final class BundleMaker {
  private final GroupedMaps maps;
  private final EvidenceTrust trust;

  /**
   * A maker.
   *
   * @param maps kept from bundle to bundle
   * @param trust whom the maker itself trusts
   */
  public BundleMaker(GroupedMaps maps, EvidenceTrust trust) {
    this.maps = requireNonNull(maps, "maps");
    this.trust = requireNonNull(trust, "trust");
  }

  /**
   * Makes a bundle. Entries and blobs that the answer does not stand on are left out.
   *
   * @param entries octets of envelopes by their index in the log
   * @param blobs octets by hash, where they are at hand
   * @param tiles of the log
   * @param checkpoint a tree that holds all of the entries
   * @throws CodedException LOG_DAMAGED where the tiles do not lead to the checkpoint;
   *     INPUT_TOO_LARGE where the bundle would be larger than {@link VerdictBundle#LARGEST}
   * @throws IOException where the source of the tiles failed
   * @throws IllegalArgumentException where the question names what is not on the map, or an entry
   *     that the answer stands on is not in the tree
   */
  public VerdictBundle make(
      BundleQuestion question,
      SortedMap<Long, byte[]> entries,
      Function<Sha256, Optional<byte[]>> blobs,
      TileSource tiles,
      SignedCheckpoint checkpoint)
      throws IOException {
    BundleEvidence evidence = BundleEvidence.of(question, entries, blobs, trust);
    ObjectNode answer = BundleAnswer.form(BundleAnswer.report(question, evidence, maps));
    Set<Long> used = evidence.usedEntries();
    TileHashes hashes = new TileHashes(tiles, checkpoint.checkpoint().size());
    List<VerdictBundle.Entry> shown = new ArrayList<>();
    for (Map.Entry<Long, byte[]> each : entries.entrySet()) {
      if (used.contains(each.getKey())) {
        shown.add(entry(each.getKey(), each.getValue(), hashes, checkpoint.checkpoint()));
      }
    }
    VerdictBundle bundle =
        new VerdictBundle(question, answer, checkpoint, shown, blobs(evidence.usedBlobs(), blobs));
    if (bundle.octets().length > VerdictBundle.LARGEST) {
      throw new CodedException(
          Problem.of(
              ErrorCode.INPUT_TOO_LARGE,
              "the bundle would have more than " + VerdictBundle.LARGEST + " octets"));
    }
    return bundle;
  }

  /** An entry with its proof. */
  static VerdictBundle.Entry entry(long index, byte[] octets, TileHashes hashes, Checkpoint tree)
      throws IOException {
    InclusionProof proof = InclusionProof.make(index, tree.size(), hashes);
    if (proof.check(new TreeHasher().leaf(octets), tree.root())
        instanceof ProofCheck.Invalid invalid) {
      throw new CodedException(
          Problem.in("entry " + index, ErrorCode.LOG_DAMAGED, invalid.reason()));
    }
    return new VerdictBundle.Entry(index, octets, proof.path());
  }

  private static List<VerdictBundle.Blob> blobs(
      Set<Sha256> used, Function<Sha256, Optional<byte[]>> blobs) {
    List<VerdictBundle.Blob> shown = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    used.forEach(name -> names.add(name.hex()));
    for (String name : names) {
      Sha256 hash = new Sha256(name);
      blobs.apply(hash).ifPresent(octets -> shown.add(new VerdictBundle.Blob(hash, octets)));
    }
    return shown;
  }
}
