package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.ledger.PolicyCheck;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Finding;
import dev.holdfast.trust.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks dossiers against what a reader trusts, offline: the log, every entry, every signature, the
 * findings that follow from entries, the bundles, and that the page says what the data say.
 *
 * <p>As with bundles, that nothing else stands in the log a dossier does not show.
 */
public final class DossierVerifier {
  private static final int MOST_REASONS = 100;

  private final GroupedMaps maps;
  private final BundleTrust trust;

  public DossierVerifier(GroupedMaps maps, BundleTrust trust) {
    this.maps = requireNonNull(maps, "maps");
    this.trust = requireNonNull(trust, "trust");
  }

  /**
   * Checks all of a dossier.
   *
   * @param page the octets that it was read from
   */
  public DossierOutcome verify(CaseDossier dossier, byte[] page) {
    List<String> reasons = new ArrayList<>();
    PolicyCheck signed = trust.policy().check(dossier.checkpoint());
    if (!(signed instanceof PolicyCheck.Accepted)) {
      signed.reasons().forEach(reason -> reasons.add("checkpoint: " + reason));
    }
    Atlas atlas;
    try {
      atlas = maps.of(dossier.settings());
    } catch (IllegalArgumentException e) {
      reasons.add("settings: " + e.getMessage());
      return outcome(reasons, 0, List.of(), List.of(), 0);
    }
    CarriedEntries.checkInclusion(dossier.entries(), dossier.checkpoint().checkpoint(), reasons);
    Map<Sha256, byte[]> blobs = CarriedEntries.blobs(dossier.blobs(), reasons);
    SortedMap<Long, byte[]> entries = new TreeMap<>();
    dossier.entries().forEach(entry -> entries.put(entry.index(), entry.envelope()));
    DossierEvidence evidence =
        DossierEvidence.of(
            entries, name -> Optional.ofNullable(blobs.get(name)), trust.evidence(), atlas);
    reasons.addAll(evidence.faults());
    List<String> open = new ArrayList<>();
    int followed = checkFindings(dossier, evidence, entries, reasons, open);
    int bundles = checkBundles(dossier, reasons);
    if (reasons.isEmpty()) {
      checkPage(DossierPage.octets(dossier, evidence, atlas), page, reasons);
    }
    return outcome(reasons, followed, open, evidence.notes(), bundles);
  }

  private static DossierOutcome outcome(
      List<String> reasons, int followed, List<String> open, List<String> notes, int bundles) {
    return new DossierOutcome(
        reasons.subList(0, Math.min(reasons.size(), MOST_REASONS)),
        followed,
        open,
        notes.subList(0, Math.min(notes.size(), MOST_REASONS)),
        bundles);
  }

  private static int checkFindings(
      CaseDossier dossier,
      DossierEvidence evidence,
      SortedMap<Long, byte[]> entries,
      List<String> reasons,
      List<String> open) {
    MessageCatalogue english = MessageCatalogue.in(Locale.ENGLISH);
    int followed = 0;
    for (CaseDossier.Stated each : dossier.findings()) {
      Finding finding = each.finding();
      String name = "finding " + finding.kind() + " of " + finding.subject();
      if (each.shown()) {
        for (long cause : finding.causes()) {
          if (!entries.containsKey(cause)) {
            reasons.add(name + ": its cause, entry " + cause + ", is not here");
          }
        }
      }
      boolean follows = evidence.follows(finding);
      if (follows && each.follows()) {
        followed++;
      } else if (each.follows()) {
        reasons.add(name + " does not follow from the entries that are here");
      } else if (follows) {
        reasons.add(name + " follows from the entries that are here, and is not said to");
      } else {
        open.add(english.say(finding.reason().code(), finding.reason().arguments()));
      }
    }
    return followed;
  }

  private int checkBundles(CaseDossier dossier, List<String> reasons) {
    BundleVerifier verifier = new BundleVerifier(maps, trust);
    int same = 0;
    for (VerdictBundle bundle : dossier.bundles()) {
      String name = "bundle of " + bundle.question().id();
      switch (verifier.verify(bundle)) {
        case BundleOutcome.Same it -> same++;
        case BundleOutcome.Differs it ->
            reasons.add(name + ": another answer follows than the stated one");
        case BundleOutcome.NotShown it -> reasons.add(name + ": " + it.reasons().getFirst());
      }
    }
    return same;
  }

  private static void checkPage(byte[] drawn, byte[] page, List<String> reasons) {
    int line = 1;
    for (int i = 0; i < Math.max(drawn.length, page.length); i++) {
      if (i >= drawn.length || i >= page.length || drawn[i] != page[i]) {
        reasons.add("page: line " + line + " is not what the data say");
        return;
      }
      if (drawn[i] == '\n') {
        line++;
      }
    }
  }
}
