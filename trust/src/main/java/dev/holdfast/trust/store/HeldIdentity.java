package dev.holdfast.trust.store;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.IdentityCertificate;
import java.nio.file.Path;

/** A key with its certificate: who a daemon is. */
public record HeldIdentity(HeldKey key, IdentityCertificate certificate) {
  public HeldIdentity {
    requireNonNull(key, "key");
    requireNonNull(certificate, "certificate");
    if (!key.publicKey().equals(certificate.key())) {
      throw new IllegalArgumentException("the certificate is of another key");
    }
  }

  /**
   * Puts a key beside its certificate in a file.
   *
   * @throws CodedException as {@link TrustFiles#certificate}; KEY_MISMATCH where it is of another
   *     key
   */
  public static HeldIdentity of(HeldKey key, Path certificateFile) {
    IdentityCertificate certificate = TrustFiles.certificate(certificateFile);
    if (!key.publicKey().equals(certificate.key())) {
      throw new CodedException(
          Problem.in(
              certificateFile.toString(),
              ErrorCode.KEY_MISMATCH,
              "it certifies the key " + certificate.key().id() + ", not " + key.publicKey().id()));
    }
    return new HeldIdentity(key, certificate);
  }
}
