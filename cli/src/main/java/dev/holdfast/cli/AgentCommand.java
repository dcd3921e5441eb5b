package dev.holdfast.cli;

import dev.holdfast.edge.AgentDaemon;
import dev.holdfast.edge.AgentSettings;
import dev.holdfast.edge.Daemon;
import dev.holdfast.edge.DaemonLog;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Command;

/** {@code holdfast agent}: the daemon beside the chips. */
@Command(
    name = "agent",
    description =
        "Runs beside the chips: calls its landmarks, answers their challenges, and countersigns the"
            + " rounds that it did answer. It opens all connections itself, so it may sit behind a NAT.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = AgentInventoryCommand.class,
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
      "Examples:",
      "  holdfast agent rack-7.yaml",
      "  holdfast agent inventory --once"
    })
final class AgentCommand extends DaemonCommand<AgentSettings> {
  AgentCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  AgentSettings read(Path file) {
    return AgentSettings.read(file);
  }

  @Override
  Daemon daemon(AgentSettings settings, DaemonLog log, InstantSource clock) {
    return new AgentDaemon(settings, log, clock);
  }
}
