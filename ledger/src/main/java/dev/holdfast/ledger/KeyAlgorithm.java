package dev.holdfast.ledger;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A signature type of C2SP signed-note: how a key signs, and what.
 *
 * <p>These three are what public logs and witnesses use. A type that is not here is an unknown key,
 * whose signatures are ignored.
 */
public enum KeyAlgorithm {
  /** Ed25519 over the text of the note (C2SP signed-note). */
  ED25519_NOTE(0x01, "Ed25519", 32, 64, "302a300506032b6570032100"),

  /** Ed25519 over {@code cosignature/v1}, a time and the text (C2SP tlog-cosignature). */
  ED25519_COSIGNATURE(0x04, "Ed25519", 32, 64, "302a300506032b6570032100"),

  /** ML-DSA-44 over {@code subtree/v1}, the cosigner's name, a time and the tree. */
  MLDSA44_COSIGNATURE(
      0x06, "ML-DSA-44", 1312, 2420, "30820532300b06096086480165030403110382052100");

  private final int code;
  private final String jdkName;
  private final int publicKeyLength;
  private final int rawSignatureLength;
  private final String publicKeyPrefix;

  KeyAlgorithm(
      int code,
      String jdkName,
      int publicKeyLength,
      int rawSignatureLength,
      String publicKeyPrefix) {
    this.code = code;
    this.jdkName = jdkName;
    this.publicKeyLength = publicKeyLength;
    this.rawSignatureLength = rawSignatureLength;
    this.publicKeyPrefix = publicKeyPrefix;
  }

  /** The algorithm with this signature type octet, or empty where it is none of these. */
  public static Optional<KeyAlgorithm> ofCode(int code) {
    for (KeyAlgorithm algorithm : values()) {
      if (algorithm.code == code) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The signature type octet. */
  public int code() {
    return code;
  }

  /** The name under which the JDK knows it, for {@code KeyPairGenerator} and the like. */
  public String jdkName() {
    return jdkName;
  }

  /** Octets of a public key. */
  public int publicKeyLength() {
    return publicKeyLength;
  }

  /** Octets of the bare signature, without a timestamp. */
  public int rawSignatureLength() {
    return rawSignatureLength;
  }

  /** Octets of a signature in a note, after the key id: with the timestamp where it has one. */
  public int signatureLength() {
    return rawSignatureLength + (isCosignature() ? Long.BYTES : 0);
  }

  /** Whether it makes cosignatures: only over checkpoints, and with a timestamp. */
  public boolean isCosignature() {
    return this != ED25519_NOTE;
  }

  /** What stands before the octets of a public key in its X.509 form (RFC 8410, RFC 9881). */
  byte[] publicKeyPrefix() {
    return HexFormat.of().parseHex(publicKeyPrefix);
  }
}
