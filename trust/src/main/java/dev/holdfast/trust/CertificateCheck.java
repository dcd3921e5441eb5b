package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of checking a certificate: which authority vouches for it, or why none does. */
public sealed interface CertificateCheck {
  /**
   * A trusted authority vouches for it at the time that was asked about.
   *
   * @param revocationsAt when the list was made that does not name it; null where no list of this
   *     authority was at hand: then revocation was <b>not</b> checked
   */
  record Valid(AuthorityCertificate authority, @Nullable Instant revocationsAt)
      implements CertificateCheck {
    public Valid {
      requireNonNull(authority, "authority");
    }
  }

  /**
   * Nobody trusted vouches for it.
   *
   * @param reason in English
   */
  record Refused(String reason) implements CertificateCheck {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
