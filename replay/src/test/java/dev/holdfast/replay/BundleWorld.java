package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.MemoryTree;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.Tile;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.ErrorEstimate;
import dev.holdfast.probe.Exchange;
import dev.holdfast.probe.Nonce;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Reflection;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.Sighting;
import dev.holdfast.probe.StampKind;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.StampTimestamp;
import dev.holdfast.probe.Transcript;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.HeldKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Three landmarks of three operators, a host, and the log that holds what they signed. */
final class BundleWorld implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  static final NaturalEarth EARTH = NaturalEarth.load();
  static final GroupedMaps MAPS = new GroupedMaps(EARTH);
  private static final int SSID = 0x1234;
  private static final SecureRandom RANDOM = new SecureRandom();

  final AuthorityFolder authority;
  final HeldIdentity host;
  final SigningKey log = key("log.example/holdfast", KeyAlgorithm.ED25519_NOTE);
  final SigningKey witness = key("witness.example/w1", KeyAlgorithm.ED25519_COSIGNATURE);
  final SortedMap<Long, byte[]> entries = new TreeMap<>();
  final Map<Sha256, byte[]> blobs = new HashMap<>();

  BundleWorld(Path folder) {
    authority = AuthorityFolder.init(folder, "authority", Duration.ofDays(30), () -> NOW, RANDOM);
    host = enrol(new Identity(Role.HOST, "rack-7", null, Subject.Binding.TPM, false));
    measure("fra-1", "north", 50.11, 8.68, host);
    measure("ams-1", "south", 52.37, 4.90, host);
    measure("par-1", "east", 48.86, 2.35, host);
  }

  private static SigningKey key(String name, KeyAlgorithm algorithm) {
    try {
      return SigningKey.of(
          name, algorithm, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  HeldIdentity enrol(Identity identity) {
    HeldKey key = HeldKey.generate(RANDOM);
    return new HeldIdentity(key, authority.enrol(identity, key.publicKey(), Duration.ofDays(1)));
  }

  /** A round of a new landmark with a host, in the log with its countersignature. */
  void measure(String name, String operator, double latitude, double longitude, HeldIdentity who) {
    HeldIdentity landmark =
        enrol(
            new Identity(
                Role.LANDMARK, name, new OperatorId(operator), Subject.Binding.FILE, false));
    Envelope position =
        authority.position(
            new LandmarkPosition(
                new Landmark(
                    new LandmarkId(name),
                    new Position(latitude, longitude),
                    new OperatorId(operator),
                    Distance.ofKilometres(1)),
                landmark.key().publicKey().id(),
                NOW,
                NOW.plusSeconds(3600),
                false));
    RoundMeasurement measured = measurement(name.hashCode());
    Transcript transcript = Transcript.of(measured);
    Sha256 hash = Sha256.of(transcript.octets());
    blobs.put(hash, transcript.octets());
    Round round =
        Round.of(
            measured,
            who.certificate().identity().name(),
            who.key().publicKey().id(),
            position.statementHash(),
            transcript);
    add(
        signed(
            landmark,
            RoundsStatement.TYPE,
            new RoundsStatement(landmark.certificate(), position, List.of(round)).content()));
    add(
        signed(
            who,
            Countersignatures.TYPE,
            new Countersignatures(
                    who.certificate(),
                    List.of(
                        new Countersignatures.Answered(
                            landmark.key().publicKey().id(), measured.session(), hash)))
                .content()));
  }

  void add(byte[] entry) {
    entries.put((long) entries.size(), entry);
  }

  private static byte[] octets(long seed, int length) {
    byte[] octets = new byte[length];
    new SplittableRandom(seed).nextBytes(octets);
    return octets;
  }

  private static RoundMeasurement measurement(int seed) {
    PeerAddress there = PeerAddress.of(new byte[] {10, 0, 0, 1}, 8862);
    StampMac mac = StampMac.of(octets(1, StampMac.KEY_LENGTH));
    ReflectorSession session = new ReflectorSession(SSID, mac, 7);
    List<Exchange> exchanges =
        IntStream.range(0, 12)
            .mapToObj(i -> {
              byte[] challenge = new byte[Challenge.LENGTH];
              new Challenge(
                      SSID,
                      100 + i,
                      StampTimestamp.of(NOW),
                      ErrorEstimate.UNKNOWN,
                      Nonce.copyOf(octets(seed + i, Nonce.LENGTH), 0))
                  .write(challenge, 0, mac);
              byte[] reply = challenge.clone();
              Reflection.reflect(reply, reply.length, session, 1, () -> 2, 61, Sighting.NOTHING);
              return new Exchange(
                  challenge, i * 1_000_000L, there, reply, 4_000_000L - i * 1000L, there);
            })
            .toList();
    return new RoundMeasurement(
        SessionId.of(octets(seed, SessionId.LENGTH)),
        exchanges,
        StampKind.KERNEL,
        StampKind.KERNEL,
        1000,
        Map.of(),
        List.of(there),
        false,
        NOW.plusSeconds(60),
        NOW.plusSeconds(61));
  }

  static byte[] signed(HeldIdentity who, StatementType type, Content content) {
    try {
      return new StatementSigner(who.key().signing())
          .sign(
              Chain.beginning(who.certificate().identity().source()),
              type,
              NOW.plusSeconds(120),
              content,
              (name, octets) -> {
                throw new IOException("too large");
              })
          .envelope()
          .octets();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private MemoryTree tree() {
    MemoryTree tree = new MemoryTree();
    entries.values().forEach(entry -> tree.append(new TreeHasher().leaf(entry)));
    return tree;
  }

  /** The tree of all entries, signed by log and witness. */
  SignedCheckpoint checkpoint() {
    Checkpoint tree = Checkpoint.of(log.key().name(), entries.size(), tree().root());
    return SignedCheckpoint.of(tree, List.of(log.sign(tree, NOW), witness.sign(tree, NOW)));
  }

  /** An entry with its proof. */
  VerdictBundle.Entry entry(long index) {
    try {
      return new VerdictBundle.Entry(
          index,
          entries.getOrDefault(index, new byte[0]),
          InclusionProof.make(index, entries.size(), tree()).path());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  TileSource tiles() {
    return new TileSource() {
      @Override
      public Optional<byte[]> tile(TileId tile) {
        List<Hash> hashes = new ArrayList<>();
        entries.values().forEach(entry -> hashes.add(new TreeHasher().leaf(entry)));
        return tile.level() == 0 ? Optional.of(Tile.of(hashes)) : Optional.empty();
      }

      @Override
      public Optional<byte[]> checkpoint() {
        return Optional.empty();
      }
    };
  }

  BundleQuestion question() {
    return question(Settings.DEFAULT);
  }

  BundleQuestion question(Settings settings) {
    String key = host.key().publicKey().id().hex();
    Atlas atlas =
        Atlas.of(
            EARTH.map(),
            Destinations.of(EARTH.map(), Destinations.DEFAULT_GROUPS),
            Atlas.DEFAULT_MARGIN);
    return new BundleQuestion(
        Subject.Kind.KEY,
        key,
        new TargetId("rack-7"),
        key,
        List.of(
            new Claim.Within(new Position(50.5, 6), Distance.ofKilometres(2000)),
            new Claim.Outside("JP")),
        BundleSettings.of(settings, atlas));
  }

  /** What the one who knows all of this world would hand out. */
  VerdictBundle bundle() {
    try {
      return new BundleMaker(
              MAPS,
              EvidenceTrust.of(new CertificateVerifier(List.of(authority.authority()), Map.of())))
          .make(
              question(),
              entries,
              name -> Optional.ofNullable(blobs.get(name)),
              tiles(),
              checkpoint());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A trust file of a reader who knows this world. */
  String trustFile() {
    return trustFile(authority, log, witness);
  }

  static String trustFile(AuthorityFolder believed, SigningKey log, SigningKey witness) {
    return "authorities:\n  - |\n"
        + pem(believed.certificateFile())
        + "policy: |\n  log "
        + log.key().vkey()
        + "\n  witness w1 "
        + witness.key().vkey()
        + "\n  quorum w1\n";
  }

  static String pem(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8).indent(4);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    authority.close();
  }
}
