package dev.holdfast.ledger;

import java.util.Arrays;
import java.util.BitSet;

/** The hashes that one tile should hold, as far as they are known. */
final class AuditPart {
  private final TileId tile;
  private final String path;
  private final byte[] hashes;
  private final BitSet known = new BitSet();

  /**
   * A part of which nothing is known.
   *
   * @param tile the tile as the tree has it
   * @param path the file where its hashes were found
   */
  AuditPart(TileId tile, String path) {
    this.tile = tile;
    this.path = path;
    hashes = new byte[tile.width() * Hash.LENGTH];
  }

  TileId tile() {
    return tile;
  }

  String path() {
    return path;
  }

  /** The hashes side by side; those that are not known are zeroes. */
  byte[] hashes() {
    return hashes;
  }

  boolean isComplete() {
    return known.cardinality() == tile.width();
  }

  boolean knows(int place) {
    return known.get(place);
  }

  void know(int from, int to) {
    known.set(from, to);
  }

  Hash hash(int place) {
    return Hash.of(hashes, place * Hash.LENGTH, (place + 1) * Hash.LENGTH);
  }

  /** Takes from the other what this one does not know. */
  void fill(AuditPart other) {
    for (int i = other.known.nextSetBit(0); i >= 0; i = other.known.nextSetBit(i + 1)) {
      if (!known.get(i)) {
        System.arraycopy(other.hashes, i * Hash.LENGTH, hashes, i * Hash.LENGTH, Hash.LENGTH);
        known.set(i);
      }
    }
  }

  /** The first octet, within the hash at a place, where both differ, or -1. */
  int mismatch(AuditPart other, int place) {
    int from = place * Hash.LENGTH;
    int to = from + Hash.LENGTH;
    return Arrays.mismatch(hashes, from, to, other.hashes, from, to);
  }

  /** Whether both know the hash at a place and have different ones. */
  boolean contradicts(AuditPart other, int place) {
    return known.get(place) && other.known.get(place) && mismatch(other, place) >= 0;
  }

  /** Each gets the other's hash at a place; done twice, all is as it was. */
  void swap(AuditPart other, int place) {
    int at = place * Hash.LENGTH;
    byte[] mine = Arrays.copyOfRange(hashes, at, at + Hash.LENGTH);
    System.arraycopy(other.hashes, at, hashes, at, Hash.LENGTH);
    System.arraycopy(mine, 0, other.hashes, at, Hash.LENGTH);
  }
}
