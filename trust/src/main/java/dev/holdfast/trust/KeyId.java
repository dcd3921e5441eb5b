package dev.holdfast.trust;

/**
 * What names a public key: the SHA-256 hash of its SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
 *
 * <p>The SubjectPublicKeyInfo holds algorithm and curve beside the key, so an id can never be taken
 * for a key of another algorithm; {@link StatementKey} accepts one encoding of it only, so a key
 * has one id; and any tool can compute it: {@code openssl pkey -pubin -outform DER | sha256sum}.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record KeyId(String hex) implements Comparable<KeyId> {
  public KeyId {
    if (!Sha256.isHex(hex)) {
      throw new IllegalArgumentException("a key id is 64 lower-case hexadecimal digits");
    }
  }

  @Override
  public int compareTo(KeyId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
