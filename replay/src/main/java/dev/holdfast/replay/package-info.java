/** Verdict bundles: made from evidence and proofs, and verified offline. */
@NullMarked
package dev.holdfast.replay;

import org.jspecify.annotations.NullMarked;
