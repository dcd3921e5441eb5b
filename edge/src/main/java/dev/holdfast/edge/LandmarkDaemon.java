package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Role;
import dev.holdfast.probe.net.SessionServer;
import dev.holdfast.probe.net.SessionTls;
import dev.holdfast.probe.net.SocketAddresses;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.TrustFiles;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A landmark: opens sessions for hosts that call, measures each of them again and again, states the
 * rounds, and collects what the hosts countersign.
 */
public final class LandmarkDaemon implements Daemon {
  private final DaemonLog log;
  private final IdentityCertificate own;
  private final StatedPosition position;
  private final Spool spool;
  private final ChallengePorts ports;
  private final SessionServer server;
  private final Measuring measuring;
  private final Stating stating;
  private final Optional<SpoolDelivery> delivery;
  private volatile boolean stopping;

  /**
   * Loads everything and takes the ports; nothing is done before {@link #start}.
   *
   * @throws CodedException where something is not in order
   */
  public LandmarkDaemon(LandmarkSettings settings, DaemonLog log, InstantSource clock) {
    this.log = requireNonNull(log, "log");
    HeldIdentity identity = settings.identity().load(Role.LANDMARK);
    own = identity.certificate();
    CertificateVerifier verifier =
        TrustFiles.verifier(settings.authorities(), settings.revocations().orElse(null));
    position = StatedPosition.read(settings.position(), own, verifier, clock.instant());
    SecureRandom random = new SecureRandom();
    PendingTranscripts pending = new PendingTranscripts(settings.transcriptLimit());
    spool = Spool.open(settings.spool(), own.identity().source(), settings.spoolLimit());
    HostedSessions sessions;
    ChallengePorts taken = null;
    try {
      taken = ChallengePorts.open(settings.probeAddress(), settings.probePorts(), random);
      sessions =
          new HostedSessions(
              taken.sessions(),
              new RoundSchedule(settings.every(), new SplittableRandom(random.nextLong())),
              random);
      server =
          new SessionServer(
              settings.sessionAddress(),
              new SessionTls(identity, verifier, Role.HOST, clock),
              new LandmarkDesk(own, sessions, pending, spool, settings.lifetime(), log, clock),
              this::tellProblem);
      ports = taken;
    } catch (RuntimeException e) {
      if (taken != null) {
        taken.close();
      }
      spool.close();
      throw e;
    }
    StatementSigner signer = new StatementSigner(identity.key().signing());
    stating = new Stating(own, position.envelope(), signer, spool, pending, log, clock);
    delivery = settings.server().map(to -> SpoolDelivery.to(to, spool, log));
    measuring = new Measuring(sessions, ports, settings.round(), stating, log, clock);
  }

  /** Where agents call. */
  public InetSocketAddress sessionAddress() {
    return server.localAddress();
  }

  @Override
  public void start() {
    ports.start();
    server.start();
    measuring.start();
    stating.start();
    delivery.ifPresent(SpoolDelivery::start);
    log.tell(
        "started",
        Map.of(
            "landmark", own.identity().name(),
            "sessions", SocketAddresses.print(server.localAddress()),
            "challenges", ports.toString(),
            "simulated", String.valueOf(own.identity().simulated())));
    tellPosition();
  }

  /** What was not looked at is told. */
  private void tellPosition() {
    position
        .unchecked()
        .ifPresent(
            reason -> log.tell("position", Map.of("signature", "not checked", "reason", reason)));
  }

  /** Conversations that break off because this landmark stops are no problem. */
  private void tellProblem(Problem problem) {
    if (!stopping) {
      log.problem(problem);
    }
  }

  /** Stops taking calls and sending challenges, states what was measured, and ends. */
  @Override
  public void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    measuring.stop();
    server.close();
    ports.close();
    measuring.join();
    stating.stop();
    stating.join();
    delivery.ifPresent(SpoolDelivery::close);
    spool.close();
    log.tell("stopped", Map.of("landmark", own.identity().name()));
  }
}
