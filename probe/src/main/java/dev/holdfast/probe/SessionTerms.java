package dev.holdfast.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;

/**
 * What a landmark and a host agree on when a session opens, and what its keys are bound to.
 *
 * @param id drawn by the landmark
 * @param ssid the session-sender id, 1 to 65,535
 * @param expiry seconds since 1970, from which on neither uses the keys
 * @param port of UDP at the landmark's address, where challenges come from
 */
public record SessionTerms(SessionId id, int ssid, long expiry, int port) {
  /** The exporter label of the key of challenges. */
  public static final String SESSION_KEY = "EXPORTER-holdfast-session-key";

  /** The exporter label of the key of path datagrams. */
  public static final String PATH_KEY = "EXPORTER-holdfast-path-key";

  public SessionTerms {
    requireNonNull(id, "id");
    if (ssid < 1 || ssid > 0xFFFF || port < 1 || port > 0xFFFF || expiry < 0) {
      throw new IllegalArgumentException(
          "session-sender id and port are 1 to 65,535, and the expiry is not negative");
    }
  }

  /**
   * The context that the exporter takes beside the label (RFC 8446 section 7.5), so that a key of
   * one host, landmark, session and time is none of another: the names of host and landmark in
   * UTF-8, each behind its length (2), the session-sender id (2), the expiry (8), the session id
   * (16).
   */
  public byte[] exporterContext(String host, String landmark) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    add(out, host);
    add(out, landmark);
    byte[] numbers = new byte[10];
    Octets.putShort(numbers, 0, ssid);
    Octets.putLong(numbers, 2, expiry);
    out.writeBytes(numbers);
    out.writeBytes(id.octets());
    return out.toByteArray();
  }

  private static void add(ByteArrayOutputStream out, String name) {
    byte[] octets = name.getBytes(UTF_8);
    out.write(octets.length >> 8);
    out.write(octets.length);
    out.writeBytes(octets);
  }
}
