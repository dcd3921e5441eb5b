package dev.holdfast.cli;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.replay.BundleTrust;
import dev.holdfast.replay.CaseDossier;
import dev.holdfast.replay.DossierOutcome;
import dev.holdfast.replay.DossierVerifier;
import dev.holdfast.replay.GroupedMaps;
import java.util.List;

/** Checks that a dossier says what its entries show. */
final class VerifyDossier {
  private static final int MOST_SAID = 20;

  private final VerifyOutput say;

  VerifyDossier(Surroundings surroundings, OutputOptions output) {
    this.say = new VerifyOutput(surroundings, output, surroundings.catalogue(output.language));
  }

  /**
   * The JSON form.
   *
   * @param followed how many findings follow from the entries
   * @param open the sentences of those that need the whole log, in English
   */
  record DossierJson(
      String kind,
      String result,
      long number,
      String origin,
      long size,
      int entries,
      String quorum,
      List<VerifyOutput.SeenJson> witnesses,
      List<String> reasons,
      int findings,
      int followed,
      List<String> open,
      int bundles,
      List<String> notes) {}

  int run(CaseDossier dossier, byte[] page, BundleTrust trust) {
    DossierOutcome outcome =
        new DossierVerifier(new GroupedMaps(NaturalEarth.load()), trust).verify(dossier, page);
    Judgement judged = Judgement.of(dossier.checkpoint(), trust.policy());
    Checkpoint tree = dossier.checkpoint().checkpoint();
    int status = outcome.accepted() ? 0 : 1;
    if (say.isJson()) {
      say.json(
          new DossierJson(
              "case-dossier",
              outcome.accepted() ? "ACCEPTED" : "REFUSED",
              dossier.facts().number(),
              tree.origin(),
              tree.size(),
              dossier.entries().size(),
              judged.quorum().word(),
              VerifyOutput.seen(judged),
              outcome.reasons(),
              dossier.findings().size(),
              outcome.followed(),
              outcome.openFindings(),
              outcome.bundles(),
              outcome.notes()));
      return status;
    }
    say.say(
        outcome.accepted() ? "verify.dossier-accepted" : "verify.dossier-refused",
        dossier.facts().number(),
        dossier.entries().size(),
        tree.origin());
    outcome.reasons().forEach(reason -> say.say("verify.dossier-reason", reason));
    if (outcome.accepted()) {
      say.say(
          "verify.dossier-followed",
          outcome.followed(),
          dossier.findings().size(),
          outcome.bundles());
      outcome.openFindings().stream()
          .limit(MOST_SAID)
          .forEach(open -> say.say("verify.dossier-open", open));
      if (!outcome.openFindings().isEmpty()) {
        say.say("verify.dossier-open-count", outcome.openFindings().size());
      }
    }
    outcome.notes().forEach(note -> say.say("verify.dossier-beside", note));
    if (judged.isSigned()) {
      say.witnesses(judged);
    }
    return status;
  }
}
