package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.ReportJson;
import dev.holdfast.replay.BundleOutcome;
import dev.holdfast.replay.BundleTrust;
import dev.holdfast.replay.BundleVerifier;
import dev.holdfast.replay.GroupedMaps;
import dev.holdfast.replay.VerdictBundle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks that a verdict follows from its bundle. */
final class VerifyBundle {
  private final Surroundings surroundings;
  private final OutputOptions output;
  private final VerifyOutput say;

  VerifyBundle(Surroundings surroundings, OutputOptions output) {
    this.surroundings = surroundings;
    this.output = output;
    this.say = new VerifyOutput(surroundings, output, surroundings.catalogue(output.language));
  }

  /** The answers; their names are those of the JSON form. */
  private enum Result {
    SAME("verify.bundle-same"),
    DIFFERS("verify.bundle-differs"),
    NOT_SHOWN("verify.bundle-not-shown");

    private final String sentence;

    Result(String sentence) {
      this.sentence = sentence;
    }

    int exitStatus() {
      return this == SAME ? 0 : 1;
    }
  }

  /** The JSON form. */
  record BundleJson(
      String kind,
      String result,
      String origin,
      long size,
      int entries,
      String quorum,
      List<VerifyOutput.SeenJson> witnesses,
      List<String> reasons,
      List<BundleOutcome.Difference> differences,
      List<String> unused,
      @Nullable ReportJson report) {}

  int run(VerdictBundle bundle, BundleTrust trust) {
    BundleOutcome outcome =
        new BundleVerifier(new GroupedMaps(NaturalEarth.load()), trust).verify(bundle);
    Judgement judged = Judgement.of(bundle.checkpoint(), trust.policy());
    return switch (outcome) {
      case BundleOutcome.Same(LocationReport report, List<String> unused) ->
          answer(Result.SAME, bundle, judged, List.of(), List.of(), unused, report);
      case BundleOutcome.Differs(
              LocationReport report,
              List<BundleOutcome.Difference> differences,
              List<String> unused) ->
          answer(Result.DIFFERS, bundle, judged, List.of(), differences, unused, report);
      case BundleOutcome.NotShown(List<String> reasons) ->
          answer(Result.NOT_SHOWN, bundle, judged, reasons, List.of(), List.of(), null);
    };
  }

  private int answer(
      Result result,
      VerdictBundle bundle,
      Judgement judged,
      List<String> reasons,
      List<BundleOutcome.Difference> differences,
      List<String> unused,
      @Nullable LocationReport report) {
    Checkpoint tree = bundle.checkpoint().checkpoint();
    if (say.isJson()) {
      say.json(
          new BundleJson(
              "verdict-bundle",
              result.name(),
              tree.origin(),
              tree.size(),
              bundle.entries().size(),
              judged.quorum().word(),
              VerifyOutput.seen(judged),
              reasons,
              differences,
              unused,
              report == null ? null : Json.form(report, MessageCatalogue.in(Locale.ENGLISH))));
      return result.exitStatus();
    }
    say.say(result.sentence, bundle.entries().size(), tree.origin());
    reasons.forEach(reason -> say.say("verify.bundle-reason", reason));
    for (BundleOutcome.Difference each : differences) {
      say.say(
          "verify.bundle-difference",
          each.field(),
          each.stated().isEmpty() ? "-" : each.stated(),
          each.found().isEmpty() ? "-" : each.found());
    }
    unused.forEach(each -> say.say("verify.bundle-unused", each));
    if (judged.isSigned()) {
      say.witnesses(judged);
    }
    if (report != null) {
      print(bundle, report);
    }
    return result.exitStatus();
  }

  /** What follows from the bundle, whatever it states itself. */
  private void print(VerdictBundle bundle, LocationReport report) {
    Sentences sentences =
        new Sentences(
            surroundings.catalogue(output.language),
            bundle.question().settings().settings().slowerSpeed().kilometresPerMillisecond());
    ReportText text = new ReportText(surroundings.out(), sentences, surroundings.colour());
    text.print(report);
    text.printAssumptions();
  }
}
