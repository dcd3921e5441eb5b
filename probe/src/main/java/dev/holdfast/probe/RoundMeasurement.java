package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a landmark measured in one round, before it is signed: every challenge it sent, in order,
 * the answers that counted, and what was refused.
 *
 * <p>It may hold any number of answers, none too. Fewer than ten bound nothing; who makes a round
 * of it decides that.
 *
 * @param transmit whose stamps of leaving challenges the shortest round trip was measured by
 * @param receive whose stamps of coming answers it was measured by; an exchange whose kernel stamps
 *     could not be trusted is measured by the process instead, which is never shorter
 * @param precisionNanoseconds how much longer than on the wire a round trip is usually measured, by
 *     the place of the stamps
 * @param refused how many packets bound nothing, by reason, as far as they named this round
 * @param addresses where the host was seen, in the order of being seen: where challenges were sent
 *     and answers came from
 * @param interrupted whether the round was stopped before all its challenges were sent and waited
 *     for
 * @param begin when the first challenge left, by the landmark's clock
 * @param end when it was over
 */
public record RoundMeasurement(
    SessionId session,
    List<Exchange> exchanges,
    StampKind transmit,
    StampKind receive,
    long precisionNanoseconds,
    Map<Refusal, Integer> refused,
    List<PeerAddress> addresses,
    boolean interrupted,
    Instant begin,
    Instant end) {
  public RoundMeasurement {
    requireNonNull(session, "session");
    exchanges = List.copyOf(exchanges);
    requireNonNull(transmit, "transmit");
    requireNonNull(receive, "receive");
    if (precisionNanoseconds < 0) {
      throw new IllegalArgumentException("precision is not negative");
    }
    refused = Map.copyOf(refused);
    addresses = List.copyOf(addresses);
    requireNonNull(begin, "begin");
    requireNonNull(end, "end");
  }

  /** How many challenges have an answer that counts. */
  public int accepted() {
    return (int) exchanges.stream().filter(Exchange::answered).count();
  }
}
