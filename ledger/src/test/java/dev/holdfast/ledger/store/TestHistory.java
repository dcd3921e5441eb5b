package dev.holdfast.ledger.store;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.ConsistencyProof;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.MemoryTree;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.TreeRoot;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** A history of a log, in memory; the same key can sign several that contradict each other. */
final class TestHistory {
  private final SigningKey key;
  private final MemoryTree tree = new MemoryTree();
  private final int size;

  private TestHistory(SigningKey key, int size) {
    this.key = key;
    this.size = size;
  }

  /** A history of so many entries. */
  static TestHistory of(SigningKey key, int size) {
    return forked(key, size, size, "");
  }

  /** One whose first entries are those of any other, and the rest its own. */
  static TestHistory forked(SigningKey key, int shared, int size, String fork) {
    TestHistory history = new TestHistory(key, size);
    TreeHasher hasher = new TreeHasher();
    for (int i = 0; i < size; i++) {
      history.tree.append(hasher.leaf(TestLogs.entry("entry " + i + (i < shared ? "" : fork))));
    }
    return history;
  }

  int size() {
    return size;
  }

  Hash root(long at) {
    try {
      return TreeRoot.of(at, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Checkpoint checkpoint(long at) {
    return Checkpoint.of(key.key().name(), at, root(at));
  }

  SignedCheckpoint signed(long at) {
    return signed(checkpoint(at));
  }

  SignedCheckpoint signed(Checkpoint checkpoint) {
    return SignedCheckpoint.of(checkpoint, List.of(key.sign(checkpoint, Instant.EPOCH)));
  }

  List<Hash> proof(long from, long to) {
    try {
      return ConsistencyProof.make(from, to, tree).path();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WitnessRequest request(long from, long to) {
    return new WitnessRequest(from, proof(from, to), signed(to));
  }

  byte[] body(long from, long to) {
    return request(from, to).octets();
  }

  /** Whether a checkpoint is one of this history. */
  boolean holds(Checkpoint checkpoint) {
    return checkpoint.size() <= size && root(checkpoint.size()).equals(checkpoint.root());
  }
}
