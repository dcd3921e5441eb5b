package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.model.Role;
import dev.holdfast.probe.net.Reflector;
import dev.holdfast.probe.net.ReflectorSessions;
import dev.holdfast.probe.net.ReflectorSettings;
import dev.holdfast.probe.net.SessionClient;
import dev.holdfast.probe.net.SessionTls;
import dev.holdfast.probe.net.SocketAddresses;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSockets;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.ServerClient;
import dev.holdfast.trust.store.TrustFiles;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent: opens a session with every landmark that it is told of, answers challenges, and
 * countersigns the rounds that it did answer.
 */
public final class AgentDaemon implements Daemon {
  private final DaemonLog log;
  private final HeldIdentity identity;
  private final Spool spool;
  private final Reflector reflector;
  private final List<LandmarkCalls> calls;
  private final Optional<SpoolDelivery> delivery;
  private final Optional<ServerClient> asked;
  private final Optional<Attesting> attesting;
  private volatile boolean stopping;

  /**
   * Loads everything and takes the port; nothing is done before {@link #start}.
   *
   * @throws CodedException where something is not in order
   */
  public AgentDaemon(AgentSettings settings, DaemonLog log, InstantSource clock) {
    this.log = requireNonNull(log, "log");
    identity = settings.identity().load(Role.HOST);
    SessionTls tls =
        new SessionTls(
            identity,
            TrustFiles.verifier(settings.authorities(), settings.revocations().orElse(null)),
            Role.LANDMARK,
            clock);
    SecureRandom random = new SecureRandom();
    ReflectorSessions sessions = new ReflectorSessions();
    spool =
        Spool.open(
            settings.spool(), identity.certificate().identity().source(), settings.spoolLimit());
    try {
      reflector =
          new Reflector(
              UdpSockets.open(settings.reflectorAddress(), Stamps.RECEIVE),
              sessions,
              ReflectorSettings.defaults().withSpinning(settings.spinning()),
              random);
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    }
    delivery = settings.server().map(server -> SpoolDelivery.to(server, spool, log));
    SessionClient client = new SessionClient(tls);
    StatementSigner signer = new StatementSigner(identity.key().signing());
    asked = settings.server().map(server -> ServerClient.to(server.url(), server.tokenFile()));
    // Without a server nobody says which nonce the chips should answer.
    attesting =
        asked.map(server ->
            new Attesting(
                identity.certificate(),
                signer,
                spool,
                InventorySources.of(settings.redfish(), clock),
                server::challenge,
                settings.inventoryEvery(),
                settings.evidenceEvery(),
                session(random),
                log,
                clock));
    calls =
        settings.landmarks().stream()
            .map(each ->
                new LandmarkCalls(
                    each,
                    settings.countersignEvery(),
                    client,
                    sessions,
                    new Countersigning(identity.certificate(), signer, spool, clock),
                    log,
                    clock,
                    random))
            .toList();
  }

  /** The id of this run, which its evidence names. */
  private static String session(SecureRandom random) {
    byte[] octets = new byte[16];
    random.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  @Override
  public void start() {
    reflector.start();
    calls.forEach(LandmarkCalls::start);
    delivery.ifPresent(SpoolDelivery::start);
    attesting.ifPresent(Attesting::start);
    log.tell(
        "started",
        Map.of(
            "host", identity.certificate().identity().name(),
            "reflector", SocketAddresses.print(reflector.localAddress()),
            "binding", identity.certificate().identity().binding().word(),
            "simulated", String.valueOf(identity.certificate().identity().simulated())));
  }

  /** Stops calling and answering. */
  @Override
  public void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    calls.forEach(LandmarkCalls::stop);
    calls.forEach(LandmarkCalls::join);
    attesting.ifPresent(Attesting::close);
    asked.ifPresent(ServerClient::close);
    reflector.close();
    delivery.ifPresent(SpoolDelivery::close);
    spool.close();
    log.tell("stopped", Map.of("host", identity.certificate().identity().name()));
  }
}
