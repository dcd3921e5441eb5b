/**
 * Rows in files: keys and values are written once, as they come, and read through a mapping of the
 * file; of each row only the index stays in memory.
 *
 * <p>From outside: {@link dev.holdfast.attention.store.RowFile}. It alone touches files here.
 */
@NullMarked
package dev.holdfast.attention.store;

import org.jspecify.annotations.NullMarked;
