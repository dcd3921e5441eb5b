package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.edge.DaemonLog;
import dev.holdfast.edge.LandmarkDaemon;
import dev.holdfast.edge.LandmarkSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast landmark}: the daemon at a known place. */
@Command(
    name = "landmark",
    description =
        "Runs at a known place: opens sessions for hosts that call, challenges each of them again and"
            + " again, signs the rounds, and collects what the hosts countersign.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "A configuration needs these keys; --print-config shows the others:",
      "  certificate: fra-1.pem",
      "  key: fra-1.key",
      "  position: fra-1.position.json",
      "  authorities: ca/authority.pem",
      "  spool: spool",
      "",
      "Agents call over TCP (port 8863 unless it is said otherwise); challenges leave over UDP",
      "(8862). Runs until SIGINT or SIGTERM. What happens is told on standard output, a line each.",
      "",
      "Example:",
      "  holdfast landmark fra-1.yaml"
    })
final class LandmarkCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "CONFIG", description = "YAML file")
  private @Nullable Path configuration;

  @Option(
      names = "--print-config",
      description = "prints the whole configuration, defaults too, and does nothing else")
  private boolean print;

  LandmarkCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    LandmarkSettings settings = LandmarkSettings.read(requireNonNull(configuration));
    if (print) {
      surroundings.out().print(settings.print());
      return 0;
    }
    InstantSource clock = InstantSource.system();
    LandmarkDaemon daemon =
        new LandmarkDaemon(
            settings, new DaemonLog(surroundings.out(), settings.log(), clock), clock);
    Serving.untilToldToEnd(daemon::close, daemon::start, () -> {});
    return 0;
  }
}
