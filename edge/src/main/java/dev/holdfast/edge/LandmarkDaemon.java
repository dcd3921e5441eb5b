package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Role;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.Transcript;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.probe.net.SessionDesk;
import dev.holdfast.probe.net.SessionSender;
import dev.holdfast.probe.net.SessionServer;
import dev.holdfast.probe.net.SessionTls;
import dev.holdfast.probe.net.SocketAddresses;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSockets;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementCheck;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementVerifier;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.TrustFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A landmark: opens sessions for hosts that call, measures each of them again and again, states the
 * rounds, and collects what the hosts countersign.
 */
public final class LandmarkDaemon implements Daemon {
  private static final int MOST_WAITING = 10_000;
  private static final long TICK_MILLISECONDS = 50;

  private final LandmarkSettings settings;
  private final DaemonLog log;
  private final InstantSource clock;
  private final HeldIdentity identity;
  private final Envelope position;
  private final Spool spool;
  private final StatementSigner signer;
  private final SenderSessions open;
  private final HostedSessions sessions;
  private final PendingTranscripts pending = new PendingTranscripts();
  private final BlockingQueue<Measured> measured = new LinkedBlockingQueue<>(MOST_WAITING);
  private final SessionSender sender;
  private final SessionServer server;
  private final RoundSchedule schedule;
  private volatile boolean stopping;
  private @Nullable Thread measuring;
  private @Nullable Thread stating;

  private record Measured(RoundMeasurement round, HostedSessions.Hosted session) {}

  /**
   * Loads everything and takes the ports; nothing is done before {@link #start}.
   *
   * @throws CodedException where something is not in order
   */
  public LandmarkDaemon(LandmarkSettings settings, DaemonLog log, InstantSource clock) {
    this.settings = requireNonNull(settings, "settings");
    this.log = requireNonNull(log, "log");
    this.clock = requireNonNull(clock, "clock");
    identity = settings.identity().load();
    requireRole(identity, Role.LANDMARK);
    CertificateVerifier verifier =
        TrustFiles.verifier(settings.authorities(), settings.revocations().orElse(null));
    position = position(settings.position());
    signer = new StatementSigner(identity.key().signing());
    SecureRandom random = new SecureRandom();
    open = new SenderSessions(random);
    sessions = new HostedSessions(open, random);
    schedule = new RoundSchedule(settings.every(), new SplittableRandom(random.nextLong()));
    spool =
        Spool.open(
            settings.spool(), identity.certificate().identity().source(), settings.spoolLimit());
    SessionSender madeSender = null;
    try {
      madeSender =
          new SessionSender(
              UdpSockets.open(settings.probeAddress(), Stamps.BOTH),
              open,
              new SplittableRandom(random.nextLong()),
              random);
      server =
          new SessionServer(
              settings.sessionAddress(),
              new SessionTls(identity, verifier, Role.HOST, clock),
              new Desk(),
              this::tellProblem);
      sender = madeSender;
    } catch (RuntimeException e) {
      if (madeSender != null) {
        madeSender.close();
      }
      spool.close();
      throw e;
    }
  }

  /** Refuses a certificate of another role. */
  static void requireRole(HeldIdentity identity, Role role) {
    Role own = identity.certificate().identity().role();
    if (own != role) {
      throw new CodedException(
          Problem.of(
              ErrorCode.CERTIFICATE_REFUSED,
              "the certificate is of a " + own.word() + ", and this is a " + role.word()));
    }
  }

  private static Envelope position(Path file) {
    return Envelope.parse(BoundedFiles.read(file, Envelope.LONGEST), file.toString());
  }

  /** Where agents call. */
  public InetSocketAddress sessionAddress() {
    return server.localAddress();
  }

