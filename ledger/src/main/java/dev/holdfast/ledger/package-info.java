/**
 * A tamper-evident log, as C2SP tlog-tiles has it: the formats and their proofs.
 *
 * <p>Everything in this package is pure: hashes, tiles, notes, checkpoints, cosignatures, proofs
 * and policies, made and checked from octets. The log on disk, the witness and their HTTP form are
 * in {@code dev.holdfast.ledger.store}. The room knows nothing of accelerators and can be used
 * alone.
 */
@NullMarked
package dev.holdfast.ledger;

import org.jspecify.annotations.NullMarked;
