package dev.holdfast.base;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.JsonTree.ObjectNode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A signed object in the compact form of JWS (RFC 7515 section 7.1), split and decoded; nothing of
 * it is checked.
 *
 * <p>Three parts in base64url without padding, in the one spelling that octets have, with points in
 * between. Header and payload are JSON objects, as they are in every JWT (RFC 7519). A header may
 * say anything: no algorithm and no key is taken from it here.
 */
public final class CompactJws {
  private static final int PARTS = 3;

  private final String text;
  private final ObjectNode header;
  private final ObjectNode payload;
  private final byte[] signature;

  private CompactJws(String text, ObjectNode header, ObjectNode payload, byte[] signature) {
    this.text = text;
    this.header = header;
    this.payload = payload;
    this.signature = signature;
  }

  /**
   * Splits and decodes.
   *
   * @param source its name for messages
   * @param longest the most characters
   * @param code what a wrong form is refused with
   * @throws CodedException with that code, or as {@link BoundedJson} where header or payload is no
   *     JSON
   */
  public static CompactJws parse(String text, String source, int longest, ErrorCode code) {
    if (text.length() > longest) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.INPUT_TOO_LARGE,
              "it has " + text.length() + " characters, more than " + longest));
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS) {
      throw new CodedException(
          Problem.in(source, code, "it has " + parts.length + " parts between points, not 3"));
    }
    return new CompactJws(
        text,
        object(parts[0], source, "header", code),
        object(parts[1], source, "payload", code),
        decoded(parts[2], source, "signature", code));
  }

  private static ObjectNode object(String part, String source, String name, ErrorCode code) {
    byte[] octets = decoded(part, source, name, code);
    if (octets.length == 0) {
      throw refuse(source, name, code, "it is empty", null);
    }
    JsonTree tree =
        BoundedJson.read(octets, source + ", " + name, JsonLimits.ofOctets(octets.length));
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw refuse(source, name, code, "it is not a JSON object", null);
  }

  /** Octets have one spelling only, or two texts could be one token. */
  private static byte[] decoded(String part, String source, String name, ErrorCode code) {
    byte[] octets;
    try {
      octets = Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw refuse(source, name, code, "it is not base64url", e);
    }
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(octets).equals(part)) {
      throw refuse(source, name, code, "it is not base64url in its one spelling", null);
    }
    return octets;
  }

  private static CodedException refuse(
      String source, String name, ErrorCode code, String reason, @Nullable Throwable cause) {
    Problem problem = new Problem(code, source, 0, name, reason);
    return cause == null ? new CodedException(problem) : new CodedException(problem, cause);
  }

  /** The whole as it was. */
  public String text() {
    return text;
  }

  /** The JOSE header. */
  public ObjectNode header() {
    return header;
  }

  /** The payload: the claims of a JWT. */
  public ObjectNode payload() {
    return payload;
  }

  /** What the signature is over: header and payload as they are spelled, with their point. */
  public byte[] signedOctets() {
    return text.substring(0, text.lastIndexOf('.')).getBytes(US_ASCII);
  }

  /** The signature; empty where there is none. */
  public byte[] signature() {
    return signature.clone();
  }

  @Override
  public String toString() {
    return "JWS of " + text.length() + " characters";
  }
}
