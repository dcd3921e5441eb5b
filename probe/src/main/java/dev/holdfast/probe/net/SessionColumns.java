package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.ReplayWindow;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.StampMac;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of many sessions, a column each; a slot is a row, and free slots are used again under
 * a new generation. Not for two threads at once.
 */
final class SessionColumns {
  private static final int KEY = SessionId.LENGTH;
  private static final int PATH_KEY = KEY + StampMac.KEY_LENGTH;
  private static final int ROW = PATH_KEY + StampMac.KEY_LENGTH;
  private static final int NO_PORT = -1;

  private byte[] octets = new byte[0];
  private long[] expiry = new long[0];
  private long[] counter = new long[0];
  private long[] upper = new long[0];
  private long[] lower = new long[0];
  private long[] seen = new long[0];
  private int[] port = new int[0];
  private int[] first = new int[0];
  private int[] next = new int[0];
  private int[] highest = new int[0];
  private int[] generation = new int[0];

  /** A stack of free slots. */
  private int[] free = new int[0];

  private int freeCount;

  int add(SessionId id, int ssid, byte[] key, byte[] pathKey, long expires, int firstSequence) {
    if (key.length != StampMac.KEY_LENGTH || pathKey.length != StampMac.KEY_LENGTH) {
      throw new IllegalArgumentException("keys have 32 octets");
    }
    if (freeCount == 0) {
      grow();
    }
    int slot = free[--freeCount];
    System.arraycopy(id.octets(), 0, octets, slot * ROW, SessionId.LENGTH);
    System.arraycopy(key, 0, octets, slot * ROW + KEY, StampMac.KEY_LENGTH);
    System.arraycopy(pathKey, 0, octets, slot * ROW + PATH_KEY, StampMac.KEY_LENGTH);
    expiry[slot] = expires;
    counter[slot] = 0;
    seen[slot] = 0;
    port[slot] = NO_PORT;
    first[slot] = firstSequence;
    next[slot] = firstSequence;
    return slot;
  }

  private void grow() {
    int before = port.length;
    int after = Math.clamp(before * 2L, 64, 1 << 16);
    octets = Arrays.copyOf(octets, after * ROW);
    expiry = Arrays.copyOf(expiry, after);
    counter = Arrays.copyOf(counter, after);
    upper = Arrays.copyOf(upper, after);
    lower = Arrays.copyOf(lower, after);
    seen = Arrays.copyOf(seen, after);
    port = Arrays.copyOf(port, after);
    first = Arrays.copyOf(first, after);
    next = Arrays.copyOf(next, after);
    highest = Arrays.copyOf(highest, after);
    generation = Arrays.copyOf(generation, after);
    free = Arrays.copyOf(free, after);
    for (int slot = after - 1; slot >= before; slot--) {
      free[freeCount++] = slot;
    }
  }

  void remove(int slot) {
    Arrays.fill(octets, slot * ROW, (slot + 1) * ROW, (byte) 0);
    generation[slot]++;
    free[freeCount++] = slot;
  }

  SessionId id(int slot) {
    return SessionId.of(Arrays.copyOfRange(octets, slot * ROW, slot * ROW + SessionId.LENGTH));
  }

  byte[] key(int slot) {
    return Arrays.copyOfRange(octets, slot * ROW + KEY, slot * ROW + PATH_KEY);
  }

  byte[] pathKey(int slot) {
    return Arrays.copyOfRange(octets, slot * ROW + PATH_KEY, (slot + 1) * ROW);
  }

  int generation(int slot) {
    return generation[slot];
  }

  long expiry(int slot) {
    return expiry[slot];
  }

  long counter(int slot) {
    return counter[slot];
  }

  void count(int slot, long to) {
    counter[slot] = to;
  }

  void movePath(int slot, long toUpper, long toLower, int toPort) {
    upper[slot] = toUpper;
    lower[slot] = toLower;
    port[slot] = toPort;
  }

  @Nullable PeerAddress path(int slot) {
    return port[slot] == NO_PORT ? null : new PeerAddress(upper[slot], lower[slot], port[slot]);
  }

  int takeSequences(int slot, int count) {
    int taken = next[slot];
    next[slot] += count;
    return taken;
  }

  boolean wasSent(int slot, int sequence) {
    return Integer.compareUnsigned(sequence - first[slot], next[slot] - first[slot]) < 0;
  }

  /**
   * Whether a reflector's own number is new: above all before, or among the last 64 and not seen.
   * What is older is called old, since it is not remembered.
   */
  boolean takeAnswer(int slot, int sequence) {
    int before = highest[slot];
    long bits = seen[slot];
    if (!ReplayWindow.isNew(before, bits, sequence)) {
      return false;
    }
    highest[slot] = ReplayWindow.highest(before, bits, sequence);
    seen[slot] = ReplayWindow.seen(before, bits, sequence);
    return true;
  }
}
