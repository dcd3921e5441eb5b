package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.SigningKey;
import dev.holdfast.trust.StatementKey;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/**
 * An ECDSA P-256 key that follows from a seed, and signs deterministically (RFC 6979). Anybody who
 * knows the seed has it: it is for simulations and nothing else.
 */
final class SeededKey implements SigningKey {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-256");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final int HALF = 32;

  private final ECPrivateKeyParameters secret;
  private final StatementKey publicKey;

  private SeededKey(ECPrivateKeyParameters secret, StatementKey publicKey) {
    this.secret = secret;
    this.publicKey = requireNonNull(publicKey, "publicKey");
  }

  /** The key of 32 octets of chance. */
  static SeededKey of(byte[] chance) {
    BigInteger secret =
        new BigInteger(1, chance).mod(CURVE.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE);
    try {
      byte[] spki =
          new SubjectPublicKeyInfo(
                  new AlgorithmIdentifier(
                      X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                  CURVE.getG().multiply(secret).normalize().getEncoded(false))
              .getEncoded();
      return new SeededKey(new ECPrivateKeyParameters(secret, DOMAIN), StatementKey.parse(spki));
    } catch (IOException e) {
      throw new IllegalStateException("a point has octets", e);
    }
  }

  @Override
  public StatementKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, secret);
    BigInteger[] both = signer.generateSignature(Sha256.of(message).octets());
    byte[] signature = new byte[2 * HALF];
    System.arraycopy(BigIntegers.asUnsignedByteArray(HALF, both[0]), 0, signature, 0, HALF);
    System.arraycopy(BigIntegers.asUnsignedByteArray(HALF, both[1]), 0, signature, HALF, HALF);
    return signature;
  }

  /** The public half only. */
  @Override
  public String toString() {
    return "simulated key " + publicKey.id();
  }
}
