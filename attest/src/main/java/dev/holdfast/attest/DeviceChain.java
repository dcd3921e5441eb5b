package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The certificates that come with a report, as they were shown: the leaf first. Reading checks
 * their form and no signature.
 *
 * @param certificates 1 to {@value #MOST}
 */
public record DeviceChain(List<X509Certificate> certificates) {
  /** The most octets of a chain. */
  public static final int LONGEST = 65_536;

  private static final int MOST = 16;
  private static final int LONGEST_CERTIFICATE = 4096;
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\s*-----BEGIN CERTIFICATE-----\\s*([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----\\s*");

  public DeviceChain {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty() || certificates.size() > MOST) {
      throw new IllegalArgumentException("a chain has 1 to " + MOST + " certificates");
    }
  }

  /**
   * Reads a chain: PEM (RFC 7468), one certificate behind the other, and nothing else. Zeroes at
   * the end are let be, since drivers hand over buffers.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_CHAIN, or INPUT_TOO_LARGE
   */
  public static DeviceChain parse(byte[] octets, String source) {
    if (octets.length > LONGEST) {
      throw new CodedException(
          Problem.in(source, ErrorCode.INPUT_TOO_LARGE, "it has more than " + LONGEST + " octets"));
    }
    int end = octets.length;
    while (end > 0 && octets[end - 1] == 0) {
      end--;
    }
    String text = new String(octets, 0, end, US_ASCII);
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (certificates.size() == MOST || !block.region(at, text.length()).lookingAt()) {
        throw refuse(
            source, "it is not 1 to " + MOST + " certificates in PEM (RFC 7468) and nothing else");
      }
      certificates.add(certificate(block.group(1), source));
      at = block.end();
    }
    if (certificates.isEmpty()) {
      throw refuse(source, "it holds no certificate");
    }
    return new DeviceChain(certificates);
  }

  private static X509Certificate certificate(String base64, String source) {
    String digits = base64.replaceAll("\\s", "");
    byte[] der;
    try {
      der = Base64.getDecoder().decode(digits);
    } catch (IllegalArgumentException e) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_CHAIN, "a certificate is not base64"), e);
    }
    if (!Base64.getEncoder().encodeToString(der).equals(digits)) {
      throw refuse(source, "the base64 of a certificate has loose bits");
    }
    return certificate(der, source);
  }

  /**
   * A certificate in DER, with nothing behind it.
   *
   * @throws CodedException MALFORMED_CHAIN
   */
  static X509Certificate certificate(byte[] der, String source) {
    if (der.length > LONGEST_CERTIFICATE) {
      throw refuse(source, "a certificate has more than " + LONGEST_CERTIFICATE + " octets");
    }
    try (InputStream in = new ByteArrayInputStream(der)) {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509", FastCurve.PROVIDER).generateCertificate(in);
      // Readers take a signature that is said to end within an octet: a second spelling.
      if (!Arrays.equals(certificate.getEncoded(), der)
          || Certificate.getInstance(der).getSignature().getPadBits() != 0) {
        throw refuse(source, "a certificate is not in DER");
      }
      return certificate;
    } catch (CodedException e) {
      throw e;
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // Parsers of the platform leave by exceptions of many kinds on hostile octets.
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_CHAIN, "it holds what is no certificate"), e);
    }
  }

  private static CodedException refuse(String source, String reason) {
    return new CodedException(Problem.in(source, ErrorCode.MALFORMED_CHAIN, reason));
  }

  /** The certificate whose key signs reports. */
  public X509Certificate leaf() {
    return certificates.getFirst();
  }
}
