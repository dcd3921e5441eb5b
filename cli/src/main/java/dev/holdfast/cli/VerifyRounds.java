package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Times;
import dev.holdfast.edge.SpooledRounds;
import dev.holdfast.locate.Locator;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Position;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the rounds of one statement with their transcripts and countersignatures. */
final class VerifyRounds {
  private final Surroundings surroundings;
  private final OutputOptions output;
  private final VerifyOutput say;

  VerifyRounds(Surroundings surroundings, OutputOptions output) {
    this.surroundings = surroundings;
    this.output = output;
    this.say = new VerifyOutput(surroundings, output, surroundings.catalogue(output.language));
  }

  /** The JSON form of a round. */
  record RoundJson(
      String result,
      String host,
      String hostKey,
      String session,
      String begin,
      int sent,
      int answered,
      long shortestNanoseconds,
      @Nullable String landmark,
      @Nullable String operator,
      @Nullable Double latitude,
      @Nullable Double longitude,
      @Nullable Double boundKm,
      @Nullable Boolean simulated,
      @Nullable String revocationsAt,
      @Nullable String why,
      @Nullable String reason) {}

  /**
   * @param spool where transcripts and countersignatures are; null for the spool of the file
   */
  int run(Path file, @Nullable Path spool, CertificateVerifier certificates) {
    String source = file.toString();
    Envelope envelope = Envelope.parse(BoundedFiles.read(file, Envelope.LONGEST), source);
    Statement statement = Statement.parse(envelope.payload(), source);
    RoundsStatement said = RoundsStatement.read(statement, source);
    Set<Round> own = said.rounds().stream().collect(Collectors.toSet());
    SpooledRounds all = SpooledRounds.below(spool == null ? SpooledRounds.spoolOf(file) : spool);
    all.addStatement(file);
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    List<RoundCheck> checks =
        all.check(certificates, log::add, () -> {}).stream()
            .filter(check -> own.contains(check.round()))
            .toList();
    int status = log.finish();
    for (RoundCheck check : checks) {
      print(check);
      status = Math.max(status, check instanceof RoundCheck.Bounds ? 0 : 1);
    }
    return status;
  }

  private void print(RoundCheck check) {
    if (say.isJson()) {
      say.json(json(check));
      return;
    }
    Round round = check.round();
    String begin = Times.print(round.begin());
    switch (check) {
      case RoundCheck.Bounds bounds -> {
        Position place = bounds.landmark().position();
        say.say(
            "verify.round",
            "key " + round.hostKey().hex(),
            round.host(),
            round.timings().accepted(),
            round.sent(),
            bounds.landmark().id(),
            begin,
            round.timings().minimum() / 1000,
            String.format(Locale.ROOT, "%.1f", Math.ceil(bound(bounds) * 10) / 10),
            Sentences.degrees(place.latitude()),
            Sentences.degrees(place.longitude()));
        MessageCatalogue catalogue = surroundings.catalogue(output.language);
        if (bounds.simulated()) {
          surroundings.out().println(catalogue.say("report.simulated"));
        }
        surroundings
            .out()
            .println(
                bounds.revocationsAt() == null
                    ? catalogue.say("assumption.revocation-unchecked")
                    : catalogue.say(
                        "assumption.revocation-checked", Times.print(bounds.revocationsAt())));
      }
      case RoundCheck.BoundsNothing nothing ->
          say.say(
              "verify.round-nothing", nothing.why().word(), round.host(), begin, nothing.reason());
    }
  }

  private static double bound(RoundCheck.Bounds bounds) {
    Bound bound =
        Locator.bound(bounds.landmark(), Delay.ofMillis(bounds.round().timings().minimum() / 1e6));
    return bound.atMost().kilometres();
  }

  private static RoundJson json(RoundCheck check) {
    Round round = check.round();
    RoundCheck.Bounds bounds = check instanceof RoundCheck.Bounds good ? good : null;
    RoundCheck.BoundsNothing nothing = check instanceof RoundCheck.BoundsNothing bad ? bad : null;
    return new RoundJson(
        bounds == null ? "bounds-nothing" : "bounds",
        round.host(),
        round.hostKey().hex(),
        round.session().hex(),
        round.begin().toString(),
        round.sent(),
        round.timings().accepted(),
        round.timings().minimum(),
        bounds == null ? null : bounds.landmark().id().value(),
        bounds == null ? null : bounds.landmark().operator().value(),
        bounds == null ? null : bounds.landmark().position().latitude(),
        bounds == null ? null : bounds.landmark().position().longitude(),
        bounds == null ? null : Math.ceil(bound(bounds) * 1000) / 1000,
        bounds == null ? null : bounds.simulated(),
        bounds == null || bounds.revocationsAt() == null ? null : bounds.revocationsAt().toString(),
        nothing == null ? null : nothing.why().word(),
        nothing == null ? null : nothing.reason());
  }
}
