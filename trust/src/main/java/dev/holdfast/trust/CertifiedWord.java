package dev.holdfast.trust;

import dev.holdfast.model.Role;
import java.time.Instant;

/**
 * What a statement says whose signature was checked against the certificate inside it. Whether an
 * authority vouches for that certificate is another question.
 */
public interface CertifiedWord {
  /** The certificate of who speaks. */
  IdentityCertificate certificate();

  /** What one must be certified as to say this. */
  Role role();

  /** When it was signed, as it says itself. */
  Instant at();
}
