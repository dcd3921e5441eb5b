/**
 * Attention that reads only what matters: dense and sparse kernels for queries that share one key
 * and one value a row (multi-query attention), the lightning indexer that chooses rows, other ways
 * to choose, and the index that chooses fast. It knows nothing of chips. Usable on its own, with
 * base.
 *
 * <p>From outside: {@link dev.holdfast.attention.Rows} are what is attended to, {@link
 * dev.holdfast.attention.DenseAttention} reads them all, a {@link dev.holdfast.attention.Selector}
 * chooses some, {@link dev.holdfast.attention.SparseAttention} reads those. Pure: memory is handed
 * in, and every call runs on the caller's thread. {@code dev.holdfast.attention.store} keeps rows
 * in files.
 */
@NullMarked
package dev.holdfast.attention;

import org.jspecify.annotations.NullMarked;
