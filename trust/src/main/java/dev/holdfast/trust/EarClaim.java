package dev.holdfast.trust;

import java.util.Locale;

/**
 * What Holdfast adds to an appraisal, and to the whole where it is a {@link Lease}; each under a
 * name that an {@link EarProfile} gives it.
 */
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
  REVOCATION_AGE,
  /** Of a lease: the site that the host is declared to be at. */
  SITE,
  /** Of a lease: the numbers of the licences that its chips are under, as texts. */
  LICENCES,
  /** Of a lease: the text of a checkpoint of the log that it rests on. */
  CHECKPOINT;

  /** Whether it stands beside the appraisals, of a lease alone. */
  public boolean isOfLease() {
    return compareTo(SITE) >= 0;
  }

  /** The name that it has where nobody chose another. */
  String defaultName() {
    return "ear_holdfast_" + name().toLowerCase(Locale.ROOT);
  }
}
