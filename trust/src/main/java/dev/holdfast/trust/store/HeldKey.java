package dev.holdfast.trust.store;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.SigningKey;
import dev.holdfast.trust.StatementKey;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * A private ECDSA P-256 key that this process may use, and its public half. Never printed.
 *
 * <p>On disk it is PKCS #8 in PEM (RFC 5958, RFC 7468), in a file of its owner alone.
 */
public final class HeldKey {
  private static final int LARGEST = 8192;
  private static final String CURVE = "secp256r1";

  private final PrivateKey secret;
  private final StatementKey publicKey;

  HeldKey(PrivateKey secret, StatementKey publicKey) {
    this.secret = requireNonNull(secret, "secret");
    this.publicKey = requireNonNull(publicKey, "publicKey");
  }

  /** A new key. */
  public static HeldKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE), random);
      KeyPair pair = generator.generateKeyPair();
      return new HeldKey(pair.getPrivate(), StatementKey.of(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /**
   * Reads a key from a file.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, or BAD_KEY_FILE where others may reach
   *     it or it holds no P-256 key
   */
  public static HeldKey read(Path file) {
    byte[] text = OwnersFiles.read(file, LARGEST);
    byte[] octets = new byte[0];
    try {
      octets = Pem.part(text, Pem.PRIVATE_KEY, file.toString(), ErrorCode.BAD_KEY_FILE);
      PrivateKey secret =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(octets));
      return new HeldKey(secret, StatementKey.of(publicOf((ECPrivateKey) secret)));
    } catch (GeneralSecurityException | RuntimeException e) {
      if (e instanceof CodedException coded && coded.problem().code() == ErrorCode.BAD_KEY_FILE) {
        throw coded;
      }
      // Without its cause, which could show some of the key.
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.BAD_KEY_FILE, "it holds no ECDSA P-256 key"));
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static PublicKey publicOf(ECPrivateKey secret) throws GeneralSecurityException {
    org.bouncycastle.math.ec.ECPoint point =
        CustomNamedCurves.getByName("P-256").getG().multiply(secret.getS()).normalize();
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(
                    point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger()),
                secret.getParams()));
  }

  /**
   * Writes the key to a new file of its owner alone.
   *
   * @throws CodedException BAD_KEY_FILE where there is a file already; FILE_UNWRITABLE
   * @throws IllegalStateException where the key cannot leave its chip
   */
  public void write(Path file) {
    byte[] octets = secret.getEncoded();
    if (octets == null) {
      throw new IllegalStateException("the key cannot leave its chip");
    }
    byte[] text = Pem.print(Pem.PRIVATE_KEY, octets);
    try {
      OwnersFiles.create(file, text);
    } finally {
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The public half. */
  public StatementKey publicKey() {
    return publicKey;
  }

  /** As the platform has it, for TLS and certificates. */
  public PrivateKey secret() {
    return secret;
  }

  /** What signs statements with it. */
  public SigningKey signing() {
    return SigningKey.of(secret, publicKey);
  }

  /** The public half only. */
  @Override
  public String toString() {
    return "key " + publicKey.id();
  }
}
