package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Role;
import dev.holdfast.trust.CertificateCheck.Valid;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link CertificateVerifier} that remembers which certificates an authority issued, so that a
 * source that signs a thousand statements has its certificate read and validated once. Safe for
 * many threads.
 *
 * <p>Only good certificates are remembered, for as long as they are valid and at most {@value
 * #MOST} of them; those used last are kept. Revocation is looked into each time.
 */
public final class CertificateMemory {
  private static final int MOST = 4096;

  private final CertificateVerifier verifier;
  private final Map<ByteBuffer, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Known> eldest) {
          return size() > MOST;
        }
      };

  private record Known(IdentityCertificate certificate, AuthorityCertificate authority) {
    boolean isValidAt(Instant at) {
      return !at.isBefore(certificate.from()) && !at.isAfter(certificate.until());
    }
  }

  public CertificateMemory(CertificateVerifier verifier) {
    this.verifier = requireNonNull(verifier, "verifier");
  }

  /** As {@link IdentityCertificate#parse}. */
  public synchronized IdentityCertificate parse(byte[] der, String source) {
    Known before = known.get(ByteBuffer.wrap(der));
    return before == null ? IdentityCertificate.parse(der, source) : before.certificate();
  }

  /** As {@link CertificateVerifier#check}. */
  public synchronized CertificateCheck check(
      IdentityCertificate certificate, Role role, Instant at) {
    Optional<CertificateCheck.Refused> refused =
        CertificateVerifier.ofAnotherRole(certificate, role);
    if (refused.isPresent()) {
      return refused.get();
    }
    ByteBuffer der = ByteBuffer.wrap(certificate.der());
    Known before = known.get(der);
    if (before != null && before.isValidAt(at)) {
      return verifier.revocation(certificate, before.authority(), at);
    }
    CertificateCheck issued = verifier.issued(certificate, at);
    if (!(issued instanceof Valid valid)) {
      return issued;
    }
    known.put(der, new Known(certificate, valid.authority()));
    return verifier.revocation(certificate, valid.authority(), at);
  }
}
