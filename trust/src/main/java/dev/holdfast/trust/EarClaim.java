package dev.holdfast.trust;

import java.util.Locale;

/** What Holdfast adds to an appraisal, each under a name that an {@link EarProfile} gives it. */
public enum EarClaim {
  /** Which chip was appraised: a name of it, as text. */
  CHIP,
  /** The key that the result is bound to: its id, as text. */
  KEY,
  /** How firmly chip and key are bound: file, tpm or chip-evidence. */
  BINDING,
  /** Whether the evidence may have been relayed from elsewhere. */
  RELAY_NOT_EXCLUDED,
  /** How far the board is still whole: its grade, as text. */
  BOARD,
  /** Whether the chip is simulated. */
  SIMULATED,
  /** How old the revocation data was, in whole seconds; absent where revocation was not checked. */
  REVOCATION_AGE;

  /** The name that it has where nobody chose another. */
  String defaultName() {
    return "ear_holdfast_" + name().toLowerCase(Locale.ROOT);
  }
}
