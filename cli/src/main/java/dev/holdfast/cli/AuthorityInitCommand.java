package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.store.AuthorityFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast authority init}: makes an authority. */
@Command(
    name = "init",
    description =
        "Makes an authority in a new folder: its key, which only its owner may read, its certificate,"
            + " and an empty list of revocations. Give certificate and list to whoever shall believe"
            + " it; the folder itself stays where it is.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  holdfast authority init ca --name 'Example operators'"})
final class AuthorityInitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "DIR", description = "folder of the authority; new, or empty")
  private @Nullable Path folder;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "its name in certificates")
  private @Nullable String name;

  @Option(
      names = "--lifetime",
      paramLabel = "DURATION",
      defaultValue = "1825d",
      converter = DurationConverter.class,
      description = "how long its certificate holds (default: 1825d)")
  private @Nullable Duration lifetime;

  @Mixin private final OutputOptions output = new OutputOptions();

  AuthorityInitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (AuthorityFolder made =
        InputFiles.parsed(
            "--name",
            () ->
                AuthorityFolder.init(
                    requireNonNull(folder),
                    requireNonNull(name),
                    requireNonNull(lifetime),
                    InstantSource.system(),
                    new SecureRandom()))) {
      AuthorityOutput say = new AuthorityOutput(surroundings, output);
      say.wrote("certificate", made.certificateFile());
      say.wrote("revocations", made.revocationsFile());
      say.finish();
    }
    return 0;
  }
}
