package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.EvidenceNonce;
import dev.holdfast.attest.InventoryJson;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.OfCustody;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.model.TargetId;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.probe.StampMac;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.CustodyWord;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.store.StatementSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a {@link Stage} tells, said and signed as its sources would say it: hosts and landmarks
 * under certificates of a simulated authority, chips under those of a simulated manufacturer,
 * people by what they declare. Who listens hears the same as evidence, in the order in which it is
 * said.
 *
 * <p>The world's time is that of the stage. It passes once more than on the stage whenever a host
 * is about to let its chips sign, since what they sign holds a challenge of that moment; hosts of
 * one moment share it. For one thread.
 */
public final class SignedStage implements Stage.Audience {
  /** Who takes in what is said. */
  public interface World extends StatementSink {
    /** Takes a declaration in: what {@code POST /api/v1/fleet} takes. */
    void declare(ObjectNode fleet);

    /** Takes in what people tell. */
    void tell(CustodyWord word);

    /** Lets time pass, and answers the challenge that is made public then. */
    byte[] pass(Instant to);

    /** What is said next is said at this time. */
    void at(Instant time);

    /** A host asks for a lease. */
    default void ask(SimulatedIdentity host, Instant at) {}
  }

  private static final Duration SIGNING = Duration.ofMillis(9);
  private static final Duration STATING = Duration.ofMillis(50);
  private static final Duration COUNTERSIGNING = Duration.ofSeconds(1);
  private static final double NANOSECONDS = 1e6;
  private static final Places PLACES = Places.load();

  /** By how much each challenge of a round takes longer than the one before. */
  private static final long LATER_NANOSECONDS = 1_000;

  private final World world;
  private final Stage.Audience listener;
  private final Chance chance;
  private final SimulatedAuthority authority;
  private final SimulatedManufacturer manufacturer;
  private final SignedChains chains = new SignedChains();
  private final Map<LandmarkId, SimulatedLandmark> landmarks = new LinkedHashMap<>();
  private final Set<String> sites = new HashSet<>();
  private final Map<String, SimulatedHost> hosts = new HashMap<>();
  private final Map<String, SimulatedDevice> devices = new HashMap<>();
  private final StampMac mac = StampMac.of(new byte[StampMac.KEY_LENGTH]);
  private final Map<String, Turn> turns = new TreeMap<>();
  private final List<TargetId> asking = new ArrayList<>();
  private Instant now = Stage.START;
  private Instant challenged = Instant.MIN;
  private byte[] challenge = new byte[0];

  /** What one host shows between two ticks of the stage. */
  private static final class Turn {
    private final List<Attested> signed = new ArrayList<>();
    private final List<Inventoried> told = new ArrayList<>();
    private final List<Bounded> rounds = new ArrayList<>();

    /** Whether its key was measured before its chips signed. */
    private boolean isMeasuredFirst() {
      return !signed.isEmpty()
          && !rounds.isEmpty()
          && rounds.getLast().measuredAt().isBefore(signed.getFirst().at());
    }

    private Instant at() {
      return !signed.isEmpty()
          ? signed.getFirst().at()
          : !told.isEmpty() ? told.getFirst().at() : rounds.getFirst().measuredAt();
    }
  }

  /**
   * A stage's world, whose authorities are declared at once.
   *
   * @param lifetime of certificates, from the beginning of the stage
   * @param listener hears the evidence that follows from what is said, and all ticks
   */
  public SignedStage(long seed, Duration lifetime, World world, Stage.Audience listener) {
    this.world = requireNonNull(world, "world");
    this.listener = requireNonNull(listener, "listener");
    chance = new Chance(seed);
    FleetPlan plan = new FleetPlan(seed, 1, Stage.START.minus(Duration.ofDays(1)), lifetime);
    authority = new SimulatedAuthority(plan);
    manufacturer = new SimulatedManufacturer(seed, plan.from(), plan.from().plus(lifetime));
    for (Map.Entry<Landmark, String> each : PLACES.landmarks().entrySet()) {
      Landmark landmark = each.getKey();
      SimulatedIdentity identity =
          authority.enrol(
              new Identity(
                  Role.LANDMARK, landmark.id().value(), landmark.operator(), Binding.TPM, true));
      landmarks.put(
          landmark.id(),
          new SimulatedLandmark(
              landmarks.size() + 1,
              each.getValue(),
              landmark,
              identity,
              authority.position(landmark, identity)));
    }
    world.at(Stage.START);
    world.declare(authorities());
  }

  private ObjectNode authorities() {
    return ObjectNode.of(
        Map.of(
            "parties",
            FleetDeclaration.parties(PLACES.parties()),
            "landmarks",
            FleetDeclaration.landmarks(List.copyOf(landmarks.values())),
            "authorities",
            one(
                Map.of(
                    "certificate",
                    new TextNode(
                        Base64.getEncoder().encodeToString(authority.certificate().der())))),
            "deviceRoots",
            one(
                Map.of(
                    "certificate",
                    new TextNode(new String(manufacturer.rootPem(), StandardCharsets.US_ASCII))))));
  }

