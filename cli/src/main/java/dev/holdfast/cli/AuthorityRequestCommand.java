package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.CertificateRequest;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.TrustFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast authority request}: asks for a certificate where the key is. */
@Command(
    name = "request",
    description =
        "Makes a request for a certificate (PKCS #10) on the machine that has the key, so that the"
            + " key never travels. Run it on the host; the file goes to the authority's enrol.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  holdfast authority request --key rack-7.key --out rack-7.csr",
      "  holdfast authority request --pkcs11 softhsm.cfg --alias rack-8 --pin-file pin \\",
      "    --out rack-8.csr"
    })
final class AuthorityRequestCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Where where;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "new file for it")
  private @Nullable Path out;

  @Mixin private final OutputOptions output = new OutputOptions();

  AuthorityRequestCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Where the key is: one of the two. */
  static final class Where {
    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "the key's file; made where there is none")
    private @Nullable Path file;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable ChipKeyOptions chip;
  }

  @Override
  public Integer call() {
    Path file = requireNonNull(out);
    AuthorityOutput.requireFresh(file);
    AuthorityOutput say = new AuthorityOutput(surroundings, output);
    HeldKey key = key(say);
    say.write(
        "request", file, TrustFiles.print(CertificateRequest.make(key.secret(), key.publicKey())));
    say.finish();
    return 0;
  }

  private HeldKey key(AuthorityOutput say) {
    ChipKeyOptions chip = where.chip;
    if (chip != null) {
      return chip.key();
    }
    Path file = requireNonNull(where.file);
    if (Files.exists(file)) {
      return HeldKey.read(file);
    }
    HeldKey made = HeldKey.generate(new SecureRandom());
    made.write(file);
    say.wrote("key", file);
    return made;
  }
}
