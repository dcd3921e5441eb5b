package dev.holdfast.ledger.store;

import java.util.Arrays;

/** The content of a simulated file; copies are shared until one of them is written. */
final class Octets {
  private byte[] array;
  private int length;
  private boolean shared;

  Octets() {
    this(new byte[0], 0, false);
  }

  private Octets(byte[] array, int length, boolean shared) {
    this.array = array;
    this.length = length;
    this.shared = shared;
  }

  Octets copy() {
    shared = true;
    return new Octets(array, length, true);
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  int read(int from, byte[] target) {
    int count = Math.max(0, Math.min(target.length, length - from));
    if (count > 0) {
      System.arraycopy(array, from, target, 0, count);
    }
    return count;
  }

  void write(int at, byte[] source, int from, int count) {
    if (count > 0) {
      own(at + count);
      System.arraycopy(source, from, array, at, count);
      length = Math.max(length, at + count);
    }
  }

  /** Makes it at least so long, with zeroes. */
  void extend(int to) {
    if (to > length) {
      own(to);
      length = to;
    }
  }

  void flip(long bit) {
    int at = Math.toIntExact(bit / Byte.SIZE);
    if (at >= length) {
      return;
    }
    own(length);
    array[at] ^= (byte) (1 << (bit % Byte.SIZE));
  }

  private void own(int capacity) {
    if (shared || capacity > array.length) {
      int room = capacity > array.length ? Math.max(capacity, 2 * array.length) : array.length;
      array = Arrays.copyOf(array, room);
      shared = false;
    }
  }
}
