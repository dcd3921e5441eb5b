package dev.holdfast.trust;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A request for a certificate (PKCS #10, RFC 2986): a public key and the proof that whoever asks
 * has the secret half, which never leaves where it was made. What it says of a name is not read:
 * the authority says who it is.
 */
public final class CertificateRequest {
  /** The most octets of a request. */
  public static final int LONGEST = 4096;

  private final byte[] der;
  private final StatementKey key;

  private CertificateRequest(byte[] der, StatementKey key) {
    this.der = der;
    this.key = key;
  }

  /**
   * Makes a request.
   *
   * @param secret of the platform, perhaps inside a security chip: ECDSA P-256
   */
  public static CertificateRequest make(PrivateKey secret, StatementKey key) {
    try {
      ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(secret);
      PKCS10CertificationRequest request =
          new PKCS10CertificationRequestBuilder(
                  new X500Name("CN=holdfast"), SubjectPublicKeyInfo.getInstance(key.spki()))
              .build(signer);
      return parse(request.getEncoded(), "request");
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalArgumentException("the key does not sign with ECDSA P-256", e);
    }
  }

  /**
   * Reads a request in DER.
   *
   * @throws CodedException MALFORMED_REQUEST where it is none, or the key in it did not sign it
   */
  public static CertificateRequest parse(byte[] der, String source) {
    try {
      PKCS10CertificationRequest request =
          der.length > LONGEST ? null : new PKCS10CertificationRequest(der);
      if (request == null || !Arrays.equals(request.getEncoded(), der)) {
        throw new IllegalArgumentException("it is too large or something follows it");
      }
      StatementKey key = StatementKey.parse(request.getSubjectPublicKeyInfo().getEncoded());
      if (!request.isSignatureValid(
          new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()))) {
        throw new IllegalArgumentException("the key in it did not sign it");
      }
      return new CertificateRequest(der.clone(), key);
    } catch (IOException
        | PKCSException
        | OperatorCreationException
        | CodedException
        | IllegalArgumentException
        | ClassCastException e) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.MALFORMED_REQUEST,
              "it is not a request for a certificate (PKCS #10) that its own key signed"),
          e);
    }
  }

  /** The key that wants to be certified. */
  public StatementKey key() {
    return key;
  }

  /** Its octets. */
  public byte[] der() {
    return der.clone();
  }
}
