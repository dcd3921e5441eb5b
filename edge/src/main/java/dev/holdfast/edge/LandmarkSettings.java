package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Durations;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.Transcript;
import dev.holdfast.probe.net.SocketAddresses;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How a landmark runs.
 *
 * @param identity its key and certificate
 * @param authorities whom it trusts to certify hosts, in PEM
 * @param revocations their lists of revoked certificates; without one, revocation is not checked
 * @param position the statement of where it stands
 * @param sessionAddress where agents call, over TLS
 * @param probeAddress where challenges leave from, over UDP
 * @param probePorts how many UDP ports, 1 to 16, one behind the other from that address on; each
 *     has room for 65,535 sessions
 * @param spool the folder of what it signs
 * @param spoolLimit octets that the spool may hold
 * @param transcriptLimit octets of the transcripts that wait in memory for a countersignature; at
 *     least those of the longest one, a mebibyte
 * @param every how often each session is measured; a second to a day
 * @param round how a round is run
 * @param lifetime of a session; a minute to a day
 * @param server who takes what it spools; empty where somebody carries it away by hand
 * @param log its form
 */
public record LandmarkSettings(
    KeySettings identity,
    Path authorities,
    Optional<Path> revocations,
    Path position,
    InetSocketAddress sessionAddress,
    InetSocketAddress probeAddress,
    int probePorts,
    Path spool,
    long spoolLimit,
    long transcriptLimit,
    Duration every,
    RoundSettings round,
    Duration lifetime,
    Optional<DeliverySettings> server,
    LogForm log)
    implements DaemonSettings {
  private static final String SESSION_ADDRESS = "0.0.0.0:8863";
  private static final String PROBE_ADDRESS = "0.0.0.0:8862";
  private static final int MOST_PORTS = 16;

  public LandmarkSettings {
    requireNonNull(identity, "identity");
    requireNonNull(authorities, "authorities");
    requireNonNull(revocations, "revocations");
    requireNonNull(position, "position");
    requireNonNull(spool, "spool");
    var _ = enough(round);
    var _ = behind(probeAddress, probePorts);
    var _ = living(lifetime);
    var _ = roomForOne(transcriptLimit);
    var _ = Meanings.checkAgain(every);
  }

  private static Duration living(Duration lifetime) {
    if (lifetime.compareTo(Duration.ofMinutes(1)) < 0
        || lifetime.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a session lives a minute to a day");
    }
    return lifetime;
  }

  private static long roomForOne(long transcripts) {
    if (transcripts < Transcript.LONGEST) {
      throw new IllegalArgumentException("a transcript may take 1MiB alone");
    }
    return transcripts;
  }

  private static int behind(InetSocketAddress first, int ports) {
    if (ports < 1 || ports > MOST_PORTS || first.getPort() + ports - 1 > 0xFFFF) {
      throw new IllegalArgumentException(
          "a landmark has 1 to " + MOST_PORTS + " ports for challenges, none above 65,535");
    }
    return ports;
  }

  /** Fewer challenges than answers are needed would bound nothing. */
  private static RoundSettings enough(RoundSettings round) {
    if (round.challenges() < Round.FEWEST_ANSWERS) {
      throw new IllegalArgumentException(
          "a round has at least " + Round.FEWEST_ANSWERS + " challenges");
    }
    return round;
  }

  /**
   * Reads a YAML file.
   *
   * @throws dev.holdfast.base.CodedException FILE_NOT_FOUND, FILE_UNREADABLE, INPUT_TOO_LARGE or
   *     BAD_CONFIGURATION with line and key
   */
  public static LandmarkSettings read(Path path) {
    return of(ConfigurationFile.read(path));
  }

  static LandmarkSettings of(ConfigurationFile file) {
    RoundSettings usual = RoundSettings.defaults();
    KeySettings identity = KeySettings.read(file);
    Path authorities = file.value("authorities", Meanings::path);
    Optional<Path> revocations = file.optional("revocations", Meanings::path);
    Path position = file.value("position", Meanings::path);
    InetSocketAddress sessions =
        file.value("session-address", Meanings::local, Meanings.local(SESSION_ADDRESS));
    InetSocketAddress probe =
        file.value("probe-address", Meanings::local, Meanings.local(PROBE_ADDRESS));
    int count = file.value("probe-ports", Meanings::whole, 1);
    Path spool = file.value("spool", Meanings::path);
    long limit = file.value("spool-limit", Meanings::size, 1L << 30);
    long transcripts =
        file.value("transcript-limit", text -> roomForOne(Meanings.size(text)), 256L << 20);
    Duration every = file.value("round-every", Meanings::again, Duration.ofMinutes(1));
    int challenges = file.value("challenges", Meanings::whole, usual.challenges());
    Duration spacing = file.value("spacing", Durations::parse, usual.spacing());
    Duration patience = file.value("patience", Durations::parse, usual.patience());
    Duration lifetime =
        file.value("session-lifetime", text -> living(Durations.parse(text)), Duration.ofHours(4));
    Optional<DeliverySettings> server = DeliverySettings.read(file);
    LogForm log = file.value("log", Meanings::logForm, LogForm.TEXT);
    file.requireNothingElse();
    RoundSettings round =
        file.made("challenges", () -> enough(new RoundSettings(challenges, spacing, patience)));
    int ports = file.made("probe-ports", () -> behind(probe, count));
    return new LandmarkSettings(
        identity,
        authorities,
        revocations,
        position,
        sessions,
        probe,
        ports,
        spool,
        limit,
        transcripts,
        every,
        round,
        lifetime,
        server,
        log);
  }

  @Override
  public String print() {
    return identity.print()
        + "authorities: "
        + Yaml.quote(authorities)
        + "\n"
        + revocations.map(path -> "revocations: " + Yaml.quote(path) + "\n").orElse("")
        + "position: "
        + Yaml.quote(position)
        + "\nsession-address: "
        + Yaml.quote(SocketAddresses.print(sessionAddress))
        + "\nprobe-address: "
        + Yaml.quote(SocketAddresses.print(probeAddress))
        + "\nprobe-ports: "
        + probePorts
        + "\nspool: "
        + Yaml.quote(spool)
        + "\nspool-limit: "
        + Meanings.printSize(spoolLimit)
        + "\ntranscript-limit: "
        + Meanings.printSize(transcriptLimit)
        + "\nround-every: "
        + Durations.print(every)
        + "\nchallenges: "
        + round.challenges()
        + "\nspacing: "
        + Durations.print(round.spacing())
        + "\npatience: "
        + Durations.print(round.patience())
        + "\nsession-lifetime: "
        + Durations.print(lifetime)
        + "\n"
        + server.map(DeliverySettings::print).orElse("")
        + "log: "
        + log.name().toLowerCase(Locale.ROOT)
        + "\n";
  }
}
