package dev.holdfast.probe;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a reflector answered lately: its own sequence number and the nonce, of the last 4,096
 * answers, so that the host signs for nothing that it did not answer.
 *
 * <p>One thread writes; another may read, later, without a lock.
 */
public final class AnsweredLog {
  private static final int SIZE = 4096;

  private final AtomicIntegerArray sequences = new AtomicIntegerArray(SIZE);
  private final AtomicLongArray nonces = new AtomicLongArray(2 * SIZE);

  void add(int sequence, long upper, long lower) {
    int slot = sequence & (SIZE - 1);
    nonces.setPlain(2 * slot, upper);
    nonces.setPlain(2 * slot + 1, lower);
    sequences.setRelease(slot, sequence);
  }

  /** Whether an answer with this number carried this nonce, as far as is still remembered. */
  public boolean answered(int sequence, Nonce nonce) {
    int slot = sequence & (SIZE - 1);
    return sequences.getAcquire(slot) == sequence
        && nonces.getPlain(2 * slot) == nonce.upper()
        && nonces.getPlain(2 * slot + 1) == nonce.lower();
  }
}
