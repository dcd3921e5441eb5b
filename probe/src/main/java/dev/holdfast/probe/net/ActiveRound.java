package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Refusal;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.StampKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A round under way. Belongs to the sender's thread. */
final class ActiveRound {
  private static final long SECOND = 1_000_000_000L;

  final SenderSessions.Open session;
  final RoundSettings settings;
  final CompletableFuture<RoundMeasurement> future;

  /** When the next challenge is to be sent or the round is over, by the raw clock. */
  long due;

  private final List<SentChallenge> sent = new ArrayList<>();
  private final Map<Refusal, Integer> refused = new EnumMap<>(Refusal.class);
  private final Set<PeerAddress> addresses = new LinkedHashSet<>();
  private int accepted;
  private long shortest = Long.MAX_VALUE;
  private boolean shortestByKernel;

  ActiveRound(
      SenderSessions.Open session,
      RoundSettings settings,
      CompletableFuture<RoundMeasurement> future) {
    this.session = session;
    this.settings = settings;
    this.future = future;
  }

  int nextSequence() {
    return session.firstSequence() + sent.size();
  }

  void add(SentChallenge challenge) {
    sent.add(challenge);
    addresses.add(challenge.to);
  }

  boolean begun() {
    return !sent.isEmpty();
  }

  boolean allSent() {
    return sent.size() == settings.challenges();
  }

  boolean allAnswered() {
    return accepted == settings.challenges();
  }

  /** The challenge with a number, or null. */
  @Nullable SentChallenge find(int sequence) {
    int index = sequence - session.firstSequence();
    return index >= 0 && index < sent.size() ? sent.get(index) : null;
  }

  void refuse(Refusal why) {
    refused.merge(why, 1, Integer::sum);
  }

  void seen(PeerAddress address) {
    addresses.add(address);
  }

  /**
   * Takes an answer that passed every check.
   *
   * @param kernel whether the kernel's stamps measured it
   */
  void accept(
      SentChallenge challenge, byte[] reply, PeerAddress from, long nanoseconds, boolean kernel) {
    challenge.answer(reply, from, nanoseconds);
    addresses.add(from);
    accepted++;
    if (nanoseconds < shortest) {
      shortest = nanoseconds;
      shortestByKernel = kernel;
    }
  }

  /** What was measured; the session's key is wiped. */
  RoundMeasurement finish(long realtime, boolean interrupted) {
    Arrays.fill(session.key(), (byte) 0);
    long begin = sent.getFirst().reading.rawBefore;
    StampKind kind = shortestByKernel ? StampKind.KERNEL : StampKind.PROCESS;
    return new RoundMeasurement(
        session.id(),
        sent.stream().map(each -> each.toExchange(begin)).toList(),
        kind,
        kind,
        shortestByKernel ? SessionSender.KERNEL_PRECISION : SessionSender.PROCESS_PRECISION,
        refused,
        List.copyOf(addresses),
        interrupted,
        instant(sent.getFirst().reading.realtime),
        instant(realtime));
  }

  private static Instant instant(long realtime) {
    return Instant.ofEpochSecond(Math.floorDiv(realtime, SECOND), Math.floorMod(realtime, SECOND));
  }
}
