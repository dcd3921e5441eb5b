package dev.holdfast.replay;

import java.util.List;

/**
 * What came of checking a dossier.
 *
 * @param reasons why it is not accepted, in English; empty where it is
 * @param followed how many findings were found in its entries again
 * @param openFindings those that need the whole log, by their sentences in English
 * @param notes what is there and counts for nothing, in English
 * @param bundles how many of its verdicts were replayed
 */
public record DossierOutcome(
    List<String> reasons,
    int followed,
    List<String> openFindings,
    List<String> notes,
    int bundles) {
  public DossierOutcome {
    reasons = List.copyOf(reasons);
    openFindings = List.copyOf(openFindings);
    notes = List.copyOf(notes);
  }

  /** Whether all of it holds for this reader. */
  public boolean accepted() {
    return reasons.isEmpty();
  }
}
