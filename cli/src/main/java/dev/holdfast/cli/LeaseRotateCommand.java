package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Problem;
import dev.holdfast.trust.store.LeaseClient;
import dev.holdfast.trust.store.ServerClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast lease rotate}: another key for leases. */
@Command(
    name = "rotate",
    description =
        "Has a server make another key, which signs leases from now on. The server publishes the one"
            + " before as well until all leases under it have expired.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Exit status: 0 the key was changed, 2 bad input or usage, 3 the server refused or failed.",
      "",
      "Example:",
      "  holdfast lease rotate --url https://holdfast.example/ --token-file admin.token"
    })
final class LeaseRotateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--url", required = true, paramLabel = "URL", description = "the server")
  private @Nullable URI url;

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "FILE",
      description = "a file of its owner alone with an administrator's token in its first line")
  private @Nullable Path tokenFile;

  @Mixin private final OutputOptions output = new OutputOptions();

  LeaseRotateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record RotateJson(String key) {}

  @Override
  public Integer call() {
    String token = ServerClient.token(requireNonNull(tokenFile));
    try (LeaseClient client = new LeaseClient(requireNonNull(url))) {
      String key = Problem.printable(client.change(token));
      surroundings
          .out()
          .println(
              output.form == OutputOptions.Form.JSON
                  ? Json.mapper().writeValueAsString(new RotateJson(key))
                  : surroundings.catalogue(output.language).say("lease.rotated", key));
    }
    return 0;
  }
}
