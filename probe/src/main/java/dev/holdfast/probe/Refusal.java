package dev.holdfast.probe;

import java.util.Locale;

/** Why a packet is no answer that bounds a distance. */
public enum Refusal {
  /** Shorter than 112 octets. */
  TOO_SHORT,
  /** Not as long as the challenge. */
  WRONG_LENGTH,
  /** Of no session that is open. */
  WRONG_SESSION,
  /** The HMAC of the first 96 octets is not that of the session key. */
  WRONG_MAC,
  /** It answers a sequence number that is not awaited. */
  NOT_AWAITED,
  /** The time that it says the challenge had is another: a bounced or guessed packet. */
  OTHER_TIMESTAMP,
  /** The error estimate that it says the challenge had is another. */
  OTHER_ERROR_ESTIMATE,
  /** Its own sequence number is the challenge's: it could be a copy of the challenge's TLVs. */
  SEQUENCE_OF_CHALLENGE,
  /** Its own sequence number came before in this session. */
  SEQUENCE_REPEATED,
  /** Its TLVs are not exactly nonce and HMAC. */
  OTHER_TLVS,
  /** The reflector set a flag on a TLV. */
  FLAGGED,
  /** It carries another nonce. */
  OTHER_NONCE,
  /** The HMAC of its own sequence number and nonce is not that of the session key. */
  WRONG_TLV_MAC,
  /** Another answer to the same nonce counted before. */
  DUPLICATE,
  /** It arrived before the challenge left. */
  BEFORE_CHALLENGE,
  /** It arrived after the round had ended. */
  LATE;

  /** The stable word of the JSON form. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
