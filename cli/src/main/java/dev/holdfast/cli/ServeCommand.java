package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
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
    footer = {
      "",
      "Examples:",
      "  holdfast serve --data /var/lib/holdfast --port 7400",
      "  holdfast serve --config /etc/holdfast/server.yaml"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int PORT = 7400;
  private static final int GREATEST_PORT = 65_535;

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
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML with any of data, host, port, origin, tick, without-tls, tls (certificate, key),"
              + " witnesses (a policy file), open-entries and webhook-networks; an option wins over"
              + " it")
  private @Nullable Path config;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where to listen; 0 for any port that is free (default: 7400)")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "H",
      description = "the address to listen on (default: 127.0.0.1)")
  private @Nullable String host;

  @Option(names = "--without-tls", description = "listen beyond this machine without TLS")
  private boolean withoutTls;

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description =
          "the name of its log, kept from the first start on (default: holdfast.local/log)")
  private @Nullable String origin;

  @Option(
      names = "--tick",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how often it puts down that time has passed (default: 10s)")
  private @Nullable Duration tick;

  @Mixin private final OutputOptions output = new OutputOptions();

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record ServeJson(String url, String data, String adminToken, String vkey) {}

  @Override
  public Integer call() {
    ServerFile file = config == null ? ServerFile.NONE : ServerFile.read(config);
    Path folder = data == null ? file.data().orElse(null) : data;
    if (folder == null) {
      throw new ParameterException(spec.commandLine(), "--data is needed, or data in --config");
    }
    ServerLog.onlyWarnings();
    AskedWitnesses asked = AskedWitnesses.of(file.witnesses().map(Policies::read));
    asked
        .unreachable()
        .forEach((name, why) ->
            surroundings.err().println("warning: witness " + name + " cannot be asked: " + why));
    HoldfastServer server =
        HoldfastServer.start(
            settings(folder, file).withWitnesses(asked.witnesses()),
            InstantSource.system(),
            new SecureRandom());
    Serving.untilToldToEnd(server::close, () -> announce(server, folder), () -> {});
    return 0;
  }

  private ServerSettings settings(Path folder, ServerFile file) {
    int listen = port == null ? file.port().orElse(PORT) : port;
    if (listen < 0 || listen > GREATEST_PORT) {
      throw new CodedException(
          new Problem(
              ErrorCode.USAGE, null, 0, "port", listen + " is not from 0 to " + GREATEST_PORT));
    }
    ServerSettings usual = ServerSettings.of(folder, listen);
    ServerSettings secured = file.tls().map(usual::withTls).orElse(usual);
    ServerSettings spelled = file.results().map(secured::withResults).orElse(secured);
    ServerSettings decided =
        file.policy().map(PolicyOptions::files).map(spelled::withPolicy).orElse(spelled);
    ServerSettings open = file.openEntries() ? decided.withOpenEntries() : decided;
    ServerSettings settings = open.withWebhookNetworks(file.webhookNetworks());
    Optional<Duration> often = tick == null ? file.tick() : Optional.of(tick);
    try {
      return often
          .map(settings::withTick)
          .orElse(settings)
          .at(
              origin == null ? file.origin().orElse(usual.origin()) : origin,
              host == null ? file.host().orElse(usual.host()) : host,
              withoutTls || file.withoutTls());
    } catch (IllegalArgumentException e) {
      throw new CodedException(Problem.of(ErrorCode.USAGE, String.valueOf(e.getMessage())), e);
    }
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
    if (server.watchIsBehind()) {
      surroundings
          .err()
          .println(
              "warning: the views were made by a version that did not watch, so nothing that was told"
                  + " before is held against what comes: stop the server and run holdfast rebuild"
                  + " --data "
                  + folder);
    }
    surroundings.out().flush();
  }
}
