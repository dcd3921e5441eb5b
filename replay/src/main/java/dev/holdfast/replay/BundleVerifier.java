package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.ledger.PolicyCheck;
import dev.holdfast.model.LocationReport;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementCheck;
import dev.holdfast.trust.StatementVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks bundles against what a reader trusts, offline.
 *
 * <p>A bundle shows that its answer follows from its entries, and that those stand in the log. That
 * nothing else stands there, it does not show: a round that was left out could have made the region
 * smaller, or contradicted the others.
 */
public final class BundleVerifier {
  private static final int MOST_REASONS = 100;

  private final GroupedMaps maps;
  private final BundleTrust trust;

  public BundleVerifier(GroupedMaps maps, BundleTrust trust) {
    this.maps = requireNonNull(maps, "maps");
    this.trust = requireNonNull(trust, "trust");
  }

  /** Checks all of a bundle. */
  public BundleOutcome verify(VerdictBundle bundle) {
    List<String> reasons = new ArrayList<>();
    PolicyCheck signed = trust.policy().check(bundle.checkpoint());
    if (!(signed instanceof PolicyCheck.Accepted)) {
      signed.reasons().forEach(reason -> reasons.add("checkpoint: " + reason));
    }
    CarriedEntries.checkInclusion(bundle.entries(), bundle.checkpoint().checkpoint(), reasons);
    Map<Sha256, byte[]> blobs = CarriedEntries.blobs(bundle.blobs(), reasons);
    SortedMap<Long, byte[]> entries = new TreeMap<>();
    bundle.entries().forEach(entry -> entries.put(entry.index(), entry.envelope()));
    BundleEvidence evidence =
        BundleEvidence.of(
            bundle.question(),
            entries,
            name -> Optional.ofNullable(blobs.get(name)),
            trust.evidence());
    reasons.addAll(evidence.faults());
    if (!reasons.isEmpty()) {
      return notShown(reasons);
    }
    LocationReport report;
    try {
      report = BundleAnswer.report(bundle.question(), evidence, maps);
    } catch (IllegalArgumentException e) {
      return notShown(List.of("question: " + e.getMessage()));
    }
    List<String> unused = unused(bundle, evidence, entries);
    List<BundleOutcome.Difference> differences =
        BundleAnswer.differences(bundle.answer(), BundleAnswer.form(report));
    return differences.isEmpty()
        ? new BundleOutcome.Same(report, unused)
        : new BundleOutcome.Differs(report, differences, unused);
  }

  private static BundleOutcome.NotShown notShown(List<String> reasons) {
    return new BundleOutcome.NotShown(reasons.subList(0, Math.min(reasons.size(), MOST_REASONS)));
  }

  private List<String> unused(
      VerdictBundle bundle, BundleEvidence evidence, SortedMap<Long, byte[]> entries) {
    List<String> unused = new ArrayList<>(evidence.notes());
    Set<Long> used = evidence.usedEntries();
    for (long index : entries.keySet()) {
      if (!used.contains(index)) {
        unused.add(
            "entry "
                + index
                + " is not used: "
                + evidence
                    .whyUnused(index)
                    .orElseGet(() ->
                        evidence.others().containsKey(index)
                            ? other(entries.getOrDefault(index, new byte[0]))
                            : "no round of it counts for this key"));
      }
    }
    Set<Sha256> usedBlobs = evidence.usedBlobs();
    for (VerdictBundle.Blob blob : bundle.blobs()) {
      if (!usedBlobs.contains(blob.name())) {
        unused.add("blob " + blob.name() + " is not used: no round that counts names it");
      }
    }
    return unused;
  }

  /** What is to be said of a statement that is about no rounds. */
  private String other(byte[] octets) {
    Envelope envelope = Envelope.parse(octets, "entry");
    StatementCheck check =
        new StatementVerifier(KeyRing.of(trust.evidence().declarers())).check(envelope, "entry");
    return check instanceof StatementCheck.Valid valid
        ? "it is a "
            + valid.statement().type()
            + " of a key that you let declare, and proves nothing"
        : "it is about no rounds, and " + ((StatementCheck.Refused) check).reason();
  }
}
