package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.EvidenceNonce;
import dev.holdfast.attest.InventoryJson;
import dev.holdfast.model.Position;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.probe.StampMac;
import dev.holdfast.sim.DelayModel.Way;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.store.StatementSink;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the landmarks and hosts of a simulated fleet say, cycle after cycle: in each, every host is
 * measured once by the {@value #NEAR} landmarks nearest to its declared site and by {@value #FAR}
 * others that are drawn anew.
 *
 * <p>Keeps the chains of all sources, so one instance speaks for one fleet from its first statement
 * on. For one thread.
 */
public final class SimulatedTraffic {
  /** Landmarks near a host that measure it in each cycle. */
  public static final int NEAR = 4;

  /** Landmarks further away. */
  public static final int FAR = 2;

  /** How long after the end of a cycle its last statement is signed, at most. */
  public static final Duration SETTLING = Duration.ofSeconds(10);

  private static final Duration SIGNING = Duration.ofMillis(9);
  private static final Duration STATING = Duration.ofMillis(50);
  private static final Duration COUNTERSIGNING = Duration.ofSeconds(1);

  private final SimulatedFleet fleet;
  private final DelayModel delays;
  private final Whereabouts whereabouts;
  private final Chance chance;
  private final SignedChains chains = new SignedChains();
  private final Map<SimulatedSite, List<SimulatedLandmark>> nearest = new HashMap<>();
  private final Map<Ends, Way> ways = new HashMap<>();
  private final StampMac mac = StampMac.of(new byte[StampMac.KEY_LENGTH]);

  private record Ends(Position one, Position other) {}

  /** A round that is to be measured. */
  private record Due(SimulatedHost host, Instant begin) {}

  /** What a host has to sign for. */
  private static final class Answers {
    private final List<Countersignatures.Answered> rounds = new ArrayList<>();
    private Instant last = Instant.MIN;
  }

  /** Counts, and hands on. */
  private static final class Counted {
    private final StatementSink sink;
    private int rounds;
    private int statements;
    private long octets;

    private Counted(StatementSink sink) {
      this.sink = sink;
    }

    private void keep(Sha256 name, byte[] transcript) {
      rounds++;
      octets += transcript.length;
      sink.keep(name, transcript);
    }

    private void say(List<Envelope> envelopes) {
      statements += envelopes.size();
      envelopes.forEach(each -> octets += each.octets().length);
      if (!envelopes.isEmpty()) {
        sink.say(envelopes);
      }
    }
  }

  /** The traffic of a fleet. */
  public SimulatedTraffic(SimulatedFleet fleet, DelayModel delays, Whereabouts whereabouts) {
    this.fleet = requireNonNull(fleet, "fleet");
    this.delays = requireNonNull(delays, "delays");
    this.whereabouts = requireNonNull(whereabouts, "whereabouts");
    this.chance = new Chance(fleet.plan().seed());
  }

  /** The traffic of a fleet whose hosts are where they are declared, in the world of its seed. */
  public static SimulatedTraffic honest(SimulatedFleet fleet) {
    return new SimulatedTraffic(fleet, new DelayModel(fleet.plan().seed()), Whereabouts.honest());
  }

  /**
   * Measures every host once and hands over what everybody then says: transcripts before the
   * statements that name them, landmark by landmark, then the countersignatures.
   *
   * @param begin of the first round at the earliest; later than the cycle before has ended
   * @param length within which rounds begin; the last statement is signed at most {@link #SETTLING}
   *     later
   */
  public TrafficCounts cycle(Instant begin, Duration length, StatementSink sink) {
    Instant start = begin.truncatedTo(ChronoUnit.MILLIS);
    Counted counted = new Counted(sink);
    Map<Integer, Answers> answers = new HashMap<>();
    Map<Integer, List<Due>> due = due(start, length);
    for (SimulatedLandmark landmark : fleet.landmarks()) {
      List<Due> own = new ArrayList<>(due.getOrDefault(landmark.number(), List.of()));
      own.sort(Comparator.comparing(Due::begin));
      List<Envelope> said = new ArrayList<>();
      Instant last = Instant.MIN;
      for (int i = 0; i < own.size(); i += RoundsStatement.MOST) {
        List<Due> some = own.subList(i, Math.min(own.size(), i + RoundsStatement.MOST));
        List<Round> rounds = measure(landmark, some, answers, counted);
        last = latest(last, rounds);
        said.add(
            sign(
                landmark.identity(),
                RoundsStatement.TYPE,
                last.plus(STATING),
                new RoundsStatement(landmark.identity().certificate(), landmark.position(), rounds)
                    .content()));
      }
      counted.say(said);
    }
    counted.say(countersign(answers));
    return new TrafficCounts(counted.rounds, counted.statements, counted.octets);
  }

  /**
   * Has chips sign, and hands over what their hosts then say: an inventory, and the evidence of
   * each chip that can sign.
   *
   * @param challenge that the server made public last
   * @param at when; later than what the same hosts said before
   */
  public TrafficCounts attest(
      SimulatedBoards boards,
      List<SimulatedHost> hosts,
      byte[] challenge,
      Instant at,
      StatementSink sink) {
    Counted counted = new Counted(sink);
    Instant time = at.truncatedTo(ChronoUnit.MILLIS);
    for (SimulatedHost host : hosts) {
      List<Envelope> said = new ArrayList<>();
      IdentityCertificate certificate = host.identity().certificate();
      said.add(
          sign(
              host.identity(),
              HostWord.Inventory.TYPE,
              time,
              new HostWord.Inventory(certificate, time, InventoryJson.write(boards.inventory(host)))
                  .content()));
      String session = "simulated-" + host.name();
      byte[] nonce = EvidenceNonce.derive(challenge, certificate.key().spki(), session);
      for (SimulatedChip chip : boards.chips(host)) {
        @Nullable SimulatedDevice device = boards.device(chip);
        if (device != null) {
          said.add(
              sign(
                  host.identity(),
                  HostWord.Evidence.TYPE,
                  time,
                  new HostWord.Evidence(
                          certificate,
                          time,
                          challenge,
                          session,
                          device.report(nonce, boards.neighbours(chip)),
                          device.chainPem(),
                          SIGNING)
                      .content()));
        }
      }
      counted.say(said);
    }
    return new TrafficCounts(counted.rounds, counted.statements, counted.octets);
  }

  private static Instant latest(Instant before, List<Round> rounds) {
    Instant last = before;
    for (Round round : rounds) {
      last = round.end().isAfter(last) ? round.end() : last;
    }
    return last;
  }

  private Map<Integer, List<Due>> due(Instant start, Duration length) {
    Map<Integer, List<Due>> due = new HashMap<>();
    SplittableRandom random = chance.of("cycle", start.toString());
    long span = Math.max(1, length.toMillis());
    for (SimulatedHost host : fleet.hosts()) {
      List<SimulatedLandmark> ordered = nearest.computeIfAbsent(host.site(), this::ordered);
      List<SimulatedLandmark> asking = new ArrayList<>(ordered.subList(0, NEAR));
      List<SimulatedLandmark> others = new ArrayList<>(ordered.subList(NEAR, ordered.size()));
      for (int i = 0; i < FAR; i++) {
        asking.add(others.remove(random.nextInt(others.size())));
      }
      for (SimulatedLandmark landmark : asking) {
        due.computeIfAbsent(landmark.number(), none -> new ArrayList<>())
            .add(new Due(host, start.plusMillis(random.nextLong(span))));
      }
    }
    return due;
  }

  private List<SimulatedLandmark> ordered(SimulatedSite site) {
    return fleet.landmarks().stream()
        .sorted(
            Comparator.comparingDouble(
                each -> way(each.landmark().position(), site.position()).kilometres()))
        .toList();
  }

  private Way way(Position one, Position other) {
    return ways.computeIfAbsent(
        new Ends(one, other), ends -> delays.between(ends.one(), ends.other()));
  }

  private List<Round> measure(
      SimulatedLandmark landmark, List<Due> some, Map<Integer, Answers> answers, Counted counted) {
    List<Round> rounds = new ArrayList<>();
    for (Due each : some) {
      @Nullable Way way =
          whereabouts
              .of(each.host(), each.begin())
              .map(place -> way(landmark.landmark().position(), place))
              .orElse(null);
      SimulatedRound made =
          SimulatedRound.measure(chance, landmark, each.host(), way, each.begin(), mac);
      Sha256 name = made.round().transcript().sha256();
      counted.keep(name, made.transcript());
      rounds.add(made.round());
      if (made.countersigned()) {
        Answers own = answers.computeIfAbsent(each.host().number(), none -> new Answers());
        own.rounds.add(
            new Countersignatures.Answered(
                landmark.identity().keyId(), made.round().session(), name));
        own.last = latest(own.last, List.of(made.round()));
      }
    }
    return rounds;
  }

  private List<Envelope> countersign(Map<Integer, Answers> answers) {
    List<Envelope> said = new ArrayList<>();
    for (SimulatedHost host : fleet.hosts()) {
      Answers own = answers.get(host.number());
      if (own != null) {
        said.add(
            sign(
                host.identity(),
                Countersignatures.TYPE,
                own.last.plus(COUNTERSIGNING),
                new Countersignatures(host.identity().certificate(), own.rounds).content()));
      }
    }
    return said;
  }

  private Envelope sign(SimulatedIdentity who, StatementType type, Instant time, Content content) {
    return chains.sign(who, type, time, content);
  }
}
