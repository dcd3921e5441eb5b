package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Durations;
import dev.holdfast.probe.net.SocketAddresses;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How an agent runs.
 *
 * @param identity its key and certificate
 * @param authorities whom it trusts to certify landmarks, in PEM
 * @param revocations their lists of revoked certificates; without one, revocation is not checked
 * @param reflectorAddress where it answers challenges, over UDP; port 0 for any
 * @param spinning whether its reflector never sleeps
 * @param landmarks whom it calls
 * @param countersignEvery how often it asks for transcripts; a second to a day
 * @param inventoryEvery how often it looks what is in its host; a minute to a day
 * @param evidenceEvery how often it lets its chips sign; a minute to a day
 * @param redfish the management controller that it asks too; empty for none
 * @param spool the folder of what it signs
 * @param spoolLimit octets that the spool may hold
 * @param server who takes what it spools; empty where somebody carries it away by hand
 * @param log its form
 */
public record AgentSettings(
    KeySettings identity,
    Path authorities,
    Optional<Path> revocations,
    InetSocketAddress reflectorAddress,
    boolean spinning,
    List<Called> landmarks,
    Duration countersignEvery,
    Duration inventoryEvery,
    Duration evidenceEvery,
    Optional<RedfishSettings> redfish,
    Path spool,
    long spoolLimit,
    Optional<DeliverySettings> server,
    LogForm log)
    implements DaemonSettings {
  private static final String REFLECTOR_ADDRESS = "0.0.0.0:0";

  public AgentSettings {
    requireNonNull(identity, "identity");
    requireNonNull(authorities, "authorities");
    requireNonNull(revocations, "revocations");
    requireNonNull(reflectorAddress, "reflectorAddress");
    requireNonNull(spool, "spool");
    landmarks = List.copyOf(landmarks);
    requireNonNull(redfish, "redfish");
    var _ = Meanings.checkAgain(countersignEvery);
    var _ = Meanings.checkSeldom(inventoryEvery);
    var _ = Meanings.checkSeldom(evidenceEvery);
  }

  /** A landmark by the name in its certificate, and where it listens. */
  public record Called(String name, HostPort address) {
    public Called {
      requireNonNull(name, "name");
      requireNonNull(address, "address");
    }
  }

  /**
   * Reads a YAML file.
   *
   * @throws dev.holdfast.base.CodedException FILE_NOT_FOUND, FILE_UNREADABLE, INPUT_TOO_LARGE or
   *     BAD_CONFIGURATION with line and key
   */
  public static AgentSettings read(Path path) {
    return of(ConfigurationFile.read(path));
  }

  static AgentSettings of(ConfigurationFile file) {
    KeySettings identity = KeySettings.read(file);
    Path authorities = file.value("authorities", Meanings::path);
    Optional<Path> revocations = file.optional("revocations", Meanings::path);
    InetSocketAddress reflector =
        file.value("reflector-address", Meanings::local, Meanings.local(REFLECTOR_ADDRESS));
    boolean spinning = file.value("spinning", Meanings::truth, false);
    List<Called> landmarks = new ArrayList<>();
    for (ConfigurationFile each : file.items("landmarks")) {
      String name = each.value("name", text -> text);
      HostPort address = each.value("address", HostPort::parse);
      each.requireNothingElse();
      landmarks.add(new Called(name, address));
    }
    Duration every = file.value("countersign-every", Meanings::again, Duration.ofSeconds(20));
    Duration inventory = file.value("inventory-every", Meanings::seldom, Duration.ofHours(1));
    Duration evidence = file.value("evidence-every", Meanings::seldom, Duration.ofMinutes(5));
    Optional<RedfishSettings> redfish = RedfishSettings.read(file);
    Path spool = file.value("spool", Meanings::path);
    long limit = file.value("spool-limit", Meanings::size, 1L << 30);
    Optional<DeliverySettings> server = DeliverySettings.read(file);
    LogForm log = file.value("log", Meanings::logForm, LogForm.TEXT);
    file.requireNothingElse();
    return new AgentSettings(
        identity,
        authorities,
        revocations,
        reflector,
        spinning,
        landmarks,
        every,
        inventory,
        evidence,
        redfish,
        spool,
        limit,
        server,
        log);
  }

  @Override
  public String print() {
    StringBuilder list = new StringBuilder();
    for (Called each : landmarks) {
      list.append("  - name: ")
          .append(Yaml.quote(each.name()))
          .append("\n    address: ")
          .append(Yaml.quote(each.address()))
          .append('\n');
    }
    return identity.print()
        + "authorities: "
        + Yaml.quote(authorities)
        + "\n"
        + revocations.map(path -> "revocations: " + Yaml.quote(path) + "\n").orElse("")
        + "reflector-address: "
        + Yaml.quote(SocketAddresses.print(reflectorAddress))
        + "\nspinning: "
        + spinning
        + "\nlandmarks:\n"
        + list
        + "countersign-every: "
        + Durations.print(countersignEvery)
        + "\ninventory-every: "
        + Durations.print(inventoryEvery)
        + "\nevidence-every: "
        + Durations.print(evidenceEvery)
        + "\n"
        + redfish.map(RedfishSettings::print).orElse("")
        + "spool: "
        + Yaml.quote(spool)
        + "\nspool-limit: "
        + Meanings.printSize(spoolLimit)
        + "\n"
        + server.map(DeliverySettings::print).orElse("")
        + "log: "
        + log.name().toLowerCase(Locale.ROOT)
        + "\n";
  }
}
