package dev.holdfast.server;

import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.ErrorEstimate;
import dev.holdfast.probe.Exchange;
import dev.holdfast.probe.Nonce;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.StampKind;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.StampTimestamp;
import dev.holdfast.probe.Transcript;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.SignedStatement;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An authority with hosts and landmarks that sign whatever a test wants. */
final class Signers implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration DAY = Duration.ofDays(1);

  private final MovedClock clock = new MovedClock(Desk.NOON);
  private final AuthorityFolder authority;

  Signers(Path folder) {
    authority = AuthorityFolder.init(folder, "authority", Duration.ofDays(30), clock, RANDOM);
  }

  /** A minute passes for the authority. */
  void later() {
    clock.pass(Duration.ofMinutes(1));
  }

  /** What makes a server believe them. */
  String declaration() {
    return "{'authorities':[{'certificate':'"
        + Base64.getEncoder().encodeToString(authority.authority().der())
        + "'}]}";
  }

  /** That the authority vouches for a certificate. */
  CertificateCheck check(IdentityCertificate certificate) {
    return new CertificateVerifier(List.of(authority.authority()), Map.of())
        .check(certificate, certificate.identity().role(), Desk.NOON);
  }

  HeldIdentity host(String name) {
    return enrol(new Identity(dev.holdfast.model.Role.HOST, name, null, Binding.FILE, false));
  }

  HeldIdentity landmark(String name) {
    return enrol(
        new Identity(
            dev.holdfast.model.Role.LANDMARK, name, new OperatorId("north"), Binding.FILE, false));
  }

  private HeldIdentity enrol(Identity identity) {
    HeldKey key = HeldKey.generate(RANDOM);
    return new HeldIdentity(key, authority.enrol(identity, key.publicKey(), DAY));
  }

  /** The list of all revoked so far, with this one. */
  byte[] revoke(HeldIdentity who) {
    return authority.revoke(who.certificate(), AuthorityFolder.Reason.KEY_COMPROMISE).der();
  }

  /** The next statement of a chain. */
  static SignedStatement sign(
      HeldKey key, Chain chain, StatementType type, Instant time, Content content) {
    try {
      return new StatementSigner(key.signing())
          .sign(
              chain,
              type,
              time,
              content,
              (name, octets) -> {
                throw new IOException("too large");
              });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a host says of a round that nobody else speaks of. */
  static Content answered(HeldIdentity host, int number) {
    return new Countersignatures(
            host.certificate(),
            List.of(
                new Countersignatures.Answered(
                    host.key().publicKey().id(),
                    SessionId.of(new byte[SessionId.LENGTH]),
                    Sha256.of(new byte[] {(byte) number}))))
        .content();
  }

  /** The next thing that a host says at noon. */
  static SignedStatement said(HeldIdentity host, Chain chain, int number) {
    return sign(host.key(), chain, Countersignatures.TYPE, Desk.NOON, answered(host, number));
  }

  static Chain beginning(HeldIdentity who) {
    return Chain.beginning(who.certificate().identity().source());
  }

  /** A transcript of a challenge that nobody answered. */
  static RoundMeasurement unanswered() {
    byte[] packet = new byte[Challenge.LENGTH];
    new Challenge(
            7,
            1,
            StampTimestamp.of(Desk.NOON),
            ErrorEstimate.UNKNOWN,
            Nonce.copyOf(new byte[Nonce.LENGTH], 0))
        .write(packet, 0, StampMac.of(new byte[StampMac.KEY_LENGTH]));
    PeerAddress there = PeerAddress.ofIpv4(10 << 24, 8862);
    return new RoundMeasurement(
        SessionId.of(new byte[SessionId.LENGTH]),
        List.of(unanswered(packet, there)),
        StampKind.KERNEL,
        StampKind.KERNEL,
        1000,
        Map.of(),
        List.of(there),
        false,
        Desk.NOON,
        Desk.NOON.plusSeconds(1));
  }

  @SuppressWarnings("NullAway") // it does not see "byte @Nullable []" in a class file
  private static Exchange unanswered(byte[] packet, PeerAddress there) {
    return new Exchange(packet, 0, there, null, 0, null);
  }

  /** What a landmark says of a round that a host did not answer. */
  Content rounds(HeldIdentity landmark, HeldIdentity host) {
    Envelope position =
        authority.position(
            new LandmarkPosition(
                new Landmark(
                    new LandmarkId(landmark.certificate().identity().name()),
                    new Position(50.1, 8.6),
                    new OperatorId("north"),
                    Distance.ofKilometres(1)),
                landmark.key().publicKey().id(),
                Desk.NOON,
                Desk.NOON.plus(DAY),
                false));
    RoundMeasurement measured = unanswered();
    Round round =
        Round.of(
            measured,
            host.certificate().identity().name(),
            host.key().publicKey().id(),
            position.statementHash(),
            Transcript.of(measured));
    return new RoundsStatement(landmark.certificate(), position, List.of(round)).content();
  }

  @Override
  public void close() {
    authority.close();
  }
}
