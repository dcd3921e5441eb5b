package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.TrustFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast authority revoke}: takes a certificate back. */
@Command(
    name = "revoke",
    description =
        "Takes a certificate back and writes a new list of revocations (CRL), which has to be carried"
            + " to whoever checks.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "What was signed before stays good where the reason is superseded or cessation-of-operation;",
      "with the others nothing that the key ever signed is believed any more.",
      "",
      "Example:",
      "  holdfast authority revoke ca rack-7.pem --reason key-compromise"
    })
final class AuthorityRevokeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "folder of the authority")
  private @Nullable Path folder;

  @Parameters(index = "1", paramLabel = "CERTIFICATE", description = "in PEM")
  private @Nullable Path certificate;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      defaultValue = "unspecified",
      description =
          "unspecified, key-compromise, superseded or cessation-of-operation (default: unspecified)")
  private String reason = "unspecified";

  @Mixin private final OutputOptions output = new OutputOptions();

  AuthorityRevokeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    AuthorityFolder.Reason why;
    try {
      why = AuthorityFolder.Reason.valueOf(reason.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "'"
              + reason
              + "' is not unspecified, key-compromise, superseded or cessation-of-operation",
          e);
    }
    IdentityCertificate revoked = TrustFiles.certificate(requireNonNull(certificate));
    AuthorityOutput say = new AuthorityOutput(surroundings, output);
    try (AuthorityFolder authority =
        AuthorityFolder.open(requireNonNull(folder), InstantSource.system(), new SecureRandom())) {
      var _ = authority.revoke(revoked, why);
      say.wrote("revocations", authority.revocationsFile());
    }
    say.finish();
    return 0;
  }
}
