package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CompactJws;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Times;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.EarCheck.Malformed;
import dev.holdfast.trust.EarCheck.Refused;
import dev.holdfast.trust.EarCheck.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks attestation results (EAR as JWT) against the keys that a reader trusts.
 *
 * <p>The key is found by its id among the reader's own, and the algorithm follows from the key: a
 * header can neither choose it nor bring a key (RFC 8725 section 3). Claims are read only of what
 * the key signed.
 */
public final class EarVerifier {
  /** The most characters of a result. */
  public static final int LONGEST = 1 << 18;

  private static final Duration LONGEST_TOLERANCE = Duration.ofDays(1);

  private final Function<KeyId, Optional<StatementKey>> keys;
  private final EarProfile profile;
  private final Duration tolerance;

  /**
   * A verifier.
   *
   * @param keys such as a {@link KeyRing}
   * @param profile the only one that is taken
   * @param tolerance how far the clocks of reader and verifier may be apart; at most a day
   */
  public EarVerifier(
      Function<KeyId, Optional<StatementKey>> keys, EarProfile profile, Duration tolerance) {
    this.keys = requireNonNull(keys, "keys");
    this.profile = requireNonNull(profile, "profile");
    this.tolerance = requireNonNull(tolerance, "tolerance");
    if (tolerance.isNegative() || tolerance.compareTo(LONGEST_TOLERANCE) > 0) {
      throw new IllegalArgumentException("a tolerance is 0 to 24 hours, not " + tolerance);
    }
  }

  /**
   * Checks a result.
   *
   * @param source its name for messages
   * @param at the moment at which it must be valid
   * @param nonce what the reader asked for; null where nobody did, and then that is said
   */
  public EarCheck check(String text, String source, Instant at, @Nullable String nonce) {
    try {
      return check(
          CompactJws.parse(text, source, LONGEST, ErrorCode.MALFORMED_RESULT), source, at, nonce);
    } catch (CodedException e) {
      return new Malformed(e.problem());
    }
  }

  private EarCheck check(CompactJws jws, String source, Instant at, @Nullable String nonce) {
    JsonFields header =
        JsonFields.of(jws.header(), source + ", header", ErrorCode.MALFORMED_RESULT);
    String id = header.text("kid");
    Optional<StatementKey> key = key(id);
    if (key.isEmpty()) {
      return refused("ear-key-unknown", id);
    }
    String wanted = EarMaker.algorithm(key.get().kind()).getName();
    if (!header.text("alg").equals(wanted)) {
      return refused("ear-algorithm", header.text("alg"), wanted);
    }
    if (!header.text("typ").equals(EarMaker.TYPE)) {
      return refused("ear-type", header.text("typ"), EarMaker.TYPE);
    }
    if (header.has("crit")) {
      return refused("ear-critical");
    }
    if (!key.get().verifies(jws.signedOctets(), jws.signature())) {
      return refused("ear-signature", id);
    }
    JsonFields claims =
        JsonFields.of(jws.payload(), source + ", payload", ErrorCode.MALFORMED_RESULT);
    if (!claims.text("eat_profile").equals(profile.uri())) {
      return refused("ear-profile", claims.text("eat_profile"), profile.uri());
    }
    Ear ear = EarReader.read(jws.payload(), profile, source + ", payload");
    Optional<Refused> fault = fault(ear, at, nonce);
    return fault.isPresent()
        ? fault.get()
        : new Verified(
            ear,
            key.get(),
            nonce == null ? List.of(Reason.of("reason.ear-nonce-unchecked")) : List.of());
  }

  private Optional<StatementKey> key(String id) {
    return Sha256.isHex(id) ? keys.apply(new KeyId(id)) : Optional.empty();
  }

  private Optional<Refused> fault(Ear ear, Instant at, @Nullable String nonce) {
    Instant end = ear.expiresAt();
    if (end == null) {
      return Optional.of(refused("ear-no-expiry"));
    }
    if (at.plus(tolerance).isBefore(ear.issuedAt())) {
      return Optional.of(refused("ear-not-yet", Times.print(ear.issuedAt()), Times.print(at)));
    }
    if (!at.minus(tolerance).isBefore(end)) {
      return Optional.of(refused("ear-expired", Times.print(end), Times.print(at)));
    }
    if (nonce != null && !nonce.equals(ear.nonce())) {
      return Optional.of(refused("ear-nonce", ear.nonce() == null ? "-" : ear.nonce(), nonce));
    }
    return Optional.empty();
  }

  private static Refused refused(String code, String... arguments) {
    return new Refused(Reason.of("reason." + code, arguments));
  }
}
