package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.store.ServerClient;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command speaks to, and in whose name. */
final class ServerAccess {
  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "the server, such as http://127.0.0.1:7400/")
  private @Nullable URI server;

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "FILE",
      description = "a file of its owner alone with the token in its first line")
  private @Nullable Path tokenFile;

  /** A client, to be closed. */
  ServerClient client() {
    return ServerClient.to(requireNonNull(server), requireNonNull(tokenFile));
  }
}
