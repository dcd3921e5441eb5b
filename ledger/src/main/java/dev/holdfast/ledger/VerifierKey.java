package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A public key with its name, which checks signatures in notes; in text a <i>vkey</i> (C2SP
 * signed-note, "Verifier keys").
 *
 * <p>The key id is always the one that the text computes: the first four octets of the SHA-256 of
 * name, newline, signature type and public key. One instance serves many threads.
 */
public final class VerifierKey {
  private static final int LONGEST_COSIGNER_NAME = 255;
  private static final int SIGN_BIT = 0x80;

  /** The y coordinates of the eight points of Ed25519 whose order divides eight. */
  private static final Set<String> SMALL_ORDER =
      Set.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private final String name;
  private final int keyId;
  private final KeyAlgorithm algorithm;
  private final byte[] publicKey;
  private final PublicKey jdkKey;

  private VerifierKey(String name, KeyAlgorithm algorithm, byte[] publicKey) {
    this.name = name;
    this.algorithm = algorithm;
    this.publicKey = publicKey.clone();
    this.keyId = keyId(name, algorithm, publicKey);
    this.jdkKey = jdkKey(algorithm, publicKey);
  }

  /**
   * A key of these parts.
   *
   * @param publicKey the octets of RFC 8032 (32) or FIPS 204 (1312), which are copied
   * @throws CodedException MALFORMED_KEY where the name or the public key is none
   */
  public static VerifierKey of(String name, KeyAlgorithm algorithm, byte[] publicKey) {
    Optional<String> fault = KeyNames.fault(name);
    if (fault.isPresent()) {
      throw malformed("name", fault.get() + ": " + Problem.quote(name));
    }
    // The name is a part of what ML-DSA-44 cosigners sign, with one octet for its length.
    if (algorithm == KeyAlgorithm.MLDSA44_COSIGNATURE
        && name.getBytes(UTF_8).length > LONGEST_COSIGNER_NAME) {
      throw malformed("name", "the name of an ML-DSA-44 cosigner has at most 255 octets");
    }
    if (publicKey.length != algorithm.publicKeyLength()) {
      throw malformed(
          "public key",
          "a public key of %s has %d octets, not %d"
              .formatted(algorithm.jdkName(), algorithm.publicKeyLength(), publicKey.length));
    }
    return new VerifierKey(name, algorithm, publicKey);
  }

  /**
   * The key of a vkey text: name, plus, eight lower-case hexadecimal digits, plus, base64.
   *
   * @throws CodedException MALFORMED_KEY with the part that is wrong; also where the signature type
   *     is not one of {@link KeyAlgorithm}, or the key id is not the one that the text computes
   */
  public static VerifierKey parse(String vkey) {
    int first = vkey.indexOf('+');
    int second = vkey.indexOf('+', first + 1);
    if (first < 0 || second < 0) {
      throw malformed("vkey", Problem.quote(vkey) + " is not <name>+<key id>+<public key>");
    }
    String id = vkey.substring(first + 1, second);
    if (!id.matches("[0-9a-f]{8}")) {
      throw malformed("key id", Problem.quote(id) + " is not eight lower-case hexadecimal digits");
    }
    byte[] typed =
        StrictText.base64(vkey.substring(second + 1))
            .filter(octets -> octets.length > 0)
            .orElseThrow(() -> malformed("public key", "the public key is not in base64"));
    KeyAlgorithm algorithm =
        KeyAlgorithm.ofCode(Byte.toUnsignedInt(typed[0]))
            .orElseThrow(() ->
                malformed(
                    "signature type",
                    "signature type 0x%02x is not one of 0x01, 0x04, 0x06".formatted(typed[0])));
    VerifierKey key =
        of(vkey.substring(0, first), algorithm, Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.hexId().equals(id)) {
      throw malformed("key id", "the key id is " + id + ", computed is " + key.hexId());
    }
    return key;
  }

  private static CodedException malformed(String field, String reason) {
    return new CodedException(new Problem(ErrorCode.MALFORMED_KEY, null, 0, field, reason));
  }

