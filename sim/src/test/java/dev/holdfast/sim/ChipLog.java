package dev.holdfast.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.attest.DeviceRoots;
import dev.holdfast.attest.EvidenceNonce;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.MemoryTree;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.Tile;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.replay.BundleMaker;
import dev.holdfast.replay.BundleQuestion;
import dev.holdfast.replay.BundleSettings;
import dev.holdfast.replay.EvidenceTrust;
import dev.holdfast.replay.GroupedMaps;
import dev.holdfast.replay.VerdictBundle;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.SigningKey;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.Tick;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A log with what a server, a host and one of its chips say, in the order of a test. */
final class ChipLog implements TileSource {
  static final GroupedMaps MAPS;
  private static final Atlas ATLAS;

  static {
    NaturalEarth earth = NaturalEarth.load();
    MAPS = new GroupedMaps(earth);
    ATLAS =
        Atlas.of(
            earth.map(),
            Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
            Atlas.DEFAULT_MARGIN);
  }

  private final SimulatedFleet fleet = Worlds.fleet(7, 160);
  final SimulatedBoards boards = new SimulatedBoards(fleet);
  private final dev.holdfast.ledger.SigningKey log = logKey();
  final SeededKey server = key(1);
  final SimulatedChip chip =
      fleet.chips().stream()
          .filter(each ->
              each.model().startsWith("H100")
                  && each.host().site().binding() == Subject.Binding.TPM)
          .findFirst()
          .orElseThrow();
  private final Heard heard = new Heard();
  private final List<byte[]> entries = new ArrayList<>();

  static SeededKey key(int number) {
    byte[] chance = new byte[32];
    Arrays.fill(chance, (byte) number);
    return SeededKey.of(chance);
  }

