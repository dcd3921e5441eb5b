package dev.holdfast.trust;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;

/**
 * A key for tests whose secret is the SHA-256 hash of its name, and whose signatures are the same
 * on every run.
 *
 * @param secret the Ed25519 seed, or the P-256 secret number
 */
record FixedKey(String name, byte[] secret, StatementKey publicKey) implements SigningKey {
  private static final byte[] ED25519_PKCS8 =
      HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final byte[] P256_SPKI =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  static FixedKey ed25519(String name) {
    byte[] seed = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).octets();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EdDSA");
      generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
      return new FixedKey(name, seed, StatementKey.of(generator.generateKeyPair().getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static FixedKey p256(String name) {
    byte[] secret = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).octets();
    byte[] point = TinyP256.publicKey(new BigInteger(1, secret));
    return new FixedKey(name, secret, StatementKey.parse(TinyP256.join(P256_SPKI, point)));
  }

  @Override
  public byte[] sign(byte[] message) {
    return switch (publicKey.kind()) {
      case ED25519 -> SigningKey.of(privateKey(), publicKey).sign(message);
      case ECDSA_P256 -> TinyP256.sign(new BigInteger(1, secret), message);
    };
  }

  /** The Ed25519 secret as the platform's key. */
  PrivateKey privateKey() {
    try {
      return KeyFactory.getInstance("EdDSA")
          .generatePrivate(new PKCS8EncodedKeySpec(TinyP256.join(ED25519_PKCS8, secret)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Chance that gives what it is told. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] given;

    Given(byte[] given) {
      this.given = given;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(given, 0, bytes, 0, bytes.length);
    }
  }
}
