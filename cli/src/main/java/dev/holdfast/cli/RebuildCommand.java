package dev.holdfast.cli;

import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast rebuild}: the views of a server again from its ledger. */
@Command(
    name = "rebuild",
    description =
        "Deletes the views of a server that does not run, and makes them again from its ledger. The"
            + " ledger is the truth: the views come out as they were.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  holdfast rebuild --data /var/lib/holdfast"})
final class RebuildCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the server")
  private @Nullable Path data;

  @Mixin private final OutputOptions output = new OutputOptions();

  RebuildCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record RebuildJson(long entries) {}

  @Override
  public Integer call() {
    if (data == null) {
      throw new ParameterException(spec.commandLine(), "--data is needed");
    }
    ServerLog.onlyWarnings();
    long entries =
        HoldfastServer.rebuild(
            ServerSettings.of(data, 0), InstantSource.system(), new SecureRandom());
    surroundings
        .out()
        .println(
            output.form == OutputOptions.Form.JSON
                ? Json.mapper().writeValueAsString(new RebuildJson(entries))
                : "the views are made again from " + entries + " entries");
    return 0;
  }
}
