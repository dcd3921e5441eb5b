package dev.holdfast.trust;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * Whatever can sign for a public key: a key in memory, or a security chip behind an adapter.
 *
 * <p>ECDSA signatures come as r and s of 32 octets each; {@link StatementSigner} lowers s and
 * checks every signature before it leaves.
 */
public interface SigningKey {
  /** The public half. */
  StatementKey publicKey();

  /** Signs a message: 64 octets. */
  byte[] sign(byte[] message);

  /**
   * A key of the platform.
   *
   * @throws IllegalArgumentException when asked to sign, where the two halves are of different
   *     algorithms
   */
  static SigningKey of(PrivateKey secret, StatementKey publicKey) {
    return new SigningKey() {
      @Override
      public StatementKey publicKey() {
        return publicKey;
      }

      @Override
      public byte[] sign(byte[] message) {
        String algorithm = publicKey.kind().signatureAlgorithm();
        try {
          Signature signer = Signature.getInstance(algorithm);
          signer.initSign(secret);
          signer.update(message);
          return signer.sign();
        } catch (InvalidKeyException e) {
          throw new IllegalArgumentException("the secret half does not fit " + algorithm, e);
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("this platform could not sign with " + algorithm, e);
        }
      }

      // The public half only: a secret is never printed.
      @Override
      public String toString() {
        return "signing key for " + publicKey;
      }
    };
  }
}
