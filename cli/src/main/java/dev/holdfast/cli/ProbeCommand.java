package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.edge.HostPort;
import dev.holdfast.probe.KeyedQuestions;
import dev.holdfast.probe.PlainQuestions;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.net.SocketAddresses;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSocket;
import dev.holdfast.probe.net.UdpSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast probe}: asks one reflector now, or is one. */
@Command(
    name = "probe",
    description =
        "Asks one STAMP reflector (RFC 8762) how long an answer takes, as ping does, or answers as"
            + " one. Without a key it is the plain mode, which any STAMP or TWAMP Light reflector speaks"
            + " and which bounds nothing: anybody could have answered. With a key only its holder can"
            + " have answered, after the question came.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Times are taken here, by the kernel where it can. What the reflector says of its own clock is",
      "shown as its word and never subtracted. Exit status 3 if nobody answered.",
      "",
      "Examples:",
      "  holdfast probe --reflect 127.0.0.1:8620",
      "  holdfast probe 127.0.0.1:8620 --count 5",
      "  holdfast probe 192.0.2.7:862 --diagnose",
      "  holdfast probe 192.0.2.7:862 --key session.key --ssid 17 --output json"
    })
final class ProbeCommand implements Callable<Integer> {
  private static final int LARGEST_COUNT = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "HOST:PORT", description = "the reflector to ask")
  private @Nullable String target;

  @Option(
      names = "--reflect",
      paramLabel = "[HOST:]PORT",
      description =
          "answers plain packets at this address until SIGINT or SIGTERM, at most 100 a second to one"
              + " source")
  private @Nullable String reflect;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "the session key that the reflector has too: 64 hexadecimal digits in a file that nobody"
              + " else may read")
  private @Nullable Path key;

  @Option(
      names = "--ssid",
      paramLabel = "N",
      description = "with a key: the session-sender id that the reflector expects, 1 to 65,535")
  private @Nullable Integer ssid;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "how many questions, 1 to 1,000 (default: 10)")
  private int count;

  @Option(
      names = "--interval",
      paramLabel = "MS",
      defaultValue = "100",
      description =
          "milliseconds between two, on average, 1 to 10,000; each gap is drawn at random from half of"
              + " it to one and a half (default: 100)")
  private int interval;

  @Option(
      names = "--diagnose",
      description =
          "asks the reflector too where it sees the questions come from and how it takes its stamps"
              + " (RFC 8972); shown as what it says of itself, it shortens no bound")
  private boolean diagnose;

  @Option(
      names = "--spin",
      description = "with --reflect: never sleep; answers leave earlier, a core is never free")
  private boolean spin;

  @Mixin private final OutputOptions output = new OutputOptions();

  ProbeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if ((target == null) == (reflect == null)) {
      throw usage("give either HOST:PORT to ask or --reflect=[HOST:]PORT to answer");
    }
    if (reflect != null) {
      if (key != null || ssid != null || diagnose) {
        throw usage(
            "--reflect answers plain packets only; --key, --ssid and --diagnose have no meaning with"
                + " it");
      }
      return new ProbeReflect(surroundings, output).run(address(reflect, "0.0.0.0"), spin);
    }
    if (spin) {
      throw usage("--spin has no meaning without --reflect");
    }
    if (count < 1 || count > LARGEST_COUNT) {
      throw usage("--count is 1 to 1,000");
    }
    if (interval < 1 || interval > 10_000) {
      throw usage("--interval is 1 to 10,000 ms");
    }
    InetSocketAddress to = address(String.valueOf(target), "");
    RoundSettings settings = new RoundSettings(count, Duration.ofMillis(interval), PATIENCE);
    try (ProbeAsk ask = asking(to)) {
      return new ProbeOutput(surroundings, output).run(ask, SocketAddresses.of(to), settings);
    }
  }

  private ProbeAsk asking(InetSocketAddress to) {
    if (key == null && ssid == null) {
      return new ProbeQuestions(socket(to), new PlainQuestions(diagnose));
    }
    if (key == null || ssid == null) {
      throw usage("--key and --ssid belong together");
    }
    if (ssid < 1 || ssid > 0xFFFF) {
      throw usage("--ssid is 1 to 65,535");
    }
    byte[] octets = SessionKeyFile.read(key);
    return diagnose
        ? new ProbeQuestions(
            socket(to), new KeyedQuestions(ssid, StampMac.of(octets), new SecureRandom()))
        : new ProbeKeyed(socket(to), octets, ssid);
  }

  private static UdpSocket socket(InetSocketAddress to) {
    byte[] any = new byte[to.getAddress().getAddress().length];
    try {
      return UdpSockets.open(new InetSocketAddress(InetAddress.getByAddress(any), 0), Stamps.BOTH);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }

  /** Reads HOST:PORT, [IPV6]:PORT or, where a host is given for it, PORT alone. */
  private InetSocketAddress address(String text, String withoutHost) {
    HostPort parts;
    try {
      parts =
          HostPort.parse(
              text.indexOf(':') < 0 && !withoutHost.isEmpty() ? withoutHost + ":" + text : text);
    } catch (IllegalArgumentException e) {
      throw usage("'" + text + "' is not HOST:PORT, such as 192.0.2.7:862 or [2001:db8::7]:862");
    }
    InetSocketAddress address = parts.address();
    if (address.isUnresolved()) {
      throw new CodedException(
          Problem.of(
              ErrorCode.PEER_UNREACHABLE,
              "the name " + Problem.quote(parts.host()) + " is unknown"));
    }
    return address;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
