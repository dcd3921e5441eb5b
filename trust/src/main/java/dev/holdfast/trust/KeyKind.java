package dev.holdfast.trust;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The two kinds of key that sign statements. The kind follows from the key, never from an envelope.
 */
public enum KeyKind {
  /** Ed25519 (RFC 8032); signatures are R and S, 32 octets each. */
  ED25519("302a300506032b6570032100", 32, "EdDSA", "Ed25519"),
  /**
   * ECDSA on P-256 with SHA-256 (FIPS 186-5), since TPMs sign with it; signatures are r and s, 32
   * octets each (IEEE P1363), s at most half the order.
   */
  ECDSA_P256(
      "3059301306072a8648ce3d020106082a8648ce3d03010703420004",
      64,
      "EC",
      "SHA256withECDSAinP1363Format");

  /** Octets of a signature of either kind. */
  static final int SIGNATURE_LENGTH = 64;

  /** How every SubjectPublicKeyInfo of this kind begins, in hexadecimal digits. */
  private final String prefix;

  private final int pointLength;
  private final String keyAlgorithm;
  private final String signatureAlgorithm;

  KeyKind(String prefix, int pointLength, String keyAlgorithm, String signatureAlgorithm) {
    this.prefix = prefix;
    this.pointLength = pointLength;
    this.keyAlgorithm = keyAlgorithm;
    this.signatureAlgorithm = signatureAlgorithm;
  }

  /** Whether octets have the one form of a SubjectPublicKeyInfo of this kind. */
  boolean hasForm(byte[] spki) {
    int length = prefix.length() / 2;
    return spki.length == length + pointLength
        && HexFormat.of().formatHex(spki, 0, length).equals(prefix);
  }

  /** What follows the fixed beginning: the Ed25519 key, or x and y of the point. */
  byte[] point(byte[] spki) {
    return Arrays.copyOfRange(spki, spki.length - pointLength, spki.length);
  }

  /** The SubjectPublicKeyInfo of a point; of any other length it is none. */
  byte[] spki(byte[] point) {
    byte[] octets =
        Arrays.copyOf(HexFormat.of().parseHex(prefix), prefix.length() / 2 + point.length);
    System.arraycopy(point, 0, octets, prefix.length() / 2, point.length);
    return octets;
  }

  String keyAlgorithm() {
    return keyAlgorithm;
  }

  String signatureAlgorithm() {
    return signatureAlgorithm;
  }
}
