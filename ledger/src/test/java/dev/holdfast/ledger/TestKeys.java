package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;

/** Keys that are the same in every run; of no use for anything but tests. */
final class TestKeys {
  static final String ORIGIN = "ledger.example/log";
  static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  static final SigningKey LOG = make(ORIGIN, KeyAlgorithm.ED25519_NOTE);
  static final SigningKey PQ_LOG = make(ORIGIN, KeyAlgorithm.MLDSA44_COSIGNATURE);
  static final SigningKey WITNESS = make("witness.example/one", KeyAlgorithm.ED25519_COSIGNATURE);
  static final SigningKey PQ_WITNESS =
      make("witness.example/two", KeyAlgorithm.MLDSA44_COSIGNATURE);

  private TestKeys() {}

  /** The key whose seed is the SHA-256 of its name and its algorithm. */
  static SigningKey make(String name, KeyAlgorithm algorithm) {
    return SigningKey.of(name, algorithm, pair(name, algorithm));
  }

  static KeyPair pair(String name, KeyAlgorithm algorithm) {
    byte[] seed = TreeHasher.plain((name + "\n" + algorithm).getBytes(UTF_8)).octets();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.jdkName());
      generator.initialize(new NamedParameterSpec(algorithm.jdkName()), new Fixed(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A bare signature; for ML-DSA-44 the deterministic one of FIPS 204. */
  static byte[] sign(PrivateKey key, String algorithm, byte[] message) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key, new Fixed(new byte[32]));
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A copy in which one bit of an octet is the other one. */
  static byte[] flipped(byte[] octets, int at) {
    byte[] copy = octets.clone();
    copy[at] ^= 1;
    return copy;
  }

  static NoteSignature with(NoteSignature signature, byte[] octets) {
    return new NoteSignature(signature.name(), signature.keyId(), octets);
  }

  /** Chance that always gives the same octets. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] octets;

    Fixed(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public void nextBytes(byte[] target) {
      if (target.length != octets.length) {
        throw new AssertionError("asked for " + target.length + " octets");
      }
      byte[] copy = Arrays.copyOf(octets, octets.length);
      System.arraycopy(copy, 0, target, 0, target.length);
    }
  }
}