  private static ArrayNode one(Map<String, JsonTree> members) {
    return new ArrayNode(List.of(ObjectNode.of(members)));
  }

  @Override
  public void hear(Evidence evidence) {
    switch (evidence) {
      case Sited sited -> declare(sited);
      case Declared declared -> {
        if (!sites.contains(declared.site())) {
          // Who builds a hall elsewhere declares it with its first host.
          declare(
              new Sited(
                  declared.site(),
                  "sim-unknown",
                  declared.destination(),
                  declared.place(),
                  declared.radius(),
                  null,
                  null,
                  now,
                  declared.simulated()));
        }
        world.declare(
            ObjectNode.of(
                Map.of(
                    "hosts",
                    one(
                        Map.of(
                            "id", new TextNode(declared.host().value()),
                            "site", new TextNode(declared.site()))))));
        listener.hear(declared);
      }
      case OfCustody said -> {
        world.tell(new CustodyWord(said, List.of()));
        listener.hear(said);
      }
      case Attested signed -> turn(signed.host()).signed.add(signed);
      case Inventoried told -> turn(told.host()).told.add(told);
      case Bounded round -> turn(round.host()).rounds.add(round);
      default -> throw new IllegalArgumentException("nobody signs " + evidence);
    }
  }

  private void declare(Sited sited) {
    sites.add(sited.site());
    world.declare(ObjectNode.of(Map.of("sites", one(site(sited)))));
    listener.hear(sited);
  }

  private Turn turn(TargetId host) {
    return turns.computeIfAbsent(host.value(), none -> new Turn());
  }

  private static Map<String, JsonTree> site(Sited sited) {
    Map<String, JsonTree> members = new TreeMap<>();
    members.put("id", new TextNode(sited.site()));
    members.put("name", new TextNode(name(sited.site())));
    members.put("operator", new TextNode(sited.operator()));
    members.put("destination", new TextNode(sited.destination()));
    members.put("latitude", new NumberNode(sited.place().latitude()));
    members.put("longitude", new NumberNode(sited.place().longitude()));
    members.put("radiusKm", new NumberNode(sited.radius().kilometres()));
    if (sited.kilowatts() != null) {
      members.put("powerKw", new NumberNode(sited.kilowatts()));
    }
    if (sited.installed() != null) {
      members.put("installedChips", new NumberNode(sited.installed()));
    }
    members.put("simulated", new TruthNode(sited.simulated()));
    return members;
  }

  /** What people call a site that is carried; others have no name but their id. */
  private static String name(String site) {
    return PLACES.sites().stream()
        .filter(each -> each.id().equals(site))
        .map(SimulatedSite::name)
        .findFirst()
        .orElse(site);
  }

  @Override
  public void ask(TargetId host) {
    asking.add(host);
  }

  @Override
  public void done(Stage.Deed deed) {
    listener.done(deed);
  }

