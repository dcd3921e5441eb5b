package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.attest.InventoryJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.detect.ChipFold;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.OfChips;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.model.TargetId;
import dev.holdfast.replay.ChipAttestation;
import dev.holdfast.server.ViewWriter.Event;
import dev.holdfast.trust.HostWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what hosts say of their chips into views. For one thread. */
final class ChipEntries {
  private final ViewWriter views;
  private final ChipViews chips;
  private final ChipFold fold;
  private @Nullable EvidenceVerifier verifier;

  ChipEntries(ViewWriter views) {
    this.views = requireNonNull(views, "views");
    chips = views.chips();
    fold = new ChipFold(chips);
  }

  /**
   * What one entry made.
   *
   * @param evidence that it is; null where it proves nothing
   */
  record Outcome(@Nullable OfChips evidence, List<Event> events, List<Noticed> findings) {}

  /** A finding, and the chip or host that it is about. */
  record Noticed(
      Finding finding, @Nullable String host, @Nullable String chip, boolean simulated) {}

  /** Somebody was declared whom evidence may lead to, or revoked: all is looked at anew. */
  void believe() {
    verifier = null;
  }

  /**
   * Takes a host's word in.
   *
   * @param now the time of the ledger
   * @throws CodedException where its inventory is malformed
   */
  Outcome take(HostWord word, String source, long index, Instant now) {
    return switch (word) {
      case HostWord.Evidence evidence -> evidence(evidence, source, index, now);
      case HostWord.Inventory said -> {
        Inventoried inventoried =
            new Inventoried(
                new TargetId(said.certificate().identity().name()),
                InventoryJson.read(said.inventory(), "inventory"),
                said.at(),
                said.certificate().identity().simulated());
        chips.inventory(inventoried, index);
        yield apply(
            inventoried,
            "inventory",
            Reason.of(
                "event.inventory",
                inventoried.host().value(),
                String.valueOf(inventoried.inventory().chips().size()),
                inventoried.inventory().source().word()),
            source,
            index,
            null);
      }
    };
  }

  private Outcome evidence(HostWord.Evidence word, String source, long index, Instant now) {
    if (verifier == null) {
      verifier = chips.verifier();
    }
    String host = word.certificate().identity().name();
    return switch (ChipAttestation.of(
        word, requireNonNull(verifier), chips.issuedAt(word.challenge()), now)) {
      case ChipAttestation.ProvesNothing(List<Reason> reasons) ->
          new Outcome(
              null,
              List.of(
                  new Event(
                      index,
                      word.at(),
                      "evidence",
                      "attention",
                      reasons.getFirst(),
                      host,
                      null,
                      source,
                      word.certificate().identity().simulated(),
                      false)),
              List.of());
      case ChipAttestation.Counts(Attested attested, List<Reason> reasons) ->
          apply(
              attested,
              "evidence",
              Reason.of(
                  attested.fresh() ? "event.evidence" : "event.evidence-stale",
                  attested.chip(),
                  host,
                  attested.model()),
              source,
              index,
              attested);
    };
  }

  private Outcome apply(
      OfChips evidence,
      String kind,
      Reason reason,
      String source,
      long index,
      @Nullable Attested attested) {
    boolean simulated =
        switch (evidence) {
          case Attested each -> each.simulated();
          case Inventoried each -> each.simulated();
        };
    Instant at =
        switch (evidence) {
          case Attested each -> each.at();
          case Inventoried each -> each.at();
        };
    ChipFold.Step step = fold.apply(evidence, index);
    chips.keep(step, simulated, views);
    List<Event> events = new ArrayList<>();
    events.add(
        new Event(
            index,
            at,
            kind,
            "none",
            reason,
            evidence.host().value(),
            attested == null ? null : chips.rowOf(attested.chip()),
            source,
            simulated,
            attested != null && !attested.fresh()));
    List<Noticed> findings = new ArrayList<>();
    for (Finding finding : step.findings()) {
      findings.add(
          new Noticed(finding, evidence.host().value(), chips.rowOf(finding.subject()), simulated));
    }
    return new Outcome(evidence, events, findings);
  }
}
