package dev.holdfast.trust;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How far a verifier trusts what it appraised: the tiers of AR4SI (draft-ietf-rats-ar4si section
 * 2.3.2), by their words in JSON and their numbers.
 */
public enum TrustTier {
  /** The verifier says nothing. */
  NONE(0),
  /** It affirms. */
  AFFIRMING(2),
  /** It warns. */
  WARNING(32),
  /** It says that there is no trust to be had. */
  CONTRAINDICATED(96);

  private final int number;

  TrustTier(int number) {
    this.number = number;
  }

  /** The number of CBOR, and the least positive one of its range. */
  public int number() {
    return number;
  }

  /** The word of JSON. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The tier of a word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static TrustTier of(String word) {
    for (TrustTier tier : values()) {
      if (tier.word().equals(word)) {
        return tier;
      }
    }
    throw new IllegalArgumentException("a status is none, affirming, warning or contraindicated");
  }

  /**
   * The tier that a trustworthiness claim lies in; the ranges of negative numbers are those of
   * reasons of the verifier's own.
   *
   * @param claim -128 to 127
   */
  public static TrustTier of(int claim) {
    TrustVector.check(claim);
    if (claim >= CONTRAINDICATED.number || claim < -CONTRAINDICATED.number) {
      return CONTRAINDICATED;
    }
    if (claim >= WARNING.number || claim < -WARNING.number) {
      return WARNING;
    }
    return claim >= AFFIRMING.number || claim <= -AFFIRMING.number ? AFFIRMING : NONE;
  }

  /**
   * Whether a status of this tier says more good than this worst tier below it does; a status may
   * not (draft-ietf-rats-ear section 3.2). Saying nothing is no better than affirming, but it is
   * better than a warning.
   */
  boolean isBetterThan(TrustTier worst) {
    return worst == NONE ? this == AFFIRMING : number < worst.number && worst != AFFIRMING;
  }
}