  @Override
  public void tick(Instant at) {
    List<Map.Entry<String, Turn>> order =
        turns.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Turn> each) -> each.getValue().at())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    // What was measured before chips signed is said before time passes for them.
    Optional<Instant> signing =
        turns.values().stream()
            .filter(Turn::isMeasuredFirst)
            .map(Turn::at)
            .min(Comparator.naturalOrder());
    signing.ifPresent(first -> {
      world.at(first);
      measure(turns);
    });
    order.forEach(each -> sign(host(each.getKey()), each.getValue()));
    world.at(at);
    if (signing.isEmpty()) {
      measure(turns);
    }
    turns.clear();
    var _ = pass(at);
    world.at(at);
    for (TargetId each : asking) {
      world.ask(identity(each.value()), now);
    }
    asking.clear();
  }

  private byte[] pass(Instant to) {
    now = to.isAfter(now) ? to : now;
    byte[] challenge = world.pass(now);
    listener.tick(now);
    return challenge;
  }

  /** The key of a host, with its certificate. */
  public SimulatedIdentity identity(String host) {
    return host(host).identity();
  }

  private SimulatedHost host(String id) {
    return hosts.computeIfAbsent(
        id,
        name ->
            new SimulatedHost(
                hosts.size() + 1,
                PLACES.sites().getFirst(),
                authority.enrol(new Identity(Role.HOST, name, null, Binding.TPM, true))));
  }

  // ---- chips

  private void sign(SimulatedHost host, Turn turn) {
    if (turn.signed.isEmpty() && turn.told.isEmpty()) {
      return;
    }
    if (!turn.at().equals(challenged)) {
      challenged = turn.at();
      challenge = pass(challenged);
    }
    world.at(now);
    IdentityCertificate certificate = host.identity().certificate();
    String session = "simulated-" + host.name();
    byte[] nonce = EvidenceNonce.derive(challenge, certificate.key().spki(), session);
    List<Envelope> said = new ArrayList<>();
    for (Attested each : turn.signed) {
      SimulatedDevice device =
          devices.computeIfAbsent(
              each.chip(), id -> manufacturer.claiming(each.model(), SimulatedDevice.GPU, id));
      List<String> switches =
          each.neighbours() == null
              ? null
              : each.neighbours().stream().map(name -> manufacturer.idOf("LS10", name)).toList();
      said.add(
          sign(
              host.identity(),
              HostWord.Evidence.TYPE,
              now,
              new HostWord.Evidence(
                      certificate,
                      now,
                      challenge,
                      session,
                      device.report(nonce, switches),
                      device.chainPem(),
                      SIGNING)
                  .content()));
      listener.hear(
          new Attested(
              each.host(),
              host.identity().keyId().hex(),
              each.chip(),
              each.isSwitch(),
              each.model(),
              each.root(),
              each.aliases(),
              switches == null ? null : new TreeSet<>(switches),
              now,
              each.fresh(),
              each.took(),
              each.simulated(),
              each.revocationsAt()));
    }
    for (Inventoried each : turn.told) {
      said.add(
          sign(
              host.identity(),
              HostWord.Inventory.TYPE,
              now,
              new HostWord.Inventory(certificate, now, InventoryJson.write(each.inventory()))
                  .content()));
      listener.hear(new Inventoried(each.host(), each.inventory(), now, each.simulated()));
    }
    world.say(said);
  }

  // ---- rounds

  /** A round as it was measured, and what it tells. */
  private record Made(SimulatedLandmark landmark, SimulatedHost host, Round round, Bounded tells) {}

  private void measure(Map<String, Turn> all) {
    List<Made> made = new ArrayList<>();
    all.forEach((name, turn) -> turn.rounds.forEach(each -> made.add(measure(host(name), each))));
    made.sort(Comparator.comparing((Made each) -> each.round().begin()));
    List<Envelope> said = new ArrayList<>();
    Instant last = Instant.MIN;
    for (SimulatedLandmark landmark : landmarks.values()) {
      List<Made> own = made.stream().filter(each -> each.landmark().equals(landmark)).toList();
      for (int i = 0; i < own.size(); i += RoundsStatement.MOST) {
        List<Round> some =
            own.subList(i, Math.min(own.size(), i + RoundsStatement.MOST)).stream()
                .map(Made::round)
                .toList();
        Instant end = some.stream().map(Round::end).max(Comparator.naturalOrder()).orElseThrow();
        last = end.isAfter(last) ? end : last;
        said.add(
            sign(
                landmark.identity(),
                RoundsStatement.TYPE,
                end.plus(STATING),
                new RoundsStatement(landmark.identity().certificate(), landmark.position(), some)
                    .content()));
      }
    }
    Map<SimulatedHost, List<Countersignatures.Answered>> answers = new LinkedHashMap<>();
    for (Made each : made) {
      answers
          .computeIfAbsent(each.host(), none -> new ArrayList<>())
          .add(
              new Countersignatures.Answered(
                  each.landmark().identity().keyId(),
                  each.round().session(),
                  each.round().transcript().sha256()));
    }
    for (Map.Entry<SimulatedHost, List<Countersignatures.Answered>> each : answers.entrySet()) {
      said.add(
          sign(
              each.getKey().identity(),
              Countersignatures.TYPE,
              last.plus(COUNTERSIGNING),
              new Countersignatures(each.getKey().identity().certificate(), each.getValue())
                  .content()));
    }
    if (!said.isEmpty()) {
      world.say(said);
    }
    made.forEach(each -> listener.hear(each.tells()));
  }

  private Made measure(SimulatedHost host, Bounded wanted) {
    SimulatedLandmark landmark =
        requireNonNull(landmarks.get(wanted.landmark().id()), "a carried landmark");
    long shortest = Math.round(wanted.roundTrip().milliseconds() * NANOSECONDS);
    SimulatedRound made =
        SimulatedRound.measure(
            chance,
            landmark,
            host,
            i -> shortest + i * LATER_NANOSECONDS,
            wanted.measuredAt(),
            mac);
    Sha256 name = made.round().transcript().sha256();
    world.keep(name, made.transcript());
    return new Made(
        landmark,
        host,
        made.round(),
        new Bounded(
            wanted.host(),
            host.identity().keyId().hex(),
            Binding.TPM,
            wanted.landmark(),
            Delay.ofMillis(made.round().timings().minimum() / NANOSECONDS),
            wanted.measuredAt(),
            true,
            null));
  }

  private Envelope sign(SimulatedIdentity who, StatementType type, Instant time, Content content) {
    return chains.sign(who, type, time, content);
  }
}
