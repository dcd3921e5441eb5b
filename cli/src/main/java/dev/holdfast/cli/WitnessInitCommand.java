package dev.holdfast.cli;

import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.store.KeyFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code holdfast witness init}: makes the key of a witness. */
@Command(
    name = "init",
    description =
        "Makes the key of a witness in a new file that only its owner may read, and prints its vkey"
            + " alone: give that to whoever shall believe the witness.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast witness init --name example.org/witness --key witness.key > witness.vkey"
    })
final class WitnessInitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description =
          "the witness's name, best an address without a scheme that its operator owns: no spaces,"
              + " no plus")
  private @Nullable String name;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "new file for the private key")
  private @Nullable Path keyFile;

  @Option(
      names = "--algorithm",
      paramLabel = "ml-dsa-44|ed25519",
      defaultValue = "ml-dsa-44",
      converter = AlgorithmConverter.class,
      description =
          "how the witness signs (default: ml-dsa-44, which quantum computers are not known to"
              + " break)")
  private KeyAlgorithm algorithm = KeyAlgorithm.MLDSA44_COSIGNATURE;

  @Mixin private final OutputOptions output = new OutputOptions();

  WitnessInitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record WitnessJson(String name, String vkey) {}

  @Override
  public Integer call() {
    if (name == null || keyFile == null) {
      throw new ParameterException(spec.commandLine(), "--name and --key are needed");
    }
    return make(name, keyFile);
  }

  private int make(String name, Path keyFile) {
    SigningKey key = InputFiles.parsed("--name", () -> KeyFiles.generate(name, algorithm));
    KeyFiles.write(keyFile, key);
    String vkey = key.key().vkey();
    surroundings
        .out()
        .println(
            output.form == OutputOptions.Form.JSON
                ? Json.mapper().writeValueAsString(new WitnessJson(name, vkey))
                : vkey);
    return 0;
  }

  static final class AlgorithmConverter implements ITypeConverter<KeyAlgorithm> {
    @Override
    public KeyAlgorithm convert(String value) {
      return switch (value) {
        case "ml-dsa-44" -> KeyAlgorithm.MLDSA44_COSIGNATURE;
        case "ed25519" -> KeyAlgorithm.ED25519_COSIGNATURE;
        default -> throw new TypeConversionException("'" + value + "' is not ml-dsa-44 or ed25519");
      };
    }
  }
}
