package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonFields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The claims that every part of a token has (RFC 7519 section 4.1, RFC 9711 section 4.1).
 *
 * @param issuer who says so ({@code iss})
 * @param issuedAt {@code iat}
 * @param notBefore {@code nbf}; null where it is not told
 * @param expiresAt the first moment at which it is no longer valid ({@code exp})
 * @param nonce {@code eat_nonce} as it is spelled; null where it is not told
 */
public record TokenClaims(
    String issuer,
    Instant issuedAt,
    @Nullable Instant notBefore,
    Instant expiresAt,
    @Nullable String nonce) {
  public TokenClaims {
    requireNonNull(issuer, "issuer");
    requireNonNull(issuedAt, "issuedAt");
    requireNonNull(expiresAt, "expiresAt");
  }

  static TokenClaims read(JsonFields fields) {
    return new TokenClaims(
        fields.text("iss"),
        time(fields, "iat"),
        fields.has("nbf") ? time(fields, "nbf") : null,
        time(fields, "exp"),
        fields.has("eat_nonce") ? fields.text("eat_nonce") : null);
  }

  /** Whole seconds: RFC 9711 section 4.3.1 allows nothing finer. */
  private static Instant time(JsonFields fields, String name) {
    return Instant.ofEpochSecond(fields.whole(name));
  }

  /** The later of the two moments at which it begins to be valid. */
  Instant begins() {
    return notBefore == null || notBefore.isBefore(issuedAt) ? issuedAt : notBefore;
  }
}
