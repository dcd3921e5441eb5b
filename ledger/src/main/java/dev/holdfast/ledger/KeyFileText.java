package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The text of a key file: a private key in PEM (RFC 7468, {@code PRIVATE KEY}, PKCS #8), with the
 * vkey before it in the explanatory text that RFC 7468 section 2 allows, so that openssl reads it
 * too.
 *
 * <pre>
 * Whoever can read this file can sign as the name below.
 * holdfast-key: example.com/log+5a3f00c1+AQ…
 * -----BEGIN PRIVATE KEY-----
 * MC4…
 * -----END PRIVATE KEY-----
 * </pre>
 *
 * <p>The vkey is needed: it gives the name and the signature type, and no JDK computes the public
 * key from a private ML-DSA-44 key. No message quotes any part of a key file, since what a user put
 * in the wrong place may be the secret.
 */
public final class KeyFileText {
  /** The most octets of a key file. */
  public static final int LARGEST = 64 * 1024;

  private static final String WARNING = "Whoever can read this file can sign as the name below.";
  private static final String VKEY = "holdfast-key: ";
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String ANY_BEGIN = "-----BEGIN ";
  private static final int LINE_LENGTH = 64;

  private KeyFileText() {}

  /** The text of a key's file; it holds the secret. */
  public static String print(SigningKey key) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(US_ASCII));
    return String.join(
        "\n",
        WARNING,
        VKEY + key.key().vkey(),
        BEGIN,
        encoder.encodeToString(key.pkcs8()),
        END,
        "");
  }

  /**
   * The key of a key file. That the private key belongs to the vkey is tried with a signature.
   *
   * <p>Lines may be of any length and end in a carriage return too, as other tools write them.
   *
   * @throws CodedException BAD_KEY_FILE with the field and the reason
   */
  public static SigningKey parse(byte[] octets) {
    if (octets.length > LARGEST) {
      throw bad("file", "it is larger than 64 KiB");
    }
    List<String> lines =
        StrictText.utf8(octets)
            .orElseThrow(() -> bad("file", "it is not UTF-8"))
            .lines()
            .map(String::stripTrailing)
            .toList();
    int begin = lines.indexOf(BEGIN);
    if (begin < 0) {
      throw bad(
          "private key",
          lines.stream().anyMatch(line -> line.startsWith(ANY_BEGIN))
              ? "it holds something else in PEM; only an unencrypted PRIVATE KEY is read"
              : "there is no line " + BEGIN);
    }
    int end = lines.indexOf(END);
    if (end < begin) {
      throw bad("private key", "there is no line " + END + " after the beginning");
    }
    if (!lines.subList(end + 1, lines.size()).stream().allMatch(String::isEmpty)) {
      throw bad("file", "something stands after the private key");
    }
    VerifierKey key = key(lines.subList(0, begin));
    Optional<byte[]> pkcs8 = StrictText.base64(String.join("", lines.subList(begin + 1, end)));
    return SigningKey.of(key, pkcs8.orElseThrow(() -> bad("private key", "it is not in base64")));
  }

  private static VerifierKey key(List<String> lines) {
    List<String> vkeys = lines.stream().filter(line -> line.startsWith(VKEY)).toList();
    if (vkeys.size() != 1) {
      throw bad(
          "holdfast-key",
          "there are %d lines \"holdfast-key: <vkey>\" before the private key, not one"
              .formatted(vkeys.size()));
    }
    try {
      return VerifierKey.parse(vkeys.get(0).substring(VKEY.length()));
    } catch (CodedException e) {
      // Only the name of the part: the reason quotes what stands there, and so might the cause.
      throw bad("holdfast-key", "it is not a vkey: its " + e.problem().field() + " is malformed");
    }
  }

  private static CodedException bad(String field, String reason) {
    return new CodedException(new Problem(ErrorCode.BAD_KEY_FILE, null, 0, field, reason));
  }
}
