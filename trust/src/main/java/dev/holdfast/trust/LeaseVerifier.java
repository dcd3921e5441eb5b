package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CompactJws;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Times;
import dev.holdfast.model.Reason;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.LeaseCheck.Good;
import dev.holdfast.trust.LeaseCheck.Malformed;
import dev.holdfast.trust.LeaseCheck.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Checks leases against the keys that a relying party trusts: all that an {@link EarVerifier} asks,
 * and that it is a lease, for this audience, of an hour at most, with every chip affirmed.
 */
public final class LeaseVerifier {
  /** How far clocks may be apart where nobody says otherwise. */
  public static final Duration USUAL_SKEW = Duration.ofSeconds(60);

  /** The most that anybody may say. */
  public static final Duration LONGEST_SKEW = Duration.ofMinutes(5);

  private final EarVerifier results;
  private final EarProfile profile;
  private final Duration skew;

  /**
   * A verifier.
   *
   * @param keys such as a {@link KeyRing}; several while keys are changed
   * @param skew how far the clocks of issuer and relying party may be apart; at most five minutes
   */
  public LeaseVerifier(
      Function<KeyId, Optional<StatementKey>> keys, EarProfile profile, Duration skew) {
    requireSkew(skew);
    this.results = new EarVerifier(keys, profile, skew);
    this.profile = requireNonNull(profile, "profile");
    this.skew = skew;
  }

  static void requireSkew(Duration skew) {
    if (skew.isNegative() || skew.compareTo(LONGEST_SKEW) > 0) {
      throw new IllegalArgumentException("a skew of clocks is 0 to 300 seconds, not " + skew);
    }
  }

  /**
   * Checks a lease.
   *
   * @param source its name for messages
   * @param audience who asks
   * @param at the moment at which it must count
   */
  public LeaseCheck check(String text, String source, String audience, Instant at) {
    return switch (results.check(text, source, at, null)) {
      case EarCheck.Refused(Reason reason) -> new Refused(reason);
      case EarCheck.Malformed malformed -> new Malformed(malformed.problem());
      case EarCheck.Verified verified -> {
        try {
          yield check(verified, text, source, audience, at);
        } catch (CodedException e) {
          yield new Malformed(e.problem());
        }
      }
    };
  }

  private LeaseCheck check(
      EarCheck.Verified verified, String text, String source, String audience, Instant at) {
    Ear ear = verified.ear();
    CompactJws jws =
        CompactJws.parse(text, source, EarVerifier.LONGEST, ErrorCode.MALFORMED_RESULT);
    JsonFields claims =
        JsonFields.of(jws.payload(), source + ", payload", ErrorCode.MALFORMED_RESULT);
    for (String name : needed()) {
      if (!claims.has(name)) {
        return refused("lease-incomplete", name);
      }
    }
    if (!claims.text("aud").equals(audience)) {
      return refused("lease-audience", claims.text("aud"), audience);
    }
    Instant from = Instant.ofEpochSecond(claims.whole("nbf"));
    Instant issued = ear.issuedAt();
    Instant expires = requireNonNull(ear.expiresAt());
    Instant first = from.isBefore(issued) ? from : issued;
    if (Duration.between(first, expires).compareTo(Lease.LONGEST) > 0) {
      return refused("lease-too-long", Times.print(first), Times.print(expires));
    }
    if (at.plus(skew).isBefore(from)) {
      return refused("lease-not-yet", Times.print(from), Times.print(at));
    }
    Optional<StatementKey> key = holder(claims);
    if (key.isEmpty()) {
      return refused("lease-holder");
    }
    for (Map.Entry<String, EarAppraisal> each : ear.submodules().entrySet()) {
      if (each.getValue().status() != TrustTier.AFFIRMING || !isOf(each.getValue(), key.get())) {
        return refused("lease-chip", each.getKey());
      }
    }
    return new Good(
        lease(claims, ear, key.get()), verified.key(), Sha256.of(text.getBytes(US_ASCII)));
  }

  private List<String> needed() {
    return List.of(
        "jti",
        "sub",
        "aud",
        "nbf",
        "cnf",
        profile.name(EarClaim.SITE),
        profile.name(EarClaim.LICENCES),
        profile.name(EarClaim.CHECKPOINT));
  }

  /** The one way in which a holder is named: a public key of a kind that is known here. */
  private static Optional<StatementKey> holder(JsonFields claims) {
    JsonFields confirmation = claims.fields("cnf");
    if (!confirmation.has("jwk") || confirmation.names().size() != 1) {
      return Optional.empty();
    }
    return JsonWebKeySet.key(confirmation.fields("jwk"));
  }

  private static boolean isOf(EarAppraisal appraisal, StatementKey key) {
    EarSubject subject = appraisal.subject();
    return subject.chip() != null && subject.simulated() != null && key.id().equals(subject.key());
  }

  private Lease lease(JsonFields claims, Ear ear, StatementKey key) {
    SortedSet<String> chips = new TreeSet<>();
    boolean simulated = false;
    for (EarAppraisal each : ear.submodules().values()) {
      chips.add(requireNonNull(each.subject().chip()));
      simulated |= Boolean.TRUE.equals(each.subject().simulated());
    }
    boolean any = simulated;
    return claims.made(
        "",
        () ->
            new Lease(
                claims.text("jti"),
                new TargetId(claims.text("sub")),
                key,
                chips,
                claims.text(profile.name(EarClaim.SITE)),
                new TreeSet<>(claims.texts(profile.name(EarClaim.LICENCES), Lease.MOST_LICENCES)),
                claims.text("aud"),
                ear.issuedAt(),
                requireNonNull(ear.expiresAt()),
                claims.text(profile.name(EarClaim.CHECKPOINT)),
                any));
  }

  private static Refused refused(String code, String... arguments) {
    return new Refused(Reason.of("reason." + code, arguments));
  }
}
