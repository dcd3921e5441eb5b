package dev.holdfast.cli;

import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast serve}: the server. */
@Command(
    name = "serve",
    description =
        "Runs the server: takes signed statements in, keeps them in a tamper-evident log, judges, and"
            + " shows the result. Makes its folder, keys and the administrator's token on the first"
            + " start. Prints the address once it listens, and ends at SIGINT or SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  holdfast serve --data /var/lib/holdfast --port 7400"})
final class ServeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "its folder; made where it is missing")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "7400",
      description = "where to listen; 0 for any port that is free (default: 7400)")
  private int port = 7400;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "the address to listen on (default: 127.0.0.1)")
  private String host = "127.0.0.1";

  @Option(
      names = "--without-tls",
      description = "listen beyond this machine though the server speaks no TLS itself")
  private boolean withoutTls;

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      defaultValue = "holdfast.local/log",
      description =
          "the name of its log, kept from the first start on (default: holdfast.local/log)")
  private String origin = "holdfast.local/log";

  @Option(
      names = "--tick",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "how often it puts down that time has passed (default: 10s)")
  private Duration tick = Duration.ofSeconds(10);

  @Mixin private final OutputOptions output = new OutputOptions();

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record ServeJson(String url, String data, String adminToken, String vkey) {}

  @Override
  public Integer call() {
    if (data == null) {
      throw new ParameterException(spec.commandLine(), "--data is needed");
    }
    ServerLog.onlyWarnings();
    Path folder = data;
    HoldfastServer server =
        HoldfastServer.start(
            new ServerSettings(
                folder,
                origin,
                host,
                port,
                withoutTls,
                false,
                tick,
                ServerSettings.of(folder, port).idle(),
                applied -> {}),
            InstantSource.system(),
            new SecureRandom());
    Serving.untilToldToEnd(server::close, () -> announce(server, folder), () -> {});
    return 0;
  }

  private void announce(HoldfastServer server, Path folder) {
    Path token = HoldfastServer.adminToken(folder);
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper()
                  .writeValueAsString(
                      new ServeJson(
                          server.uri(), folder.toString(), token.toString(), server.vkey())));
    } else {
      surroundings.out().println(server.uri());
      surroundings.err().println("the administrator's token is in " + token);
    }
    surroundings.out().flush();
  }
}
