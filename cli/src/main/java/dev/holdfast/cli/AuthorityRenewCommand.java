package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.TrustFiles;
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

/** {@code holdfast authority renew}: certifies the same key for the same again. */
@Command(
    name = "renew",
    description =
        "Certifies the same key for the same again, in a new file. What was revoked is not renewed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  holdfast authority renew ca rack-7.pem --out rack-7.next.pem"})
final class AuthorityRenewCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "DIR", description = "folder of the authority")
  private @Nullable Path folder;

  @Parameters(index = "1", paramLabel = "CERTIFICATE", description = "the old one, in PEM")
  private @Nullable Path certificate;

  @Option(
      names = "--lifetime",
      paramLabel = "DURATION",
      defaultValue = "30d",
      converter = DurationConverter.class,
      description = "how long the new one holds (default: 30d)")
  private @Nullable Duration lifetime;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "new file for it")
  private @Nullable Path out;

  @Mixin private final OutputOptions output = new OutputOptions();

  AuthorityRenewCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    IdentityCertificate old = TrustFiles.certificate(requireNonNull(certificate));
    AuthorityOutput.requireFresh(requireNonNull(out));
    AuthorityOutput say = new AuthorityOutput(surroundings, output);
    try (AuthorityFolder authority =
        AuthorityFolder.open(requireNonNull(folder), InstantSource.system(), new SecureRandom())) {
      IdentityCertificate made = authority.renew(old, requireNonNull(lifetime));
      say.write("certificate", out, TrustFiles.print(made));
      say.say("until", made.until().toString());
    }
    say.finish();
    return 0;
  }
}
