package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;

/**
 * Checks rounds as statements come: each round is answered once, as soon as both its landmark and
 * its host have spoken, in whatever order they do. For one thread; the answers follow from the
 * order of the statements alone.
 *
 * <p>A round is answered at once where nothing that a host signs could make it bound a distance:
 * its landmark is not certified, nobody states where the landmark stood, or too few challenges were
 * answered. A transcript must be at hand by the time that the later of both statements comes.
 *
 * <p>Memory is bounded: at most so many rounds wait for their hosts, at most so many
 * countersignatures for their landmarks, and as many answered rounds are remembered so that a
 * statement that comes again is not answered again. Where there are more, the oldest waiting round
 * is answered as not countersigned, and the oldest countersignature is forgotten.
 */
public final class RoundJoin {
  private final Function<Sha256, Optional<byte[]>> transcripts;
  private final int most;
  private RoundReader reader;
  private RoundJudge judge;
  private final SequencedMap<RoundName, StatedRound> stated = new LinkedHashMap<>();
  private final SequencedMap<RoundName, CountersignedRound> countersigned = new LinkedHashMap<>();
  private final SequencedSet<RoundName> answered = new LinkedHashSet<>();

  /**
   * Nothing waits yet.
   *
   * @param certificates what the reader trusts
   * @param transcripts the octets of a transcript by hash, where they are at hand
   * @param mostWaiting how many rounds may wait, at least 1
   */
  public RoundJoin(
      CertificateVerifier certificates,
      Function<Sha256, Optional<byte[]>> transcripts,
      int mostWaiting) {
    CertificateMemory memory = new CertificateMemory(certificates);
    this.reader = new RoundReader(memory);
    this.judge = new RoundJudge(memory);
    this.transcripts = requireNonNull(transcripts, "transcripts");
    this.most = mostWaiting;
    if (mostWaiting < 1) {
      throw new IllegalArgumentException("at least one round waits");
    }
  }

  /** Believes other authorities or newer lists of revocations from now on; what waits stays. */
  public void believe(CertificateVerifier certificates) {
    CertificateMemory memory = new CertificateMemory(certificates);
    this.reader = new RoundReader(memory);
    this.judge = new RoundJudge(memory);
  }

  /**
   * Takes in a statement: rounds or countersignatures.
   *
   * @param envelope the octets of its envelope
   * @param source the name of the octets for messages
   * @return the rounds that it settles, in its order, and those that it crowds out
   * @throws CodedException as {@link RoundVerifier#add}; nothing is changed then
   */
  public List<RoundCheck> take(byte[] envelope, String source) {
    return take(reader.read(envelope, source), source);
  }

  /**
   * The same of a statement that was read.
   *
   * @throws CodedException CERTIFICATE_REFUSED where it is a host's whom no authority certifies
   */
  public List<RoundCheck> take(RoundWord said, String source) {
    List<RoundCheck> checks = new ArrayList<>();
    switch (said) {
      case RoundWord.Stated word -> reader.rounds(word).forEach(round -> take(round, checks));
      case RoundWord.Countersigned word ->
          reader.rounds(word, source).forEach(round -> take(round, checks));
    }
    return List.copyOf(checks);
  }

  private void take(StatedRound round, List<RoundCheck> checks) {
    RoundName name = round.name();
    if (answered.contains(name) || stated.containsKey(name)) {
      return;
    }
    switch (judge.ground(round)) {
      case RoundJudge.Groundless groundless -> answer(name, groundless.answer(), checks);
      case RoundJudge.Placed placed -> {
        CountersignedRound signed = countersigned.remove(name);
        if (signed == null) {
          stated.put(name, round);
          if (stated.size() > most) {
            Map.Entry<RoundName, StatedRound> oldest = stated.pollFirstEntry();
            giveUp(oldest.getKey(), oldest.getValue(), checks);
          }
        } else {
          answer(name, judge.check(round, placed, transcripts, signed), checks);
        }
      }
    }
  }

  private void take(CountersignedRound signed, List<RoundCheck> checks) {
    RoundName name = signed.name();
    if (answered.contains(name)) {
      return;
    }
    StatedRound round = stated.remove(name);
    if (round == null) {
      countersigned.putIfAbsent(name, signed);
      if (countersigned.size() > most) {
        countersigned.pollFirstEntry();
      }
      return;
    }
    RoundCheck check =
        switch (judge.ground(round)) {
          case RoundJudge.Groundless groundless -> groundless.answer();
          case RoundJudge.Placed placed -> judge.check(round, placed, transcripts, signed);
        };
    answer(name, check, checks);
  }

  private void giveUp(RoundName name, StatedRound round, List<RoundCheck> checks) {
    answer(name, RoundJudge.notCountersigned(round.round()), checks);
  }

  private void answer(RoundName name, RoundCheck check, List<RoundCheck> checks) {
    checks.add(check);
    answered.add(name);
    if (answered.size() > most) {
      answered.removeFirst();
    }
  }

  /**
   * Waits no longer for what is older than an instant.
   *
   * @param before rounds that began before, and countersignatures signed before
   * @return the rounds that nobody signed for
   */
  public List<RoundCheck> forget(Instant before) {
    List<RoundCheck> checks = new ArrayList<>();
    for (Iterator<Map.Entry<RoundName, StatedRound>> each = stated.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<RoundName, StatedRound> waiting = each.next();
      if (waiting.getValue().round().begin().isBefore(before)) {
        each.remove();
        giveUp(waiting.getKey(), waiting.getValue(), checks);
      }
    }
    countersigned.values().removeIf(signed -> signed.at().isBefore(before));
    return List.copyOf(checks);
  }

  /** How many rounds wait for their hosts. */
  public int waiting() {
    return stated.size();
  }
}
