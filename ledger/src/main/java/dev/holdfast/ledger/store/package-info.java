/**
 * The log where it meets the world: its one writer, its files, blobs, witnesses and HTTP.
 *
 * <p>Other rooms touch the writer, the readers of a log, the blob store, the witness and the HTTP
 * handlers; how bytes reach the disk stays in here.
 */
@NullMarked
package dev.holdfast.ledger.store;

import org.jspecify.annotations.NullMarked;
