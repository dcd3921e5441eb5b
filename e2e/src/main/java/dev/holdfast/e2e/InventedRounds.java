package dev.holdfast.e2e;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.edge.LandmarkSettings;
import dev.holdfast.edge.Spool;
import dev.holdfast.model.Role;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.Transcript;
import dev.holdfast.probe.net.Reflector;
import dev.holdfast.probe.net.ReflectorSessions;
import dev.holdfast.probe.net.ReflectorSettings;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.probe.net.SessionDesk;
import dev.holdfast.probe.net.SessionPath;
import dev.holdfast.probe.net.SessionSender;
import dev.holdfast.probe.net.SessionServer;
import dev.holdfast.probe.net.SessionTls;
import dev.holdfast.probe.net.SocketAddresses;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSockets;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.TrustFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * A landmark that invents rounds: it knows the session keys, so it answers its own challenges on
 * its own machine, states the round as if the host had answered, and asks the host to countersign.
 *
 * <p>Argument: the configuration of a landmark.
 */
final class InventedRounds implements SessionDesk {
  private final SecureRandom random = new SecureRandom();
  private final LandmarkSettings settings;
  private final HeldIdentity identity;
  private final SenderSessions sessions = new SenderSessions(random);
  private final ReflectorSessions answered = new ReflectorSessions();
  private final SessionSender sender;
  private final Spool spool;
  private final Envelope position;
  private final List<byte[]> transcripts = new ArrayList<>();

  private InventedRounds(LandmarkSettings settings) throws IOException {
    this.settings = settings;
    identity = settings.identity().load(Role.LANDMARK);
    position = Envelope.parse(Files.readAllBytes(settings.position()), "position");
    spool =
        Spool.open(
            settings.spool(), identity.certificate().identity().source(), settings.spoolLimit());
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    sender =
        new SessionSender(
            UdpSockets.open(any, Stamps.BOTH), sessions, new SplittableRandom(7), random);
    sender.start();
    new Reflector(
            UdpSockets.open(any, Stamps.RECEIVE), answered, ReflectorSettings.defaults(), random)
        .start();
    new SessionServer(
            settings.sessionAddress(),
            new SessionTls(
                identity,
                TrustFiles.verifier(settings.authorities(), null),
                Role.HOST,
                InstantSource.system()),
            this,
            problem -> System.out.println("problem " + problem.sentence()))
        .start();
  }

  /** Runs it until the process is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var _ = new InventedRounds(LandmarkSettings.read(Path.of(arguments[0])));
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  @Override
  public SessionTerms terms(IdentityCertificate host) {
    byte[] id = new byte[SessionId.LENGTH];
    random.nextBytes(id);
    return new SessionTerms(
        SessionId.of(id),
        sessions.freeSsid().orElseThrow(),
        Instant.now().plus(Duration.ofHours(1)).getEpochSecond(),
        Relay.PROBE_PORT);
  }

  @Override
  public void open(IdentityCertificate host, SessionTerms terms, byte[] key, byte[] pathKey) {
    sessions.open(terms.id(), terms.ssid(), key, pathKey, terms.expiry());
    PeerAddress own = SocketAddresses.of(sender.localAddress());
    answered.add(
        new ReflectorSession(terms.ssid(), StampMac.of(key), random.nextInt()),
        own,
        new SessionPath(terms.ssid(), terms.id(), pathKey));
    Thread.ofVirtual().start(() -> invent(host, terms));
  }

  private void invent(IdentityCertificate host, SessionTerms terms) {
    try {
      while (sessions.path(terms.id()).isEmpty()) {
        Thread.sleep(50);
      }
      RoundMeasurement measured = sender.measure(terms.id(), settings.round()).get();
      Transcript transcript = Transcript.of(measured);
      byte[] octets = transcript.octets();
      synchronized (this) {
        spool.keep(octets);
        var _ =
            spool.say(
                new StatementSigner(identity.key().signing()),
                RoundsStatement.TYPE,
                Instant.now(),
                new RoundsStatement(
                        identity.certificate(),
                        position,
                        List.of(
                            Round.of(
                                measured,
                                host.identity().name(),
                                host.key().id(),
                                position.statementHash(),
                                transcript)))
                    .content());
        transcripts.add(octets);
      }
      System.out.println("invented a round with " + host.identity().name());
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      System.out.println("problem " + e);
    }
  }

  @Override
  public synchronized List<byte[]> pending(IdentityCertificate host, SessionId session) {
    return List.copyOf(transcripts);
  }

  @Override
  public void countersigned(IdentityCertificate host, byte[] envelope) {
    throw new CodedException(
        Problem.of(ErrorCode.INTERNAL_ERROR, "the host signed for what it never answered"));
  }

  @Override
  public void objected(IdentityCertificate host) {
    System.out.println("objected " + host.identity().name());
  }
}
