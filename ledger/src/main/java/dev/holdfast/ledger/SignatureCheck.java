package dev.holdfast.ledger;

import java.util.OptionalLong;

/** What came of checking one signature line of a note. */
public sealed interface SignatureCheck {
  /**
   * A known key made it, over this text.
   *
   * @param timestamp seconds since 1970 that a cosignature states, empty for a note signature; 0
   *     with ML-DSA-44 where the cosigner states no time
   */
  record Valid(VerifierKey key, OptionalLong timestamp) implements SignatureCheck {}

  /**
   * It names a known key, which did not make it: the whole note is to be refused (C2SP signed-note,
   * "Signatures").
   */
  record Wrong(VerifierKey key, String reason) implements SignatureCheck {}

  /** It names no key that is known, and is ignored. */
  record Unknown(NoteSignature signature) implements SignatureCheck {}
}
