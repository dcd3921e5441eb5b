package dev.holdfast.trust;

import static java.util.Comparator.comparingInt;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trustworthiness vector (draft-ietf-rats-ar4si section 2.3.5): what a verifier found in what it
 * looked at. What it did not look at is not there.
 *
 * @param claims at least one; each -128 to 127, whose meanings are in section 2.3.4
 */
public record TrustVector(SortedMap<TrustClaim, Integer> claims) {
  /** The evidence does not suffice to say anything. */
  public static final int NO_ASSERTION = 0;

  /** The evidence holds what the verifier does not know. */
  public static final int UNKNOWN_ELEMENTS = 1;

  /** All is well; the best value of each of the eight claims. */
  public static final int AFFIRMED = 2;

  /** There are known weaknesses; no value of {@link TrustClaim#INSTANCE_IDENTITY}. */
  public static final int WEAK = 32;

  /** Known, and not to be trusted. */
  public static final int DISTRUSTED = 96;

  /** Not known, though it should be; of {@link TrustClaim#INSTANCE_IDENTITY} and hardware. */
  public static final int UNRECOGNIZED = 97;

  /** The evidence does not stand up to cryptography. */
  public static final int CRYPTOGRAPHY_FAILED = 99;

  public TrustVector {
    claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
    if (claims.isEmpty()) {
      throw new IllegalArgumentException("a trustworthiness vector holds at least one claim");
    }
    claims.values().forEach(TrustVector::check);
  }

  /** A vector of these claims. */
  public static TrustVector of(Map<TrustClaim, Integer> claims) {
    return new TrustVector(new TreeMap<>(claims));
  }

  static void check(int claim) {
    if (claim < Byte.MIN_VALUE || claim > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("a trustworthiness claim is -128 to 127, not " + claim);
    }
  }

  /** The tier of its worst claim. */
  public TrustTier worst() {
    return claims.values().stream()
        .map(TrustTier::of)
        .max(comparingInt(TrustTier::number))
        .orElse(TrustTier.NONE);
  }
}
