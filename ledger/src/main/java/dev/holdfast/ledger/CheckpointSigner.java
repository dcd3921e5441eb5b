package dev.holdfast.ledger;

import java.time.Instant;

/** Whoever signs checkpoints: a log or a witness with its key, here or in a safer place. */
public interface CheckpointSigner {
  /** The key that checks what it signs. */
  VerifierKey key();

  /**
   * Signs a checkpoint. Whether the checkpoint is consistent with those signed before is for the
   * caller to know.
   *
   * @param at the time that a cosignature states, to the second, not before 1970 nor after 2^63 - 1
   *     seconds; a note signature has none and ignores it
   */
  NoteSignature sign(Checkpoint checkpoint, Instant at);
}