  private static int keyId(String name, KeyAlgorithm algorithm, byte[] publicKey) {
    ByteArrayOutputStream hashed = new ByteArrayOutputStream();
    hashed.writeBytes(name.getBytes(UTF_8));
    hashed.write('\n');
    hashed.write(algorithm.code());
    hashed.writeBytes(publicKey);
    return ByteBuffer.wrap(TreeHasher.plain(hashed.toByteArray()).octets()).getInt();
  }

  private static PublicKey jdkKey(KeyAlgorithm algorithm, byte[] publicKey) {
    if (!algorithm.equals(KeyAlgorithm.MLDSA44_COSIGNATURE) && isSmallOrder(publicKey)) {
      // Stricter than RFC 8032: anyone can sign any text with such a key, so no log has one.
      throw malformed("public key", "the public key is a point of small order, a key of nobody");
    }
    try {
      PublicKey key =
          KeyFactory.getInstance(algorithm.jdkName())
              .generatePublic(
                  new X509EncodedKeySpec(joined(algorithm.publicKeyPrefix(), publicKey)));
      // Only here does the JDK look whether the octets are a point (RFC 8032 section 5.1.3).
      Signature.getInstance(algorithm.jdkName()).initVerify(key);
      return key;
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      throw malformed("public key", "the octets are no public key of " + algorithm.jdkName());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has " + algorithm.jdkName(), e);
    }
  }

  private static boolean isSmallOrder(byte[] publicKey) {
    byte[] y = publicKey.clone();
    y[y.length - 1] &= (byte) ~SIGN_BIT;
    return SMALL_ORDER.contains(HexFormat.of().formatHex(y));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /** Who signs. */
  public String name() {
    return name;
  }

  /** The short identifier that stands before each signature. */
  public int keyId() {
    return keyId;
  }

  /** How it signs, and what. */
  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /** A copy of the octets of the public key, as RFC 8032 or FIPS 204 has them. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The text form, which {@link #parse} reads. */
  public String vkey() {
    byte[] type = {(byte) algorithm.code()};
    return name + "+" + hexId() + "+" + StrictText.base64(joined(type, publicKey));
  }

  /** Whether a signature names this key, by its name and its key id. */
  public boolean isNamedBy(NoteSignature signature) {
    return signature.keyId() == keyId && signature.name().equals(name);
  }

  /** Whether both wrap the same public key, under whatever name and signature type. */
  public boolean hasSamePublicKeyAs(VerifierKey other) {
    return Arrays.equals(publicKey, other.publicKey);
  }

  /**
   * Why a bare signature is not this key's over a message, or empty where it is.
   *
   * <p>The JDK refuses S not below the order of the group (RFC 8032 section 5.1.7), points that are
   * not in their one spelling, and malformed hints (FIPS 204 algorithm 21), by exceptions.
   */
  Optional<String> fault(byte[] message, byte[] signature) {
    if (signature.length != algorithm.rawSignatureLength()) {
      return Optional.of(
          "a signature of %s has %d octets, not %d"
              .formatted(algorithm.jdkName(), algorithm.rawSignatureLength(), signature.length));
    }
    try {
      Signature check = Signature.getInstance(algorithm.jdkName());
      check.initVerify(jdkKey);
      check.update(message);
      return check.verify(signature)
          ? Optional.empty()
          : Optional.of("the signature does not belong to this text and this key");
    } catch (SignatureException e) {
      return Optional.of("the signature is malformed (" + String.valueOf(e.getMessage()) + ")");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was good when it was made", e);
    }
  }

  private String hexId() {
    return HexFormat.of().toHexDigits(keyId);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key
        && name.equals(key.name)
        && algorithm == key.algorithm
        && Arrays.equals(publicKey, key.publicKey);
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  /** The name and the key id, fit for a terminal. */
  @Override
  public String toString() {
    return Problem.printable(name) + "+" + hexId();
  }
}
