package dev.holdfast.edge;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.net.SessionDesk;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementCheck;
import dev.holdfast.trust.StatementVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What hosts get that call a landmark. For any number of threads. */
final class LandmarkDesk implements SessionDesk {
  private final IdentityCertificate own;
  private final HostedSessions sessions;
  private final PendingTranscripts pending;
  private final Spool spool;
  private final Duration lifetime;
  private final DaemonLog log;
  private final InstantSource clock;

  LandmarkDesk(
      IdentityCertificate own,
      HostedSessions sessions,
      PendingTranscripts pending,
      Spool spool,
      Duration lifetime,
      DaemonLog log,
      InstantSource clock) {
    this.own = own;
    this.sessions = sessions;
    this.pending = pending;
    this.spool = spool;
    this.lifetime = lifetime;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public SessionTerms terms(IdentityCertificate host) {
    return sessions.terms(clock.instant(), lifetime);
  }

  @Override
  public void open(IdentityCertificate host, SessionTerms terms, byte[] key, byte[] pathKey) {
    sessions.open(host.identity().name(), host.key().id(), terms, key, pathKey);
    log.tell(
        "session",
        Map.of(
            "host", host.identity().name(),
            "session", terms.id().hex(),
            "until", Instant.ofEpochSecond(terms.expiry()).toString()));
  }

  @Override
  public List<byte[]> pending(IdentityCertificate host, SessionId session) {
    HostedSessions.Hosted found = sessions.find(session);
    if (found == null || !found.key().equals(host.key().id())) {
      throw new CodedException(
          Problem.of(ErrorCode.SESSION_NOT_OPEN, "session " + session + " is not open"));
    }
    return pending.of(host.key().id());
  }

  @Override
  public void countersigned(IdentityCertificate host, byte[] octets) {
    String from = host.toString();
    Envelope envelope = Envelope.parse(octets, from);
    StatementCheck check =
        new StatementVerifier(KeyRing.of(List.of(host.key()))).check(envelope, from);
    if (!(check instanceof StatementCheck.Valid valid)) {
      throw new CodedException(
          Problem.in(
              from,
              ErrorCode.MALFORMED_COUNTERSIGNATURES,
              ((StatementCheck.Refused) check).reason()));
    }
    Statement statement = valid.statement();
    Countersignatures signed = Countersignatures.read(statement, from);
    for (Countersignatures.Answered each : signed.answered()) {
      if (!each.landmarkKey().equals(own.key().id())
          || !pending.waits(host.key().id(), each.transcript())) {
        throw new CodedException(
            Problem.in(
                from,
                ErrorCode.MALFORMED_COUNTERSIGNATURES,
                "it signs for a transcript that it was not shown"));
      }
    }
    if (!statement.source().equals(host.identity().source())
        || !signed.certificate().key().equals(host.key())) {
      throw new CodedException(
          Problem.in(from, ErrorCode.MALFORMED_COUNTERSIGNATURES, "it speaks for somebody else"));
    }
    spool.keep(statement, envelope);
    pending.remove(
        host.key().id(),
        signed.answered().stream().map(Countersignatures.Answered::transcript).toList());
    log.tell(
        "countersigned",
        Map.of(
            "host", host.identity().name(),
            "rounds", String.valueOf(signed.answered().size())));
  }

  @Override
  public void objected(IdentityCertificate host) {
    pending.remove(host.key().id(), pending.of(host.key().id()).stream().map(Sha256::of).toList());
    log.tell("objected", Map.of("host", host.identity().name()));
  }
}
