package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.store.Witnesses;
import dev.holdfast.model.Names;
import dev.holdfast.policy.PolicyFiles;
import dev.holdfast.trust.EarProfile;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a server runs.
 *
 * @param data its folder; made where it is not there
 * @param origin the name of its log, such as {@code holdfast.example/log}
 * @param host the address to listen on
 * @param port 0 for any
 * @param openToAll whether it may listen beyond this machine without TLS
 * @param tls what it shows of itself in TLS; plain HTTP where there is none
 * @param witnesses who cosign its log
 * @param results how attestation results are spelled
 * @param policy the files of the record that decisions are made by; Holdfast's own where there are
 *     none
 * @param nextFree whether to take the next free port where this one is taken
 * @param tick how often it says that time has passed; 100 ms to an hour
 * @param idle after how long without an octet a connection is closed; 100 ms to an hour
 * @param progress hears how many entries were applied while it starts
 * @param openEntries whether anybody who reaches it may read the entries of its log; else those who
 *     may read all, while checkpoints and hashes are for anybody
 * @param webhookNetworks networks that are not of the open net and to which it may send
 *     notifications all the same
 * @param playback the story that is played to it; none but of a simulation
 */
public record ServerSettings(
    Path data,
    String origin,
    String host,
    int port,
    boolean openToAll,
    Optional<Tls> tls,
    Witnesses witnesses,
    EarProfile results,
    Optional<PolicyFiles> policy,
    boolean nextFree,
    Duration tick,
    Duration idle,
    Consumer<Long> progress,
    boolean openEntries,
    List<Network> webhookNetworks,
    Optional<Playback> playback) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Files of TLS.
   *
   * @param certificates in PEM, the server's own first
   * @param key in PEM, in a file of its owner alone
   */
  public record Tls(Path certificates, Path key) {
    public Tls {
      requireNonNull(certificates, "certificates");
      requireNonNull(key, "key");
    }
  }

  public ServerSettings {
    requireNonNull(data, "data");
    Names.check("origin", origin);
    requireNonNull(host, "host");
    requireNonNull(tls, "tls");
    requireNonNull(witnesses, "witnesses");
    requireNonNull(results, "results");
    requireNonNull(policy, "policy");
    requireNonNull(progress, "progress");
    webhookNetworks = List.copyOf(webhookNetworks);
    requireNonNull(playback, "playback");
    if (!openToAll && tls.isEmpty() && !isLoopback(host)) {
      throw new CodedException(
          new Problem(
              ErrorCode.OPEN_TO_ALL,
              null,
              0,
              "--host",
              Problem.quote(host)
                  + " can be reached from other machines, and tokens would cross the net in the"
                  + " clear: give tls in --config, put a proxy with TLS before 127.0.0.1, or say"
                  + " --without-tls"));
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is 0 to 65535");
    }
    check("tick", tick);
    check("idle", idle);
  }

  private static void check(String what, Duration time) {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(what + " is 100 ms to an hour");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return host.equals("localhost");
    }
  }

  /** What suits one machine: loopback, a tick every ten seconds, half a minute of idleness. */
  public static ServerSettings of(Path data, int port) {
    return new ServerSettings(
        data,
        "holdfast.local/log",
        "127.0.0.1",
        port,
        false,
        Optional.empty(),
        Witnesses.none(),
        EarProfile.DEFAULT,
        Optional.empty(),
        false,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        applied -> {},
        false,
        List.of(),
        Optional.empty());
  }

  /** The same, that takes the next free port where this one is taken. */
  public ServerSettings orNextFree() {
    return with(each -> each.nextFree = true);
  }

  /** The same with another tick. */
  public ServerSettings withTick(Duration every) {
    return with(each -> each.tick = every);
  }

  /** The same that bears with idle connections for another time. */
  public ServerSettings withIdle(Duration time) {
    return with(each -> each.idle = time);
  }

  /** The same with TLS. */
  public ServerSettings withTls(Tls files) {
    return with(each -> each.tls = Optional.of(files));
  }

  /** The same whose attestation results are spelled so. */
  public ServerSettings withResults(EarProfile profile) {
    return with(each -> each.results = profile);
  }

  /** The same that decides by another record. */
  public ServerSettings withPolicy(PolicyFiles files) {
    return with(each -> each.policy = Optional.of(files));
  }

  /** The same whose log others cosign. */
  public ServerSettings withWitnesses(Witnesses others) {
    return with(each -> each.witnesses = others);
  }

  /** The same whose entries anybody who reaches it may read. */
  public ServerSettings withOpenEntries() {
    return with(each -> each.openEntries = true);
  }

  /** The same that may send notifications to networks that are not of the open net. */
  public ServerSettings withWebhookNetworks(List<Network> networks) {
    return with(each -> each.webhookNetworks = networks);
  }

  /** The same to which a story is played. */
  public ServerSettings withPlayback(Playback story) {
    return with(each -> each.playback = Optional.of(story));
  }

  /**
   * The same under another name and at another address.
   *
   * @throws CodedException OPEN_TO_ALL where that can be reached from other machines without TLS
   */
  public ServerSettings at(String name, String address, boolean open) {
    return with(each -> {
      each.origin = name;
      each.host = address;
      each.openToAll = open;
    });
  }

  private ServerSettings with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.settings();
  }

  /** Settings that are being changed. */
  private static final class Parts {
    private final Path data;
    private String origin;
    private String host;
    private final int port;
    private boolean openToAll;
    private Optional<Tls> tls;
    private Witnesses witnesses;
    private EarProfile results;
    private Optional<PolicyFiles> policy;
    private boolean nextFree;
    private Duration tick;
    private Duration idle;
    private final Consumer<Long> progress;
    private boolean openEntries;
    private List<Network> webhookNetworks;
    private Optional<Playback> playback;

    private Parts(ServerSettings from) {
      data = from.data;
      origin = from.origin;
      host = from.host;
      port = from.port;
      openToAll = from.openToAll;
      tls = from.tls;
      witnesses = from.witnesses;
      results = from.results;
      policy = from.policy;
      nextFree = from.nextFree;
      tick = from.tick;
      idle = from.idle;
      progress = from.progress;
      openEntries = from.openEntries;
      webhookNetworks = from.webhookNetworks;
      playback = from.playback;
    }

    private ServerSettings settings() {
      return new ServerSettings(
          data,
          origin,
          host,
          port,
          openToAll,
          tls,
          witnesses,
          results,
          policy,
          nextFree,
          tick,
          idle,
          progress,
          openEntries,
          webhookNetworks,
          playback);
    }
  }
}
