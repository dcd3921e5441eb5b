package dev.holdfast.cli;

import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.store.LedgerServer;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.ledger.store.LogHandler;
import dev.holdfast.ledger.store.LogResources;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast ledger serve}: shows a log over HTTP. */
@Command(
    name = "serve",
    description =
        "Shows a log over HTTP as C2SP tlog-tiles has it: its checkpoint and tiles, nothing else of"
            + " the folder. Others may append meanwhile. Prints the address once it listens, and ends at"
            + " SIGINT or SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast ledger serve log --port 7200",
      "  holdfast verify http://127.0.0.1:7200/ --vkey \"$(cat log.vkey)\""
    })
final class LedgerServeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder of the log")
  private @Nullable Path folder;

  @Mixin private final ServerOptions server = new ServerOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  LedgerServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record ServeJson(String url, String origin, long size) {}

  @Override
  public Integer call() {
    if (folder == null) {
      throw new ParameterException(spec.commandLine(), "DIR is needed");
    }
    Checkpoint now = checkpoint(folder);
    LedgerServer started =
        LedgerServer.start(
            server.address(),
            Map.of("/", new LogHandler("/", new LogResources(LogFolder.at(folder)))));
    Serving.untilToldToEnd(started::close, () -> announce(started.uri().toString(), now), () -> {});
    return 0;
  }

  private static Checkpoint checkpoint(Path folder) {
    try (LogPlace place = LogPlace.of(folder)) {
      return place.checkpoint().checkpoint();
    }
  }

  private void announce(String url, Checkpoint now) {
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(Json.mapper().writeValueAsString(new ServeJson(url, now.origin(), now.size())));
    } else {
      surroundings.out().println(url);
      surroundings
          .err()
          .println("serving " + Problem.printable(now.origin()) + ", size " + now.size());
    }
    surroundings.out().flush();
  }
}
