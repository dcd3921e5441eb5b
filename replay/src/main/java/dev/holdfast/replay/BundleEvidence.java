package dev.holdfast.replay;

import dev.holdfast.base.CodedException;
import dev.holdfast.detect.ChipTie;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Subject;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundCheck.Bounds;
import dev.holdfast.probe.RoundCheck.BoundsNothing;
import dev.holdfast.probe.RoundVerifier;
import dev.holdfast.probe.RoundWord;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What statements of a log tell of one key, and of the chip that may have signed for it: the one
 * path from entries to evidence, for whoever makes a bundle and whoever checks it.
 */
final class BundleEvidence {
  private final BundleQuestion question;
  private final EvidenceTrust trust;
  private final BundleChip chip;
  private final SortedMap<Long, Statement> statements = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Bounds> bounds = new ArrayList<>();

  private Optional<BundleChip.Tied> tied = Optional.empty();

  private BundleEvidence(BundleQuestion question, EvidenceTrust trust) {
    this.question = question;
    this.trust = trust;
    chip = new BundleChip(question, trust);
  }

  /**
   * Checks statements.
   *
   * @param entries octets of envelopes by their place in the log
   * @param blobs octets by hash, where they are at hand
   */
  static BundleEvidence of(
      BundleQuestion question,
      SortedMap<Long, byte[]> entries,
      Function<Sha256, Optional<byte[]>> blobs,
      EvidenceTrust trust) {
    BundleEvidence made = new BundleEvidence(question, trust);
    RoundVerifier verifier = new RoundVerifier(trust.certificates());
    entries.forEach((index, octets) -> made.read(index, octets, verifier));
    verifier.check(blobs).forEach(made::add);
    made.tied = made.chip.tie(made.rounds());
    made.faults.addAll(made.chip.faults());
    return made;
  }

  private void read(long index, byte[] octets, RoundVerifier verifier) {
    String source = "entry " + index;
    try {
      Envelope envelope = Envelope.parse(octets, source);
      Statement statement = Statement.parse(envelope.payload(), source);
      if (RoundWord.isIn(statement)) {
        verifier.add(octets, source);
      } else if (question.kind() == Subject.Kind.CHIP) {
        chip.read(index, envelope, statement, source);
      }
      statements.put(index, statement);
    } catch (CodedException e) {
      faults.add(source + ": " + e.problem().reason());
    }
  }

  private void add(RoundCheck check) {
    Round round = check.round();
    if (!round.host().equals(question.host().value())
        || !round.hostKey().hex().equals(question.key())) {
      return;
    }
    String name = "the round that began at " + round.begin();
    switch (check) {
      case Bounds good -> {
        OperatorId operator = good.landmark().operator();
        if (trust.accepts(operator)) {
          bounds.add(good);
        } else {
          notes.add(
              name
                  + " does not count: you do not accept "
                  + operator
                  + ", who runs "
                  + good.landmark().id());
        }
      }
      case BoundsNothing(Round its, RoundCheck.Why why, String reason) -> {
        String told = name + ": " + reason;
        switch (why) {
          case LANDMARK_NOT_CERTIFIED, WRONG_TRANSCRIPT -> faults.add(told);
          case TOO_FEW_ANSWERS, NOT_COUNTERSIGNED, NO_TRANSCRIPT, NO_POSITION, NOT_YET_OVER ->
              notes.add(told + ", so it bounds nothing");
        }
      }
    }
  }

  /** Why statements cannot be believed, in English; empty where all can. */
  List<String> faults() {
    return faults;
  }

  /** Rounds of the key that do not count, and why, in English. */
  List<String> notes() {
    return notes;
  }

  /** The evidence. */
  List<Bounded> rounds() {
    return bounds.stream().map(RoundEvidence::of).toList();
  }

  /** The tie of the chip that is asked about to the key; nothing where there is none. */
  Optional<ChipTie> tie() {
    return tied.map(BundleChip.Tied::tie);
  }

  /** Why an entry shows nothing of the chip that is asked about; nothing where it is about none. */
  Optional<String> whyUnused(long index) {
    return chip.whyUnused(index);
  }

  /** The hashes of the transcripts that the evidence stands on. */
  Set<Sha256> usedBlobs() {
    Set<Sha256> used = new HashSet<>();
    bounds.forEach(each -> used.add(each.round().transcript().sha256()));
    return used;
  }

  /** The entries that the evidence stands on. */
  Set<Long> usedEntries() {
    Set<Long> used = new HashSet<>();
    tied.ifPresent(each -> used.addAll(each.entries()));
    for (Map.Entry<Long, Statement> each : statements.entrySet()) {
      if (RoundWord.isIn(each.getValue()) && isUsed(each.getValue())) {
        used.add(each.getKey());
      }
    }
    return used;
  }

  private boolean isUsed(Statement statement) {
    if (statement.type().equals(RoundsStatement.TYPE)) {
      RoundsStatement said = RoundsStatement.read(statement, "statement");
      return bounds.stream()
          .anyMatch(each ->
              said.certificate().key().equals(each.landmarkCertificate().key())
                  && said.rounds().contains(each.round()));
    }
    Countersignatures said = Countersignatures.read(statement, "statement");
    return bounds.stream()
        .anyMatch(each ->
            said.certificate().key().equals(each.hostCertificate().key())
                && said.answered().contains(answered(each)));
  }

  private static Countersignatures.Answered answered(Bounds bounds) {
    return new Countersignatures.Answered(
        bounds.landmarkCertificate().key().id(),
        bounds.round().session(),
        bounds.round().transcript().sha256());
  }

  /** The statements about something else than rounds, by their place in the log. */
  SortedMap<Long, Statement> others() {
    SortedMap<Long, Statement> others = new TreeMap<>(statements);
    others.values().removeIf(RoundWord::isIn);
    return others;
  }
}
