package dev.holdfast.server;

import dev.holdfast.trust.KeyKind;
import dev.holdfast.trust.StatementKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A public key as JWK (RFC 7517, RFC 7518 section 6.2, RFC 8037 section 2). */
final class JsonWebKey {
  private static final int COORDINATE = 32;

  private JsonWebKey() {}

  /** The key, with its id. */
  static Map<String, String> of(StatementKey key) {
    // Both kinds end with their point: x and y on P-256, the encoded point on Ed25519.
    byte[] spki = key.spki();
    int end = spki.length;
    Map<String, String> form = new LinkedHashMap<>();
    if (key.kind() == KeyKind.ECDSA_P256) {
      form.put("kty", "EC");
      form.put("crv", "P-256");
      form.put("x", base64(spki, end - 2 * COORDINATE, end - COORDINATE));
      form.put("y", base64(spki, end - COORDINATE, end));
      form.put("alg", "ES256");
    } else {
      form.put("kty", "OKP");
      form.put("crv", "Ed25519");
      form.put("x", base64(spki, end - COORDINATE, end));
      form.put("alg", "EdDSA");
    }
    form.put("use", "sig");
    form.put("kid", key.id().hex());
    return form;
  }

  private static String base64(byte[] octets, int from, int to) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(octets, from, to));
  }
}
