package dev.holdfast.ledger.store;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Entries that will be forced to disk together, laid out as the journal writes them.
 *
 * <p>Filled under the writer's lock; afterwards it belongs to the thread that writes it.
 */
final class Batch {
  private final ByteBuffer octets;
  private CompletableFuture<Void> durable = new CompletableFuture<>();
  private long first;
  private int count;

  Batch(int capacity) {
    octets = ByteBuffer.allocateDirect(Frame.HEAD + capacity);
    octets.position(Frame.HEAD);
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean hasRoomFor(byte[] entry) {
    return octets.remaining() >= 2 + entry.length;
  }

  /** Takes an entry in; returns its index. */
  long add(byte[] entry) {
    octets.putShort((short) entry.length).put(entry);
    return first + count++;
  }

  /** Completed once the entries are durable, or in failure where that cannot be known. */
  CompletableFuture<Void> durable() {
    return durable;
  }

  int count() {
    return count;
  }

  long end() {
    return first + count;
  }

  /** The frame, ready to be sealed. */
  ByteBuffer frame() {
    return octets.duplicate().flip();
  }

  /** Makes it empty, to be filled with entries from this index on. */
  void reset(long from) {
    octets.clear().position(Frame.HEAD);
    durable = new CompletableFuture<>();
    first = from;
    count = 0;
  }
}
