package dev.holdfast.trust;

import dev.holdfast.base.Problem;
import dev.holdfast.model.Role;
import dev.holdfast.trust.CertificateCheck.Refused;
import dev.holdfast.trust.CertificateCheck.Valid;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks certificates against the authorities that a reader trusts (RFC 5280 section 6, by the
 * platform's validator). An authority signs certificates itself; there are none in between.
 */
public final class CertificateVerifier {
  private final List<AuthorityCertificate> authorities;
  private final Map<AuthorityCertificate, RevocationList> revocations;

  /**
   * A verifier.
   *
   * @param revocations the newest list of each authority that there is one of
   */
  public CertificateVerifier(
      Collection<AuthorityCertificate> authorities,
      Map<AuthorityCertificate, RevocationList> revocations) {
    this.authorities = List.copyOf(authorities);
    this.revocations = Map.copyOf(revocations);
  }

  /** The authorities that are trusted. */
  public List<AuthorityCertificate> authorities() {
    return authorities;
  }

  /** Whether a trusted authority lets this key have that role at that time. */
  public CertificateCheck check(IdentityCertificate certificate, Role role, Instant at) {
    Optional<Refused> refused = ofAnotherRole(certificate, role);
    if (refused.isPresent()) {
      return refused.get();
    }
    CertificateCheck issued = issued(certificate, at);
    return issued instanceof Valid valid ? revocation(certificate, valid.authority(), at) : issued;
  }

  /** Why a certificate does not fit a role; empty where it does. */
  static Optional<Refused> ofAnotherRole(IdentityCertificate certificate, Role role) {
    return certificate.identity().role() == role
        ? Optional.empty()
        : Optional.of(
            new Refused(
                certificate
                    + " is of a "
                    + certificate.identity().role().word()
                    + ", not "
                    + role.word()));
  }

  /** Which authority issued it, as valid at that time; revocation is not looked into. */
  CertificateCheck issued(IdentityCertificate certificate, Instant at) {
    String reason = "no trusted authority issued " + certificate;
    for (AuthorityCertificate authority : authorities) {
      if (certificate
          .x509()
          .getIssuerX500Principal()
          .equals(authority.x509().getSubjectX500Principal())) {
        try {
          validate(certificate, authority, at);
          return new Valid(authority, null);
        } catch (CertPathValidatorException e) {
          reason = certificate + ": " + Problem.printable(String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("this platform lacks PKIX", e);
        }
      }
    }
    return new Refused(reason);
  }

  /** Whether it was revoked by the authority that issued it. */
  CertificateCheck revocation(
      IdentityCertificate certificate, AuthorityCertificate authority, Instant at) {
    RevocationList list = revocations.get(authority);
    if (list == null) {
      return new Valid(authority, null);
    }
    Optional<RevocationList.Revoked> revoked = list.find(certificate);
    if (revoked.isPresent() && !(revoked.get().retired() && at.isBefore(revoked.get().at()))) {
      return new Refused(certificate + " was revoked at " + revoked.get().at());
    }
    return new Valid(authority, list.madeAt());
  }

  private static void validate(
      IdentityCertificate certificate, AuthorityCertificate authority, Instant at)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.x509(), null)));
    // Lists are looked at above, by the age that the reader sees; nothing is fetched.
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    parameters.addCertPathChecker(new KnowsIdentity());
    CertPathValidator.getInstance("PKIX")
        .validate(X509.factory().generateCertPath(List.of(certificate.x509())), parameters);
  }

  /** Tells the validator that our critical extension is known; it was read before. */
  private static final class KnowsIdentity extends PKIXCertPathChecker {
    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
      return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
      return Set.of(IdentityExtension.OID.getId());
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved) {
      unresolved.remove(IdentityExtension.OID.getId());
    }
  }
}
