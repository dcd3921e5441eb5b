package dev.holdfast.cli;

import dev.holdfast.edge.Daemon;
import dev.holdfast.edge.DaemonLog;
import dev.holdfast.edge.LandmarkDaemon;
import dev.holdfast.edge.LandmarkSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Command;

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
      "(8862, and those behind it where probe-ports says so). Runs until SIGINT or SIGTERM. What",
      "happens is told on standard output, a line each.",
      "",
      "Example:",
      "  holdfast landmark fra-1.yaml"
    })
final class LandmarkCommand extends DaemonCommand<LandmarkSettings> {
  LandmarkCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  LandmarkSettings read(Path file) {
    return LandmarkSettings.read(file);
  }

  @Override
  Daemon daemon(LandmarkSettings settings, DaemonLog log, InstantSource clock) {
    return new LandmarkDaemon(settings, log, clock);
  }
}