  private static dev.holdfast.ledger.SigningKey logKey() {
    try {
      return dev.holdfast.ledger.SigningKey.of(
          "log.example/chips",
          KeyAlgorithm.ED25519_NOTE,
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] challenge(int number) {
    byte[] challenge = new byte[Tick.CHALLENGE];
    Arrays.fill(challenge, (byte) number);
    return challenge;
  }

  /** The chip signs for a challenge at noon, and ticks stand around it. */
  ChipLog usual() {
    return tick(1, Worlds.NOW.minusSeconds(20))
        .evidence(1, Worlds.NOW)
        .rounds()
        .tick(2, Worlds.NOW.plusSeconds(10));
  }

  ChipLog tick(int challenge, Instant at) {
    return tick(server, challenge, at);
  }

  ChipLog tick(SigningKey key, int challenge, Instant at) {
    return add(key, "server:test", Tick.TYPE, at, Tick.content(challenge(challenge)));
  }

  /** What the chip signs for the newest key of its host. */
  ChipLog evidence(int challenge, Instant at) {
    return evidence(chip.host().identity(), challenge, at, report -> report);
  }

  /** What the chip signs for a host, which may make something else of it. */
  ChipLog evidence(
      SimulatedIdentity host, int challenge, Instant at, UnaryOperator<byte[]> change) {
    return add(
        host.key(),
        host.source().value(),
        HostWord.Evidence.TYPE,
        at,
        said(host, challenge, at, change));
  }

  Content said(SimulatedIdentity host, int challenge, Instant at, UnaryOperator<byte[]> change) {
    SimulatedDevice device = device();
    byte[] nonce =
        EvidenceNonce.derive(challenge(challenge), host.certificate().key().spki(), "session");
    return new HostWord.Evidence(
            host.certificate(),
            at,
            challenge(challenge),
            "session",
            change.apply(device.report(nonce, boards.neighbours(chip))),
            device.chainPem(),
            Duration.ofMillis(9))
        .content();
  }

  SimulatedDevice device() {
    SimulatedDevice device = boards.device(chip);
    if (device == null) {
      throw new AssertionError("an H100 signs");
    }
    return device;
  }

  SimulatedIdentity anotherHost() {
    return fleet.hosts().stream()
        .filter(each -> !each.equals(chip.host()))
        .findFirst()
        .orElseThrow()
        .identity();
  }

  /** A minute of rounds until noon. */
  ChipLog rounds() {
    var _ =
        SimulatedTraffic.honest(fleet)
            .cycle(
                Worlds.NOW.minus(Worlds.CYCLE),
                Worlds.CYCLE.minus(SimulatedTraffic.SETTLING),
                heard);
    heard.statements.forEach(each -> entries.add(each.octets()));
    return this;
  }

  ChipLog add(SigningKey key, String source, StatementType type, Instant at, Content content) {
    try {
      entries.add(
          new StatementSigner(key)
              .sign(
                  Chain.beginning(new SourceId(source)),
                  type,
                  at,
                  content,
                  (name, octets) -> {
                    throw new IOException("too large");
                  })
              .envelope()
              .octets());
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private MemoryTree tree() {
    MemoryTree tree = new MemoryTree();
    leaves().forEach(tree::append);
    return tree;
  }

  private List<Hash> leaves() {
    return entries.stream().map(new TreeHasher()::leaf).toList();
  }

  private SignedCheckpoint signedCheckpoint() {
    Checkpoint tree = Checkpoint.of(log.key().name(), entries.size(), tree().root());
    return SignedCheckpoint.of(tree, List.of(log.sign(tree, Worlds.NOW)));
  }

  /** Where the chip is not, asked about this chip. */
  private BundleQuestion question(String id) {
    return new BundleQuestion(
        Subject.Kind.CHIP,
        id,
        new TargetId(chip.host().name()),
        chip.host().identity().keyId().hex(),
        List.of(new Claim.Outside("NZ")),
        BundleSettings.of(Settings.DEFAULT, ATLAS));
  }

  /** What a server that believes itself and the chip's maker hands out. */
  VerdictBundle bundle() {
    return bundle(device().id());
  }

  VerdictBundle bundle(String id) {
    SortedMap<Long, byte[]> all = new TreeMap<>();
    entries.forEach(each -> all.put((long) all.size(), each));
    EvidenceTrust trust =
        new EvidenceTrust(
            new CertificateVerifier(List.of(fleet.authority()), Map.of()),
            Set.of(),
            List.of(server.publicKey()),
            new EvidenceVerifier(
                DeviceRoots.parse(boards.manufacturer().rootPem(), "root"),
                DeviceRevocations.NONE));
    try {
      return new BundleMaker(MAPS, trust)
          .make(
              question(id),
              all,
              name -> Optional.ofNullable(heard.blobs.get(name)),
              this,
              signedCheckpoint());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The same, with these entries of the log shown too. */
  VerdictBundle showing(VerdictBundle bundle, long... more) {
    SortedMap<Long, VerdictBundle.Entry> shown = new TreeMap<>();
    bundle.entries().forEach(each -> shown.put(each.index(), each));
    for (long index : more) {
      try {
        shown.put(
            index,
            new VerdictBundle.Entry(
                index,
                entries.get((int) index),
                InclusionProof.make(index, entries.size(), tree()).path()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return with(bundle, List.copyOf(shown.values()));
  }

  static VerdictBundle with(VerdictBundle bundle, List<VerdictBundle.Entry> entries) {
    return new VerdictBundle(
        bundle.question(), bundle.answer(), bundle.checkpoint(), entries, bundle.blobs());
  }

  long last() {
    return entries.size() - 1L;
  }

  /** The trust file of a reader who believes authority and log. */
  String trust() {
    return "authorities: ['%s']\nlogs: ['%s']\n"
        .formatted(base64(fleet.authority().der()), log.key().vkey());
  }

  /** And the server. */
  String withServer() {
    return trust() + "declarers: ['" + base64(server.publicKey().spki()) + "']\n";
  }

  /** And the maker of the chip. */
  String withAll() {
    return withServer()
        + "device-roots:\n  - |\n"
        + new String(boards.manufacturer().rootPem(), UTF_8).indent(4);
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  @Override
  public Optional<byte[]> tile(TileId tile) {
    return tile.level() == 0 ? Optional.of(Tile.of(leaves())) : Optional.empty();
  }

  @Override
  public Optional<byte[]> checkpoint() {
    return Optional.empty();
  }
}
