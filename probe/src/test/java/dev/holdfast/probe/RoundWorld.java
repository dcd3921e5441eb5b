package dev.holdfast.probe;

import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An authority, landmarks and hosts that make rounds in memory. */
final class RoundWorld implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  static final SessionId SESSION = SessionId.of(Wire.octets(9, SessionId.LENGTH));
  private static final Duration DAY = Duration.ofDays(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  final AuthorityFolder authority;

  RoundWorld(Path folder) {
    authority = AuthorityFolder.init(folder, "authority", Duration.ofDays(30), () -> NOW, RANDOM);
  }

  HeldIdentity host(String name) {
    return enrol(new Identity(Role.HOST, name, null, Binding.FILE, false));
  }

  HeldIdentity landmark(String name) {
    return enrol(new Identity(Role.LANDMARK, name, new OperatorId("north"), Binding.FILE, false));
  }

  HeldIdentity enrol(Identity identity) {
    HeldKey key = HeldKey.generate(RANDOM);
    return new HeldIdentity(key, authority.enrol(identity, key.publicKey(), DAY));
  }

  /** Where a landmark stands, from now on for an hour. */
  Envelope position(HeldIdentity landmark) {
    return authority.position(
        new LandmarkPosition(
            new Landmark(
                new LandmarkId(landmark.certificate().identity().name()),
                new Position(50.1, 8.6),
                new OperatorId("north"),
                Distance.ofKilometres(1)),
            landmark.key().publicKey().id(),
            NOW,
            NOW.plusSeconds(3600),
            landmark.certificate().identity().simulated()));
  }

  /** A round of challenges of which the first so many are answered, in ever shorter times. */
  @SuppressWarnings("NullAway") // it does not see "byte @Nullable []" in a class file
  static RoundMeasurement measure(int challenges, int answered, ReflectorSession session) {
    PeerAddress there = PeerAddress.of(new byte[] {10, 0, 0, 1}, 8862);
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < challenges; i++) {
      byte[] challenge = Wire.packet(Wire.challenge(100 + i));
      exchanges.add(
          i < answered
              ? new Exchange(
                  challenge,
                  i * 1_000_000L,
                  there,
                  Wire.reflect(challenge, session),
                  2_000_000L - i * 1000L,
                  there)
              : new Exchange(challenge, i * 1_000_000L, there, null, 0, null));
    }
    return new RoundMeasurement(
        SESSION,
        exchanges,
        StampKind.KERNEL,
        StampKind.KERNEL,
        1000,
        Map.of(Refusal.LATE, 1),
        List.of(there),
        false,
        NOW.plusSeconds(60),
        NOW.plusSeconds(61));
  }

  /** The same, said to be so many seconds later. */
  static RoundMeasurement later(RoundMeasurement measured, long seconds) {
    return new RoundMeasurement(
        measured.session(),
        measured.exchanges(),
        measured.transmit(),
        measured.receive(),
        measured.precisionNanoseconds(),
        measured.refused(),
        measured.addresses(),
        measured.interrupted(),
        measured.begin().plusSeconds(seconds),
        measured.end().plusSeconds(seconds));
  }

  static Round round(RoundMeasurement measured, HeldIdentity host, Envelope position) {
    return Round.of(
        measured,
        host.certificate().identity().name(),
        host.key().publicKey().id(),
        position.statementHash(),
        Transcript.of(measured));
  }

  static byte[] stated(HeldIdentity landmark, Envelope position, Round... rounds) {
    return signed(
        landmark,
        RoundsStatement.TYPE,
        new RoundsStatement(landmark.certificate(), position, List.of(rounds)).content());
  }

  static byte[] countersigned(HeldIdentity host, HeldIdentity landmark, Sha256 transcript) {
    return signed(
        host,
        Countersignatures.TYPE,
        new Countersignatures(
                host.certificate(),
                List.of(
                    new Countersignatures.Answered(
                        landmark.key().publicKey().id(), SESSION, transcript)))
            .content());
  }

  static byte[] signed(HeldIdentity who, StatementType type, Content content) {
    return signed(who, type, content, Chain.beginning(who.certificate().identity().source()));
  }

  static byte[] signed(HeldIdentity who, StatementType type, Content content, Chain chain) {
    try {
      return new StatementSigner(who.key().signing())
          .sign(
              chain,
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

  static Optional<byte[]> find(RoundMeasurement measured, Sha256 name) {
    byte[] octets = Transcript.of(measured).octets();
    return Sha256.of(octets).equals(name) ? Optional.of(octets) : Optional.empty();
  }

  @Override
  public void close() {
    authority.close();
  }
}
