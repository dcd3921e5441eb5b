package dev.holdfast.cli;

import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.ledger.store.KeyFiles;
import dev.holdfast.ledger.store.LedgerServer;
import dev.holdfast.ledger.store.Witness;
import dev.holdfast.ledger.store.WitnessHandler;
import dev.holdfast.ledger.store.WitnessResources;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast witness serve}: a witness over HTTP. */
@Command(
    name = "serve",
    description =
        "Cosigns checkpoints over HTTP (C2SP tlog-witness) of the logs that it is told to watch, as"
            + " long as each continues the one before. Prints the address once it listens, and ends at"
            + " SIGINT or SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "What was cosigned is kept in STATE-DIR. Keep that as carefully as the keys: a witness that",
      "forgets, or is put back from an old copy, can be shown a second tree.",
      "",
      "Examples:",
      "  holdfast witness serve state --key witness.key --log \"$(cat log.vkey)\" --port 7201",
      "  holdfast witness serve state --key witness.key --policy logs.policy --port 7201"
    })
final class WitnessServeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "STATE-DIR", description = "the witness's memory; made where missing")
  private @Nullable Path folder;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "a private key of the witness; several sign side by side")
  private List<Path> keyFiles = List.of();

  @Option(names = "--log", paramLabel = "VKEY", description = "a log to watch, by its vkey")
  private List<String> logs = List.of();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "tlog-policy whose logs are watched; the rest of it is ignored")
  private @Nullable Path policyFile;

  @Mixin private final ServerOptions server = new ServerOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  WitnessServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record ServeJson(String url, List<String> vkeys, List<String> logs) {}

  @Override
  public Integer call() {
    if (folder == null) {
      throw new ParameterException(spec.commandLine(), "STATE-DIR is needed");
    }
    List<VerifierKey> watched = watched();
    List<SigningKey> keys = keyFiles.stream().map(KeyFiles::read).toList();
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    Witness witness = Witness.open(folder, keys, watched, InstantSource.system());
    LedgerServer started;
    try {
      started =
          LedgerServer.start(
              server.address(),
              Map.of("/", new WitnessHandler("/", new WitnessResources(witness))));
    } catch (RuntimeException e) {
      witness.close();
      throw e;
    }
    witness
        .troubles()
        .forEach(
            (origin, why) -> log.warn("the log " + Problem.quote(origin) + " is refused: " + why));
    String url = started.uri().toString();
    Serving.untilToldToEnd(started::close, () -> announce(url, keys, watched), witness::close);
    return 0;
  }

  private List<VerifierKey> watched() {
    List<VerifierKey> watched = new ArrayList<>();
    logs.forEach(vkey -> watched.add(Policies.key("--log", vkey)));
    if (policyFile != null) {
      Policies.read(policyFile).logs().stream().map(Policy.LogKey::key).forEach(watched::add);
    }
    if (watched.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "no log to watch: give --log=VKEY, or --policy=FILE with a log in it");
    }
    return watched;
  }

  private void announce(String url, List<SigningKey> keys, List<VerifierKey> watched) {
    List<String> origins = watched.stream().map(VerifierKey::name).distinct().toList();
    if (output.form == OutputOptions.Form.JSON) {
      List<String> vkeys = keys.stream().map(key -> key.key().vkey()).toList();
      surroundings
          .out()
          .println(Json.mapper().writeValueAsString(new ServeJson(url, vkeys, origins)));
    } else {
      surroundings.out().println(url);
      surroundings.err().println("watching " + Problem.printable(String.join(", ", origins)));
    }
    surroundings.out().flush();
  }
}
