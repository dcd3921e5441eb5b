package dev.holdfast.trust;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * A short-lived certificate of a host or a landmark (X.509, RFC 5280) as it was read; whether an
 * authority vouches for it says {@link CertificateVerifier}.
 *
 * <p>One key serves TLS and statements. Neither can be taken for the other: TLS 1.3 signs 64 blanks
 * and a label (RFC 8446 section 4.4.3), an envelope begins with {@code DSSEv1}.
 */
public final class IdentityCertificate {
  private final X509Certificate certificate;
  private final Identity identity;
  private final StatementKey key;

  private IdentityCertificate(X509Certificate certificate, Identity identity, StatementKey key) {
    this.certificate = certificate;
    this.identity = identity;
    this.key = key;
  }

  /**
   * Reads a certificate in DER.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_CERTIFICATE where it is none, names no identity, or its key is
   *     not one of {@link StatementKey}
   */
  public static IdentityCertificate parse(byte[] der, String source) {
    return of(X509.parse(der, source), source);
  }

  /**
   * The same of a certificate that the platform read.
   *
   * @throws CodedException MALFORMED_CERTIFICATE
   */
  public static IdentityCertificate of(X509Certificate certificate, String source) {
    byte[] extension = certificate.getExtensionValue(IdentityExtension.OID.getId());
    if (extension == null) {
      throw X509.refuse(source, "it names no identity of Holdfast");
    }
    try {
      Identity identity =
          IdentityExtension.decode(ASN1OctetString.getInstance(extension).getOctets());
      return new IdentityCertificate(
          certificate, identity, StatementKey.of(certificate.getPublicKey()));
    } catch (CodedException e) {
      throw X509.refuse(source, e.problem().reason());
    } catch (RuntimeException e) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.MALFORMED_CERTIFICATE,
              "its identity is malformed: " + Problem.printable(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** What it says of the key. */
  public Identity identity() {
    return identity;
  }

  /** The key. */
  public StatementKey key() {
    return key;
  }

  /** Its number, unique within its authority. */
  public BigInteger serial() {
    return certificate.getSerialNumber();
  }

  /** From when on it is valid. */
  public Instant from() {
    return certificate.getNotBefore().toInstant();
  }

  /** The last moment at which it is valid. */
  public Instant until() {
    return certificate.getNotAfter().toInstant();
  }

  /**
   * Refuses a statement that this certificate's key did not sign, or that comes from another source
   * than the one certified. Who vouches for the certificate is another question.
   *
   * @param statement what {@link Statement#parse} made of the envelope's payload
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_STATEMENT, naming the field
   */
  public void requireSigned(Envelope envelope, Statement statement, String source) {
    if (StatementVerifier.check(envelope, statement, key)
        instanceof StatementCheck.Refused refused) {
      throw new CodedException(
          new Problem(ErrorCode.MALFORMED_STATEMENT, source, 0, "signatures", refused.reason()));
    }
    if (!statement.source().equals(identity.source())) {
      throw new CodedException(
          new Problem(
              ErrorCode.MALFORMED_STATEMENT,
              source,
              0,
              "source",
              "it is said to come from "
                  + Problem.quote(statement.source().value())
                  + " and signed by "
                  + Problem.quote(identity.source().value())));
    }
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
    return other instanceof IdentityCertificate that && certificate.equals(that.certificate);
  }

  @Override
  public int hashCode() {
    return certificate.hashCode();
  }

  /** Role, name and serial number. */
  @Override
  public String toString() {
    return identity.source() + " (certificate " + serial().toString(16) + ")";
  }
}
