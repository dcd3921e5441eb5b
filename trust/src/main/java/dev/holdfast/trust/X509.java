package dev.holdfast.trust;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.Certificate;

/** Reading certificates of the platform from hostile octets. */
final class X509 {
  /** The most octets of a certificate. */
  static final int LONGEST = 4096;

  private X509() {}

  /**
   * A certificate in DER, with nothing behind it.
   *
   * @throws CodedException MALFORMED_CERTIFICATE
   */
  static X509Certificate parse(byte[] der, String source) {
    if (der.length > LONGEST) {
      throw refuse(source, "it has more than " + LONGEST + " octets");
    }
    try (InputStream in = new ByteArrayInputStream(der)) {
      X509Certificate certificate = (X509Certificate) factory().generateCertificate(in);
      if (!Arrays.equals(certificate.getEncoded(), der)) {
        throw refuse(source, "something follows the certificate");
      }
      // The platform takes a signature that is said to end within an octet: a second spelling.
      if (Certificate.getInstance(der).getSignature().getPadBits() != 0) {
        throw refuse(source, "its signature does not end with an octet");
      }
      return certificate;
    } catch (CodedException e) {
      throw e;
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // Parsers of the platform leave by exceptions of many kinds on hostile octets.
      throw new CodedException(problem(source, "it is not an X.509 certificate in DER"), e);
    }
  }

  static CertificateFactory factory() throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509");
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("it was read from its octets", e);
    }
  }

  static CodedException refuse(String source, String reason) {
    return new CodedException(problem(source, reason));
  }

  private static Problem problem(String source, String reason) {
    return Problem.in(source, ErrorCode.MALFORMED_CERTIFICATE, reason);
  }
}
