package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of tokens expects. What is null is not compared, and the verdict says so.
 *
 * @param at the moment at which the token must be valid
 * @param keys the service's keys, from a place that the reader trusts; null where there are none
 * @param nonce what the reader asked the service to put into the token, as it is spelled there
 * @param issuer the service
 * @param tolerance how far the clocks of reader and service may be apart
 */
public record EatExpectations(
    Instant at,
    @Nullable JsonWebKeys keys,
    @Nullable String nonce,
    String issuer,
    Duration tolerance) {
  /** NVIDIA's service as it names itself. */
  public static final String NVIDIA = "https://nras.attestation.nvidia.com";

  private static final Duration LONGEST_TOLERANCE = Duration.ofDays(1);

  public EatExpectations {
    requireNonNull(at, "at");
    requireNonNull(issuer, "issuer");
    if (tolerance.isNegative() || tolerance.compareTo(LONGEST_TOLERANCE) > 0) {
      throw new IllegalArgumentException("a tolerance is 0 to 24 hours, not " + tolerance);
    }
  }

  /** A token of NVIDIA's service, valid at a moment, give or take a minute. */
  public static EatExpectations at(Instant at) {
    return new EatExpectations(at, null, null, NVIDIA, Duration.ofMinutes(1));
  }

  /** The same with keys. */
  public EatExpectations with(JsonWebKeys others) {
    return new EatExpectations(at, others, nonce, issuer, tolerance);
  }

  /** The same with a nonce. */
  public EatExpectations withNonce(String other) {
    return new EatExpectations(at, keys, other, issuer, tolerance);
  }

  /** The same of another service. */
  public EatExpectations withIssuer(String other) {
    return new EatExpectations(at, keys, nonce, other, tolerance);
  }

  /** The same with another tolerance, at most a day. */
  public EatExpectations withTolerance(Duration other) {
    return new EatExpectations(at, keys, nonce, issuer, other);
  }
}
