/**
 * Measurements, as ratios to a limit or a peer in the same run; docs/results.md holds the last
 * ones.
 */
@NullMarked
package dev.holdfast.bench;

import org.jspecify.annotations.NullMarked;
