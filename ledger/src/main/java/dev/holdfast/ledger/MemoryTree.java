package dev.holdfast.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree whose hashes are all in memory: for small trees and as a reference.
 *
 * <p>One instance serves one thread.
 */
public final class MemoryTree implements TreeHashes {
  private final TreeHasher hasher = new TreeHasher();
  private final List<List<Hash>> levels = new ArrayList<>();

  public MemoryTree() {
    levels.add(new ArrayList<>());
  }

  /** Adds a leaf behind the last one. */
  public void append(Hash leafHash) {
    Hash hash = leafHash;
    for (int height = 0; ; height++) {
      if (height == levels.size()) {
        levels.add(new ArrayList<>());
      }
      List<Hash> level = levels.get(height);
      level.add(hash);
      if (level.size() % 2 == 1) {
        return;
      }
      hash = hasher.node(level.get(level.size() - 2), hash);
    }
  }

  /** How many leaves it has. */
  public long size() {
    return levels.getFirst().size();
  }

  /** The root over all leaves (RFC 6962 section 2.1). */
  public Hash root() {
    List<Hash> complete = new ArrayList<>();
    for (List<Hash> level : levels.reversed()) {
      if (level.size() % 2 == 1) {
        complete.add(level.getLast());
      }
    }
    return complete.isEmpty() ? TreeHasher.emptyRoot() : TreeRoot.fold(complete);
  }

  @Override
  public Hash at(int height, long index) {
    if (height < 0 || height >= levels.size() || index < 0 || index >= levels.get(height).size()) {
      throw new IllegalArgumentException(
          "no complete subtree at " + height + ", " + index + " in a tree of " + size());
    }
    return levels.get(height).get((int) index);
  }
}
