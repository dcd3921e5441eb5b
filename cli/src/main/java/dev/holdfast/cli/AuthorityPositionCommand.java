package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Role;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.TrustFiles;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast authority position}: states where a landmark stands. */
@Command(
    name = "position",
    description =
        "States where a landmark stands from now on, in a signed file that the landmark shows with"
            + " its rounds.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast authority position ca fra-1.pem --latitude 50.11 --longitude 8.68 \\",
      "    --out fra-1.moved.json"
    })
final class AuthorityPositionCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "folder of the authority")
  private @Nullable Path folder;

  @Parameters(index = "1", paramLabel = "CERTIFICATE", description = "of the landmark, in PEM")
  private @Nullable Path certificate;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "new file for it")
  private @Nullable Path out;

  @Mixin private final PlaceOptions place = new PlaceOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  AuthorityPositionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    IdentityCertificate of = TrustFiles.certificate(requireNonNull(certificate));
    try {
      place.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    if (of.identity().role() != Role.LANDMARK) {
      throw new ParameterException(spec.commandLine(), certificate + " is not of a landmark");
    }
    AuthorityOutput.requireFresh(requireNonNull(out));
    AuthorityOutput say = new AuthorityOutput(surroundings, output);
    InstantSource clock = InstantSource.system();
    try (AuthorityFolder authority =
        AuthorityFolder.open(requireNonNull(folder), clock, new SecureRandom())) {
      authority.requireIssued(of);
      say.write("position", out, place.statement(authority, of, clock));
    }
    say.finish();
    return 0;
  }
}
