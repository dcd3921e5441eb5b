package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that the server and one receiver of notifications share, and signatures by it, as Standard
 * Webhooks 1.0.0 has them: HMAC-SHA256 over {@code ID.SECONDS.BODY}.
 */
final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LENGTH = 32;
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
  }

  static WebhookSecret fresh(SecureRandom random) {
    byte[] key = new byte[LENGTH];
    random.nextBytes(key);
    return new WebhookSecret(key);
  }

  /**
   * Reads one: {@code whsec_} and the base64 of 24 to 64 octets.
   *
   * @throws IllegalArgumentException where it is none; the message holds nothing of it
   */
  static WebhookSecret parse(String text) {
    if (text.startsWith(PREFIX)) {
      byte[] key = new byte[0];
      try {
        key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      } catch (IllegalArgumentException e) {
        // Refused below, without the decoder's message, which tells of the octets.
        key = new byte[0];
      }
      if (key.length >= SHORTEST && key.length <= LONGEST) {
        return new WebhookSecret(key);
      }
    }
    throw new IllegalArgumentException("it is not whsec_ and the base64 of 24 to 64 octets");
  }

  /** As the receiver is given it. */
  String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /**
   * The signature of a message, such as {@code v1,g0hM9…}.
   *
   * @param seconds since 1970, as the header says it
   */
  String sign(String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update((id + "." + seconds + ".").getBytes(UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether one of the signatures of a header, with blanks between them, is by this key. */
  boolean isSignedBy(String signatures, String id, long seconds, byte[] body) {
    byte[] good = sign(id, seconds, body).getBytes(UTF_8);
    boolean any = false;
    for (String each : signatures.split(" ", -1)) {
      any |= MessageDigest.isEqual(good, each.getBytes(UTF_8));
    }
    return any;
  }

  @Override
  public String toString() {
    return "a secret";
  }
}