  @Override
  public void start() {
    sender.start();
    server.start();
    measuring = Thread.ofPlatform().name("rounds").daemon().start(this::measure);
    stating = Thread.ofPlatform().name("statements").daemon().start(this::state);
    log.tell(
        "started",
        Map.of(
            "landmark", identity.certificate().identity().name(),
            "sessions", SocketAddresses.print(server.localAddress()),
            "challenges", SocketAddresses.print(sender.localAddress()),
            "simulated", String.valueOf(identity.certificate().identity().simulated())));
  }

  private void measure() {
    while (!stopping) {
      long now = clock.millis();
      List<HostedSessions.Hosted> all = sessions.open();
      schedule.keepOnly(all.stream().map(each -> each.terms().id()).toList());
      for (HostedSessions.Hosted each : all) {
        if (open.path(each.terms().id()).isPresent() && schedule.take(each.terms().id(), now)) {
          measure(each);
        }
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(TICK_MILLISECONDS);
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private void measure(HostedSessions.Hosted session) {
    var _ =
        sender
            .measure(session.terms().id(), settings.round())
            .whenComplete((round, failure) -> {
              if (failure instanceof CodedException coded) {
                // A host that falls silent keeps a round waiting; the next one comes later.
                if (coded.problem().code() != ErrorCode.ROUND_RUNNING) {
                  log.problem(coded.problem());
                }
              } else if (round != null && !measured.offer(new Measured(round, session))) {
                log.problem(
                    Problem.of(ErrorCode.SPOOL_FULL, "rounds come faster than they are signed"));
              }
            });
  }

  private void state() {
    while (true) {
      List<Measured> batch = new ArrayList<>();
      try {
        Measured first = measured.poll(TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
        }
      } catch (InterruptedException e) {
        return;
      }
      measured.drainTo(batch, RoundsStatement.MOST - batch.size());
      if (!batch.isEmpty()) {
        try {
          state(batch);
        } catch (CodedException e) {
          log.problem(e.problem());
        }
      } else if (stopping) {
        return;
      }
    }
  }

  private void state(List<Measured> batch) {
    List<Round> rounds = new ArrayList<>();
    for (Measured each : batch) {
      Transcript transcript = Transcript.of(each.round());
      byte[] octets = transcript.octets();
      spool.keep(octets);
      Round round =
          Round.of(
              each.round(),
              each.session().host(),
              each.session().key(),
              position.statementHash(),
              transcript);
      rounds.add(round);
      if (round.timings().accepted() > 0) {
        pending.add(round.hostKey(), octets);
      }
      tell(round);
    }
    spool.say(
        signer,
        RoundsStatement.TYPE,
        clock.instant(),
        new RoundsStatement(identity.certificate(), position, rounds).content());
  }

  /** Conversations that break off because this landmark stops are no problem. */
  private void tellProblem(Problem problem) {
    if (!stopping) {
      log.problem(problem);
    }
  }

  private void tell(Round round) {
    log.tell(
        "round",
        Map.of(
            "host",
            round.host(),
            "answers",
            round.timings().accepted() + " of " + round.sent(),
            "shortest",
            round.timings().minimum() / 1000 + " us",
            "from",
            String.join(" ", round.addresses())));
  }

  /** What hosts that call get. */
  private final class Desk implements SessionDesk {
    @Override
    public SessionTerms terms(IdentityCertificate host) {
      return sessions.terms(clock.instant(), settings.lifetime(), sender.localAddress().getPort());
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
      if (found == null || !found.key().equals(host.key().id()) || !open.isOpen(session)) {
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
        if (!each.landmarkKey().equals(identity.key().publicKey().id())
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
      pending.remove(
          host.key().id(), pending.of(host.key().id()).stream().map(Sha256::of).toList());
      log.tell("objected", Map.of("host", host.identity().name()));
    }
  }

  /** Stops taking calls and sending challenges, states what was measured, and ends. */
  @Override
  public void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    server.close();
    sender.close();
    join(measuring);
    join(stating);
    spool.close();
    log.tell("stopped", Map.of("landmark", identity.certificate().identity().name()));
  }

  static void join(@Nullable Thread thread) {
    if (thread != null) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
