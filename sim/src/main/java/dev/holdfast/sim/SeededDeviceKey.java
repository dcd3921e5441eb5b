package dev.holdfast.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.util.BigIntegers;

/**
 * An ECDSA P-384 key as chips have it, that follows from a seed and signs deterministically (RFC
 * 6979). Anybody who knows the seed has it: it is for simulations and nothing else.
 */
final class SeededDeviceKey {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-384");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final int HALF = 48;

  private final ECPrivateKeyParameters secret;
  private final SubjectPublicKeyInfo publicKey;

  /** The key of 32 octets of chance. */
  SeededDeviceKey(byte[] chance) {
    BigInteger number =
        new BigInteger(1, sha384(chance)).mod(CURVE.getN().subtract(BigInteger.ONE));
    secret = new ECPrivateKeyParameters(number.add(BigInteger.ONE), DOMAIN);
    publicKey =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(
                X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1),
            CURVE.getG().multiply(secret.getD()).normalize().getEncoded(false));
  }

  SubjectPublicKeyInfo publicKey() {
    return publicKey;
  }

  /** r and s, 48 octets each. */
  byte[] sign(byte[] message) {
    byte[] signature = new byte[2 * HALF];
    BigInteger[] both = both(message);
    System.arraycopy(BigIntegers.asUnsignedByteArray(HALF, both[0]), 0, signature, 0, HALF);
    System.arraycopy(BigIntegers.asUnsignedByteArray(HALF, both[1]), 0, signature, HALF, HALF);
    return signature;
  }

  private BigInteger[] both(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA384Digest()));
    signer.init(true, secret);
    return signer.generateSignature(sha384(message));
  }

  /** Signs certificates and lists, once. */
  ContentSigner signer() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    return new ContentSigner() {
      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
      }

      @Override
      public OutputStream getOutputStream() {
        return content;
      }

      @Override
      public byte[] getSignature() {
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        for (BigInteger each : both(content.toByteArray())) {
          numbers.add(new ASN1Integer(each));
        }
        try {
          return new DERSequence(numbers).getEncoded();
        } catch (IOException e) {
          throw new IllegalStateException("two numbers have octets", e);
        }
      }
    };
  }

  private static byte[] sha384(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-384").digest(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-384", e);
    }
  }
}
