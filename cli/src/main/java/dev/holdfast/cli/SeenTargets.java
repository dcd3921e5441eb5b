package dev.holdfast.cli;

import java.util.BitSet;

/**
 * Which targets have been seen, in memory that does not grow: a Bloom filter of 16 MiB. It may say
 * "seen" of a new one (one in a billion at a million targets), never the reverse.
 */
final class SeenTargets {
  private static final int BITS = 1 << 27;
  private static final int HASHES = 7;

  private final BitSet bits = new BitSet(BITS);

  /** Notes a target; true if it may have been noted before. */
  boolean add(String target) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < target.length(); i++) {
      hash = (hash ^ target.charAt(i)) * 0x100000001b3L;
    }
    // Finalised as in SplitMix64 (Steele, Lea, Flood 2014): FNV alone leaves the low bits weak.
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    hash ^= hash >>> 31;
    int step = (int) (hash >>> 32) | 1;
    boolean all = true;
    int at = (int) hash;
    for (int i = 0; i < HASHES; i++) {
      int bit = at & (BITS - 1);
      if (!bits.get(bit)) {
        all = false;
        bits.set(bit);
      }
      at += step;
    }
    return all;
  }
}
