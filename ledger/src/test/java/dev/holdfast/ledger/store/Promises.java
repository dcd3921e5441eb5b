package dev.holdfast.ledger.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a store told its callers, and after how many operations of the disk it told them so.
 *
 * <p>A promise made after {@code n} operations has to hold after every crash that follows {@code n}
 * or more. Safe for many threads.
 */
final class Promises {
  private final SimulatedDisk disk;
  private final List<Stamped<byte[]>> submitted = new ArrayList<>();
  private final List<Stamped<Acknowledged>> acknowledged = new ArrayList<>();
  private final List<Stamped<byte[]>> published = new ArrayList<>();

  Promises(SimulatedDisk disk) {
    this.disk = disk;
  }

  /** Promises on a disk that a crash left, on which those made before still have to hold. */
  Promises(SimulatedDisk disk, Promised before) {
    this(disk);
    before.submitted().forEach(entry -> submitted.add(new Stamped<>(0, entry)));
    before
        .acknowledged()
        .forEach(
            (index, entry) -> acknowledged.add(new Stamped<>(0, new Acknowledged(index, entry))));
    before.published().forEach(checkpoint -> published.add(new Stamped<>(0, checkpoint)));
  }

  private record Stamped<T>(int operations, T value) {}

  private record Acknowledged(long index, byte[] entry) {}

  /**
   * What was promised up to some point.
   *
   * @param submitted entries handed in, in order, whether acknowledged or not: nothing else may be
   *     found
   * @param acknowledged entries by the index they were given
   * @param published the octets of the checkpoints seen, in order
   */
  record Promised(
      List<byte[]> submitted, NavigableMap<Long, byte[]> acknowledged, List<byte[]> published) {
    /** Whether so many of each were promised; promises only ever grow. */
    String counts() {
      return "%d submitted, %d acknowledged, %d published"
          .formatted(submitted.size(), acknowledged.size(), published.size());
    }
  }

  /** To be called before an entry is handed to the store. */
  synchronized void submitted(byte[] entry) {
    submitted.add(new Stamped<>(disk.operations(), entry.clone()));
  }

  /** To be called once the store has answered that an entry is in, and where. */
  synchronized void acknowledged(long index, byte[] entry) {
    acknowledged.add(new Stamped<>(disk.operations(), new Acknowledged(index, entry.clone())));
  }

  /** To be called with each checkpoint that a reader could have seen. */
  synchronized void published(byte[] checkpoint) {
    published.add(new Stamped<>(disk.operations(), checkpoint.clone()));
  }

  /** What was promised when so many operations were done. */
  synchronized Promised after(int operations) {
    NavigableMap<Long, byte[]> entries = new TreeMap<>();
    for (Acknowledged one : until(acknowledged, operations)) {
      byte[] other = entries.put(one.index(), one.entry());
      if (other != null) {
        throw new AssertionError("two entries were acknowledged with the index " + one.index());
      }
    }
    return new Promised(until(submitted, operations), entries, until(published, operations));
  }

  /** The counts of operations after which something was acknowledged or published. */
  synchronized NavigableSet<Integer> moments() {
    NavigableSet<Integer> moments = new TreeSet<>();
    acknowledged.forEach(one -> moments.add(one.operations()));
    published.forEach(one -> moments.add(one.operations()));
    return moments;
  }

  private static <T> List<T> until(List<Stamped<T>> all, int operations) {
    return all.stream().filter(one -> one.operations() <= operations).map(Stamped::value).toList();
  }
}
