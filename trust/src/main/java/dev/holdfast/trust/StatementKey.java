package dev.holdfast.trust;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A public key that statements are checked with: Ed25519 or ECDSA P-256, nothing else.
 *
 * <p>Read from a SubjectPublicKeyInfo in DER of exactly one form each: Ed25519 of 44 octets (RFC
 * 8410), P-256 of 91 octets with the named curve and the uncompressed point (RFC 5480). Equal where
 * the octets are.
 */
public final class StatementKey {
  private final KeyKind kind;
  private final byte[] spki;
  private final KeyId id;
  private final PublicKey key;

  private StatementKey(KeyKind kind, byte[] spki, PublicKey key) {
    this.kind = kind;
    this.spki = spki;
    this.id = new KeyId(Sha256.of(spki).hex());
    this.key = key;
  }

  /**
   * Reads a SubjectPublicKeyInfo.
   *
   * @throws CodedException {@link ErrorCode#MALFORMED_PUBLIC_KEY} for any other algorithm, curve or
   *     encoding, a point that is not on its curve, or an Ed25519 point of another order than the
   *     base point's
   */
  public static StatementKey parse(byte[] spki) {
    for (KeyKind kind : KeyKind.values()) {
      if (kind.hasForm(spki)) {
        return parse(kind, spki.clone());
      }
    }
    throw refuse(
        "its "
            + spki.length
            + " octets are not the SubjectPublicKeyInfo of an Ed25519 key (44 octets) or of an"
            + " uncompressed P-256 key (91 octets)",
        null);
  }

  /**
   * A key of the platform.
   *
   * @throws CodedException {@link ErrorCode#MALFORMED_PUBLIC_KEY} as {@link #parse}
   */
  public static StatementKey of(PublicKey key) {
    byte[] spki = key.getEncoded();
    if (spki == null) {
      throw refuse("the key has no encoded form", null);
    }
    return parse(spki);
  }

  private static StatementKey parse(KeyKind kind, byte[] spki) {
    boolean sound =
        switch (kind) {
          case ED25519 -> EdwardsCurve.isKey(kind.point(spki));
          case ECDSA_P256 -> NistCurve.isPoint(kind.point(spki));
        };
    if (!sound) {
      throw refuse(
          switch (kind) {
            case ED25519 -> "it is not a point of edwards25519 of the order of the base point";
            case ECDSA_P256 -> "it is not a point of P-256";
          },
          null);
    }
    try {
      PublicKey key =
          KeyFactory.getInstance(kind.keyAlgorithm()).generatePublic(new X509EncodedKeySpec(spki));
      return new StatementKey(kind, spki, key);
    } catch (GeneralSecurityException e) {
      throw refuse("the platform does not take it", e);
    }
  }

  private static CodedException refuse(String reason, @Nullable Throwable cause) {
    Problem problem = new Problem(ErrorCode.MALFORMED_PUBLIC_KEY, null, 0, "key", reason);
    return cause == null ? new CodedException(problem) : new CodedException(problem, cause);
  }

  /** Its kind, which says the algorithm. */
  public KeyKind kind() {
    return kind;
  }

  /** Its id. */
  public KeyId id() {
    return id;
  }

  /** A copy of its SubjectPublicKeyInfo. */
  public byte[] spki() {
    return spki.clone();
  }

  /**
   * Whether 64 octets have the one spelling that a signature of this kind has. Without this rule a
   * third party could make a second signature out of a first: ECDSA (r, s) has the twin (r, n - s).
   */
  boolean hasOneSpelling(byte[] signature) {
    return signature.length == KeyKind.SIGNATURE_LENGTH
        && switch (kind) {
          case ED25519 -> EdwardsCurve.isReduced(signature);
          case ECDSA_P256 -> NistCurve.isLow(signature);
        };
  }

  /** Whether this key signed the message; false for a signature with another spelling too. */
  public boolean verifies(byte[] message, byte[] signature) {
    if (!hasOneSpelling(signature)) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(kind.signatureAlgorithm());
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      // R is no point of the curve.
      return false;
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the key was sound when it was read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this platform lacks " + kind.signatureAlgorithm(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StatementKey that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Kind and id. */
  @Override
  public String toString() {
    return kind + " " + id;
  }
}
