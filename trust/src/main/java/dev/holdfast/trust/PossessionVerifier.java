package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CompactJws;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Times;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.PossessionCheck.Good;
import dev.holdfast.trust.PossessionCheck.Malformed;
import dev.holdfast.trust.PossessionCheck.Refused;
import java.time.Duration;
import java.time.Instant;

/**
 * Checks proofs of possession. The key is the one that is expected and no other, and the algorithm
 * follows from it (RFC 8725 section 3); whoever asks must not choose a nonce twice.
 */
public final class PossessionVerifier {
  /** The most characters of a proof. */
  public static final int LONGEST = 4096;

  /** How old a proof may be, apart from the skew of clocks. */
  public static final Duration OLDEST = Duration.ofMinutes(2);

  private final Duration skew;

  /**
   * A verifier.
   *
   * @param skew how far the clocks of the two may be apart; at most five minutes
   */
  public PossessionVerifier(Duration skew) {
    LeaseVerifier.requireSkew(skew);
    this.skew = skew;
  }

  /**
   * Checks a proof.
   *
   * @param source its name for messages
   * @param key that must have signed it
   * @param expected what it must say; its time is the present
   */
  public PossessionCheck check(
      String text, String source, StatementKey key, PossessionProof expected) {
    try {
      return check(
          CompactJws.parse(text, source, LONGEST, ErrorCode.MALFORMED_TOKEN),
          source,
          requireNonNull(key, "key"),
          expected);
    } catch (CodedException e) {
      return new Malformed(e.problem());
    }
  }

  private PossessionCheck check(
      CompactJws jws, String source, StatementKey key, PossessionProof expected) {
    JsonFields header = JsonFields.of(jws.header(), source + ", header", ErrorCode.MALFORMED_TOKEN);
    if (!header.text("kid").equals(key.id().hex())) {
      return refused("key", header.text("kid"), key.id().hex());
    }
    String wanted = EarMaker.algorithm(key.kind()).getName();
    if (!header.text("alg").equals(wanted)) {
      return refused("algorithm", header.text("alg"), wanted);
    }
    if (!header.text("typ").equals(expected.purpose().type())) {
      return refused("type", header.text("typ"), expected.purpose().type());
    }
    if (header.has("crit")) {
      return refused("critical");
    }
    if (!key.verifies(jws.signedOctets(), jws.signature())) {
      return refused("signature", key.id().hex());
    }
    JsonFields claims =
        JsonFields.of(jws.payload(), source + ", payload", ErrorCode.MALFORMED_TOKEN);
    PossessionProof said = read(claims, expected.purpose());
    if (!said.audience().equals(expected.audience())) {
      return refused("audience", said.audience(), expected.audience());
    }
    if (!said.nonce().equals(expected.nonce())) {
      return refused("nonce", said.nonce(), expected.nonce());
    }
    if (!said.about().equals(expected.about())) {
      return refused("other", said.about().hex(), expected.about().hex());
    }
    if (said.at().isAfter(expected.at().plus(skew))) {
      return refused("not-yet", Times.print(said.at()), Times.print(expected.at()));
    }
    if (said.at().isBefore(expected.at().minus(skew).minus(OLDEST))) {
      return refused("old", Times.print(said.at()), Times.print(expected.at()));
    }
    return new Good(said);
  }

  private static PossessionProof read(JsonFields claims, PossessionProof.Purpose purpose) {
    String audience = claims.text("aud");
    String nonce = claims.text("nonce");
    Sha256 about = claims.value("sha256", Sha256::new);
    Instant at = Instant.ofEpochSecond(claims.whole("iat"));
    claims.requireNothingElse();
    return claims.made("", () -> new PossessionProof(purpose, audience, nonce, about, at));
  }

  private static Refused refused(String code, String... arguments) {
    return new Refused(Reason.of("reason.possession-" + code, arguments));
  }
}
