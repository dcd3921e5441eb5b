package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The nonce that a host asks its chips to sign, so that their answer is tied to that host's key and
 * to a moment: SHA-256 of a label, the server's nonce, the host's public key and the id of its
 * session. One nonce serves all chips of a board, so that their answers belong together.
 *
 * <p>Each part goes in behind its length (two octets, the higher first), so that no two sets of
 * parts are hashed alike. What it does not tell: that the chips are where the key is. Whoever holds
 * the key may carry the nonce to chips elsewhere and their answers back.
 */
public final class EvidenceNonce {
  private static final byte[] LABEL = "holdfast chip evidence v1".getBytes(UTF_8);

  private EvidenceNonce() {}

  /**
   * Derives a nonce.
   *
   * @param serverNonce what the server made public and nobody could foretell; 16 to 64 octets
   * @param hostKey the host's public key, as SubjectPublicKeyInfo in DER (RFC 5280 section 4.1)
   * @param session the id of the host's session, 1 to 200 characters
   * @return 32 octets
   */
  public static byte[] derive(byte[] serverNonce, byte[] hostKey, String session) {
    byte[] name = session.getBytes(UTF_8);
    if (serverNonce.length < 16 || serverNonce.length > 64) {
      throw new IllegalArgumentException("a server's nonce has 16 to 64 octets");
    }
    if (name.length == 0 || name.length > 800 || hostKey.length > 4096) {
      throw new IllegalArgumentException("the session or the key has no length that fits");
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : new byte[][] {LABEL, serverNonce, hostKey, name}) {
        digest.update((byte) (part.length >> Byte.SIZE));
        digest.update((byte) part.length);
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
