package dev.holdfast.cli;

import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.store.TrustFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which authorities the reader of signed rounds believes. */
final class AuthorityOptions {
  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description = "with signed rounds: the authorities that you believe, in PEM")
  @Nullable Path authority;

  @Option(
      names = "--revocations",
      paramLabel = "FILE",
      description = "with signed rounds: their lists of revocations; without, none is checked")
  @Nullable Path revocations;

  /** The reader's own trust. */
  CertificateVerifier verifier(CommandSpec spec) {
    if (authority == null) {
      throw new ParameterException(
          spec.commandLine(),
          "nothing vouches for itself: say which authorities you believe with --authority=FILE");
    }
    return TrustFiles.verifier(authority, revocations);
  }
}
