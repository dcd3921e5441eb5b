package dev.holdfast.sim;

import dev.holdfast.probe.AnsweredLog;
import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.Countersigner;
import dev.holdfast.probe.ErrorEstimate;
import dev.holdfast.probe.Exchange;
import dev.holdfast.probe.Nonce;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Reflection;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.Sighting;
import dev.holdfast.probe.StampKind;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.StampTimestamp;
import dev.holdfast.probe.Transcript;
import dev.holdfast.sim.DelayModel.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One round of a landmark with a host: the packets of both ends, by the product's own code, on a
 * clock that is simulated.
 *
 * @param transcript its canonical octets
 * @param countersigned whether the host signs for it: whether it answered anything
 */
record SimulatedRound(Round round, byte[] transcript, boolean countersigned) {
  private static final RoundSettings SETTINGS = RoundSettings.defaults();

  /** What landmarks state of kernel stamps. */
  private static final long PRECISION_NANOSECONDS = 20_000;

  /** The pool of addresses for measurements, which no network announces (RFC 2544, RFC 6890). */
  private static final int BENCHMARKING = (198 << 24) | (18 << 16);

  private static final int PORT = 8620;
  private static final int TIME_TO_LIVE = 64;
  private static final Duration SESSION_LIFE = Duration.ofHours(1);

  /** How far a host's clock may be from the landmark's. */
  private static final long CLOCK_NANOSECONDS = 20_000_000;

  /** That no answer comes. */
  private static final long LOST = -1;

  /**
   * Measures.
   *
   * @param way to where the host's key is; null where it does not answer
   * @param begin in whole milliseconds
   * @param mac for this thread; gets another key
   */
  static SimulatedRound measure(
      Chance chance,
      SimulatedLandmark landmark,
      SimulatedHost host,
      @Nullable Way way,
      Instant begin,
      StampMac mac) {
    return measure(
        chance,
        landmark,
        host,
        (i, random) -> way == null || way.loses(random) ? LOST : way.roundTrip(random),
        begin,
        mac);
  }

  /**
   * Measures what takes a given time.
   *
   * @param roundTrips how many nanoseconds each challenge takes there and back, by its number
   */
  static SimulatedRound measure(
      Chance chance,
      SimulatedLandmark landmark,
      SimulatedHost host,
      IntToLongFunction roundTrips,
      Instant begin,
      StampMac mac) {
    return measure(chance, landmark, host, (i, random) -> roundTrips.applyAsLong(i), begin, mac);
  }

  /** How long a challenge takes. */
  private interface Answering {
    long roundTrip(int number, SplittableRandom random);
  }

  private static SimulatedRound measure(
      Chance chance,
      SimulatedLandmark landmark,
      SimulatedHost host,
      Answering answering,
      Instant begin,
      StampMac mac) {
    String from = landmark.identity().name();
    long epoch = begin.getEpochSecond() / SESSION_LIFE.toSeconds();
    byte[] key = chance.octets("session", from, host.name(), Long.toString(epoch));
    SplittableRandom session = chance.of("session id", from, host.name(), Long.toString(epoch));
    SessionId id = SessionId.of(Chance.octets(session, SessionId.LENGTH));
    SplittableRandom random = chance.of("round", from, host.name(), begin.toString());
    int ssid = host.number();
    mac.rekey(key);
    ReflectorSession reflector = new ReflectorSession(ssid, mac, random.nextInt());
    RoundMeasurement measured =
        exchange(id, reflector, host.number(), answering, begin, mac, random);
    Transcript transcript = Transcript.of(measured);
    Round round =
        Round.of(
            measured,
            host.name(),
            host.identity().keyId(),
            landmark.position().statementHash(),
            transcript);
    return new SimulatedRound(
        round, transcript.octets(), signs(transcript, ssid, mac, reflector.answered()));
  }

  private static boolean signs(
      Transcript transcript, int ssid, StampMac mac, AnsweredLog answered) {
    Optional<String> objection = Countersigner.objection(transcript, ssid, mac, answered);
    if (objection.isPresent()) {
      throw new IllegalStateException("an honest host objects: " + objection.get());
    }
    return transcript.lines().stream().anyMatch(line -> line.answer() != null);
  }

  @SuppressWarnings("NullAway") // it does not see "byte @Nullable []" in a class file
  private static RoundMeasurement exchange(
      SessionId id,
      ReflectorSession reflector,
      int number,
      Answering answering,
      Instant begin,
      StampMac mac,
      SplittableRandom random) {
    PeerAddress address = PeerAddress.ofIpv4(BENCHMARKING + number, PORT);
    int sequence = random.nextInt();
    long apart = random.nextLong(-CLOCK_NANOSECONDS, CLOCK_NANOSECONDS);
    List<Exchange> exchanges = new ArrayList<>();
    long sent = 0;
    long end = 0;
    boolean all = true;
    for (int i = 0; i < SETTINGS.challenges(); i++) {
      byte[] packet = new byte[Challenge.LENGTH];
      new Challenge(
              reflector.ssid(),
              sequence + i,
              StampTimestamp.of(begin.plusNanos(sent)),
              ErrorEstimate.UNKNOWN,
              Nonce.copyOf(Chance.octets(random, Nonce.LENGTH), 0))
          .write(packet, 0, mac);
      long roundTrip = answering.roundTrip(i, random);
      if (roundTrip == LOST) {
        exchanges.add(new Exchange(packet, sent, address, null, 0, null));
        all = false;
      } else {
        Instant there = begin.plusNanos(sent + roundTrip / 2 + apart);
        byte[] reply = reply(packet, reflector, there, random.nextLong(5_000, 40_000));
        exchanges.add(new Exchange(packet, sent, address, reply, roundTrip, address));
        end = Math.max(end, sent + roundTrip);
      }
      end = Math.max(end, sent);
      sent += i + 1 < SETTINGS.challenges() ? SETTINGS.gap(random) : 0;
    }
    return new RoundMeasurement(
        id,
        exchanges,
        StampKind.KERNEL,
        StampKind.KERNEL,
        PRECISION_NANOSECONDS,
        Map.of(),
        List.of(address),
        false,
        begin,
        begin.plusNanos(all ? end : sent + SETTINGS.patience().toNanos()));
  }

  /** What the host's reflector sends back, by its own clock. */
  private static byte[] reply(
      byte[] challenge, ReflectorSession reflector, Instant there, long turnaround) {
    byte[] packet = challenge.clone();
    int length =
        Reflection.reflect(
            packet,
            packet.length,
            reflector,
            StampTimestamp.of(there).bits(),
            () -> StampTimestamp.of(there.plusNanos(turnaround)).bits(),
            TIME_TO_LIVE,
            Sighting.NOTHING);
    return Arrays.copyOf(packet, length);
  }
}
