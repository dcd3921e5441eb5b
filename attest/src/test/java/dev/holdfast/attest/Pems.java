package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Certificates as text. */
final class Pems {
  private Pems() {}

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A chain in which one certificate has other octets. */
  static byte[] with(DeviceChain chain, int index, byte[] octets) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < chain.certificates().size(); i++) {
      byte[] der = i == index ? octets : der(chain.certificates().get(i));
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString().getBytes(US_ASCII);
  }
}
