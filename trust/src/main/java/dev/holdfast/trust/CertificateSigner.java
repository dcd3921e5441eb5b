package dev.holdfast.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.operator.ContentSigner;

/**
 * One signature of a certificate by a {@link SigningKey}, which gives r and s as they are; a
 * certificate has them in DER (RFC 3279 section 2.2.3).
 */
final class CertificateSigner implements ContentSigner {
  private static final int HALF = KeyKind.SIGNATURE_LENGTH / 2;

  private final SigningKey key;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();

  /**
   * A signer.
   *
   * @throws IllegalArgumentException where the key is of another kind than ECDSA P-256
   */
  CertificateSigner(SigningKey key) {
    if (key.publicKey().kind() != KeyKind.ECDSA_P256) {
      throw new IllegalArgumentException("an authority has a key of ECDSA P-256");
    }
    this.key = key;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  }

  @Override
  public OutputStream getOutputStream() {
    return message;
  }

  @Override
  public byte[] getSignature() {
    byte[] both = key.sign(message.toByteArray());
    try {
      return StandardDSAEncoding.INSTANCE.encode(
          NistCurve.ORDER, new BigInteger(1, both, 0, HALF), new BigInteger(1, both, HALF, HALF));
    } catch (IOException e) {
      throw new IllegalStateException("two numbers have a form in DER", e);
    }
  }
}
