package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.edge.AgentDaemon;
import dev.holdfast.edge.AgentSettings;
import dev.holdfast.edge.DaemonLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast agent}: the daemon beside the chips. */
@Command(
    name = "agent",
    description =
        "Runs beside the chips: calls its landmarks, answers their challenges, and countersigns the"
            + " rounds that it did answer. It opens all connections itself, so it may sit behind a NAT.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "A configuration needs these keys; --print-config shows the others:",
      "  certificate: rack-7.pem",
      "  key: rack-7.key",
      "  authorities: ca/authority.pem",
      "  landmarks:",
      "    - name: fra-1",
      "      address: fra-1.example.com:8863",
      "  spool: spool",
      "",
      "Runs until SIGINT or SIGTERM. What happens is told on standard output, a line each.",
      "",
      "Example:",
      "  holdfast agent rack-7.yaml"
    })
final class AgentCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "CONFIG", description = "YAML file")
  private @Nullable Path configuration;

  @Option(
      names = "--print-config",
      description = "prints the whole configuration, defaults too, and does nothing else")
  private boolean print;

  AgentCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    AgentSettings settings = AgentSettings.read(requireNonNull(configuration));
    if (print) {
      surroundings.out().print(settings.print());
      return 0;
    }
    InstantSource clock = InstantSource.system();
    AgentDaemon daemon =
        new AgentDaemon(settings, new DaemonLog(surroundings.out(), settings.log(), clock), clock);
    Serving.untilToldToEnd(daemon::close, daemon::start, () -> {});
    return 0;
  }
}
