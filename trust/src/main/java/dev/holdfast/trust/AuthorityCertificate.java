package dev.holdfast.trust;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.SourceId;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The self-signed certificate of an authority: what a reader puts trust in, by taking it from
 * somewhere else than what is to be checked.
 */
public final class AuthorityCertificate {
  private static final int SIGN_CERTIFICATES = 5;

  private final X509Certificate certificate;
  private final StatementKey key;
  private final String name;

  private AuthorityCertificate(X509Certificate certificate, StatementKey key, String name) {
    this.certificate = certificate;
    this.key = key;
    this.name = name;
  }

  /**
   * Reads a certificate in DER.
   *
   * @throws CodedException MALFORMED_CERTIFICATE where it is not that of an authority that signed
   *     it itself
   */
  public static AuthorityCertificate parse(byte[] der, String source) {
    X509Certificate certificate = X509.parse(der, source);
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || usage == null || !usage[SIGN_CERTIFICATES]) {
      throw X509.refuse(source, "it is not the certificate of an authority");
    }
    try {
      StatementKey key = StatementKey.of(certificate.getPublicKey());
      certificate.verify(certificate.getPublicKey());
      String name = name(certificate);
      // Its statements come from a source of this name.
      var _ = new SourceId("authority:" + name);
      return new AuthorityCertificate(certificate, key, name);
    } catch (CodedException e) {
      throw X509.refuse(source, e.problem().reason());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.MALFORMED_CERTIFICATE,
              "it did not sign itself: " + Problem.printable(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static String name(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> String.valueOf(part.getValue()))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("it has no name"));
    } catch (InvalidNameException e) {
      throw new IllegalArgumentException("its name is malformed", e);
    }
  }

  /** The name that it gives itself. */
  public String name() {
    return name;
  }

  /** The source of its statements. */
  public SourceId source() {
    return new SourceId("authority:" + name);
  }

  /** The key that its statements are checked with. */
  public StatementKey key() {
    return key;
  }

  /** The last moment at which it is valid. */
  public Instant until() {
    return certificate.getNotAfter().toInstant();
  }

  /** Its octets. */
  public byte[] der() {
    return X509.der(certificate);
  }

  /** As the platform has it. */
  public X509Certificate x509() {
    return certificate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuthorityCertificate that && certificate.equals(that.certificate);
  }

  @Override
  public int hashCode() {
    return certificate.hashCode();
  }

  @Override
  public String toString() {
    return source() + " (key " + key.id() + ")";
  }
}
