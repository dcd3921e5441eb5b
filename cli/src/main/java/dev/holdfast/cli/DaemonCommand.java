package dev.holdfast.cli;

import dev.holdfast.edge.Daemon;
import dev.holdfast.edge.DaemonLog;
import dev.holdfast.edge.DaemonSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a daemon by its YAML file until the process is told to end. */
abstract class DaemonCommand<S extends DaemonSettings> implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  // Not required by picocli, which would ask for it before a subcommand too.
  @Parameters(arity = "0..1", paramLabel = "CONFIG", description = "YAML file")
  private @Nullable Path configuration;

  @Option(
      names = "--print-config",
      description = "prints the whole configuration, defaults too, and does nothing else")
  private boolean print;

  DaemonCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  abstract S read(Path file);

  abstract Daemon daemon(S settings, DaemonLog log, InstantSource clock);

  @Override
  public final Integer call() {
    if (configuration == null) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'CONFIG'");
    }
    S settings = read(configuration);
    if (print) {
      surroundings.out().print(settings.print());
      return 0;
    }
    InstantSource clock = InstantSource.system();
    Daemon daemon =
        daemon(settings, new DaemonLog(surroundings.out(), settings.log(), clock), clock);
    Serving.untilToldToEnd(daemon::close, daemon::start, () -> {});
    return 0;
  }
}
