package dev.holdfast.bench;

import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What disk and processor allow at all: the measure of a log's speed, taken in the same run.
 *
 * @param fsync seconds that writing and forcing one batch takes, in a file whose room is there
 * @param leaf seconds that the hash of one entry takes
 * @param node seconds that the hash of one node takes
 * @param sequential octets a second that are written in one go and forced at the end
 */
record LedgerLimits(double fsync, double leaf, double node, double sequential) {
  private static final int MEBI = 1 << 20;
  private static final double NANO = 1e-9;

  static LedgerLimits measure(Path folder, int entry, int batch) throws IOException {
    TreeHasher hasher = new TreeHasher();
    byte[] octets = new byte[Math.max(entry, 2 * Hash.LENGTH)];
    byte[] hash = new byte[Hash.LENGTH];
    double leaf = 0;
    double node = 0;
    // Twice, so that what is kept was compiled.
    for (int round = 0; round < 2; round++) {
      leaf = perOperation(1_000_000, () -> hasher.leaf(octets, 0, entry, hash, 0));
      node = perOperation(1_000_000, () -> hasher.node(octets, 0, hash, 0));
    }
    return new LedgerLimits(
        fsync(folder, batch * (entry + 2)), leaf, node, sequential(folder, 512 * MEBI));
  }

  /**
   * So many callers, one entry each under way, one fsync a batch, each entry and node hashed once.
   */
  double allowed(int callers) {
    return callers / (fsync + callers * (leaf + node));
  }

  private static double perOperation(int count, Runnable operation) {
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      operation.run();
    }
    return (System.nanoTime() - began) * NANO / count;
  }

  private static double fsync(Path folder, int octets) throws IOException {
    Path file = folder.resolve("fsync");
    int count = 2000;
    int step = (octets + 4095) / 4096 * 4096;
    try (FileChannel channel = open(file)) {
      ByteBuffer zeroes = ByteBuffer.allocateDirect(step);
      for (int i = 0; i < count; i++) {
        channel.write(zeroes.clear(), (long) i * step);
      }
      channel.force(true);
      ByteBuffer batch = ByteBuffer.allocateDirect(octets);
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        channel.write(batch.clear(), (long) i * step);
        channel.force(false);
      }
      return (System.nanoTime() - began) * NANO / count;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static double sequential(Path folder, int octets) throws IOException {
    Path file = folder.resolve("sequential");
    try (FileChannel channel = open(file)) {
      ByteBuffer piece = ByteBuffer.allocateDirect(MEBI);
      long began = System.nanoTime();
      for (long at = 0; at < octets; at += MEBI) {
        channel.write(piece.clear(), at);
      }
      channel.force(true);
      return octets / ((System.nanoTime() - began) * NANO);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}
