package dev.holdfast.attention.store;

import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.IndexKeys;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.DurableFiles;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.base.WriterLock;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of rows in a file, written once as they come, with their index in memory.
 *
 * <p>A folder with {@code rows}, {@code committed} and {@code lock}. There is one writer. Rows are
 * written to the file and never through the mapping by which they are read: on a full disk a write
 * through a mapping would end the process. A row may be read once {@link #append} returned; it
 * survives a loss of power once {@link #commit} returned. What was appended and not committed is
 * found again as far as it is whole.
 *
 * <p>Appending and committing is for one thread at a time (others wait), reading for any number
 * meanwhile. An interrupt of a thread that appends or commits closes the file under it.
 */
public final class RowFile implements AutoCloseable {
  /** So many of the acknowledged rows are checked when a file is opened. */
  static final int CHECKED = 4096;

  private static final String ROWS = "rows";
  private static final String COMMITTED = "committed";
  private static final int BATCH = 1 << 20;
  private static final long MOST_RESERVED = 1L << 30;

  private final Path file;
  private final RowLayout layout;
  private final Projection projection;
  private final WriterLock lock;
  private final RowChannel rows;
  private final CommitSlots slots;
  private final IndexKeys index;
  private final Object mapping = new Object();
  private MemorySegment mapped = MemorySegment.NULL;
  private long reserved;
  private boolean stopped;

  /**
   * What there was at one time.
   *
   * @param rows the rows, in the mapped file; they stay readable when the file is closed
   * @param index the index, of these rows first; it goes on growing with the file
   */
  public record Snapshot(Rows rows, IndexKeys index) {}

  private RowFile(
      Path folder,
      RowLayout layout,
      Projection projection,
      WriterLock lock,
      RowChannel rows,
      CommitSlots slots) {
    file = folder.resolve(ROWS);
    this.layout = layout;
    this.projection = projection;
    this.lock = lock;
    this.rows = rows;
    this.slots = slots;
    index = new IndexKeys(layout.form(), layout.indexDimension());
  }

  /**
   * Opens a folder of rows to read and append, made first where there is none.
   *
   * @param projection what makes the index of keys
   * @param form how its numbers are rounded
   * @param valueDimension numbers in a value, 0 where values are the keys themselves
   * @throws CodedException ROW_FILE_IN_USE, ROW_FILE_MISMATCH where it was made with other numbers
   *     or another projection, ROW_FILE_DAMAGED where acknowledged rows are not there,
   *     FILE_UNWRITABLE, FILE_UNREADABLE
   */
  public static RowFile open(
      Path folder, Projection projection, IndexForm form, int valueDimension) {
    return open(folder, projection, form, valueDimension, RowChannel::of);
  }

  static RowFile open(
      Path folder,
      Projection projection,
      IndexForm form,
      int valueDimension,
      RowChannel.Opener opener) {
    RowLayout layout = new RowLayout(projection, form, valueDimension);
    try {
      Files.createDirectories(folder);
      WriterLock lock = WriterLock.take(folder, folder.resolve("lock"), ErrorCode.ROW_FILE_IN_USE);
      RowChannel rows = null;
      CommitSlots slots = null;
      boolean opened = false;
      try {
        create(folder, layout);
        rows = opener.open(folder.resolve(ROWS));
        slots = new CommitSlots(opener.open(folder.resolve(COMMITTED)));
        RowFile made = new RowFile(folder, layout, projection, lock, rows, slots);
        made.recover();
        opened = true;
        return made;
      } finally {
        if (!opened) {
          close(slots);
          close(rows);
          lock.close();
        }
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static void close(@Nullable Closeable open) throws IOException {
    if (open != null) {
      open.close();
    }
  }

  /** Makes the files, {@code rows} last: without it there is nothing yet. */
  private static void create(Path folder, RowLayout layout) throws IOException {
    Path rows = folder.resolve(ROWS);
    Path committed = folder.resolve(COMMITTED);
    if (Files.exists(rows)) {
      if (!Files.exists(committed)) {
        throw damaged(committed, "it is not there, though rows are");
      }
      return;
    }
    if (Files.exists(committed)) {
      try (CommitSlots slots = new CommitSlots(RowChannel.of(committed))) {
        if (slots.rows() > 0) {
          throw damaged(rows, "it is not there, though rows were acknowledged");
        }
      }
    }
    DurableFiles.syncFolder(DurableFiles.folderOf(folder));
    DurableFiles.replace(committed, CommitSlots.fresh());
    DurableFiles.replace(rows, layout.header());
  }

  private void recover() throws IOException {
    ByteBuffer header = RowLayout.room(RowLayout.HEADER);
    rows.read(header, 0);
    if (header.hasRemaining()) {
      throw damaged(file, "it ends within its header");
    }
    layout.check(header, file.toString());
    long acknowledged = slots.rows();
    if (acknowledged < 0) {
      throw damaged(file.resolveSibling(COMMITTED), "neither of its two slots holds");
    }
    long there = (rows.size() - RowLayout.HEADER) / layout.stride();
    if (there < acknowledged) {
      throw damaged(file, "%d rows are acknowledged, %d are there".formatted(acknowledged, there));
    }
    if (there > Integer.MAX_VALUE) {
      throw tooMany();
    }
    long whole = firstBad(Math.max(0, acknowledged - CHECKED), there);
    if (whole < acknowledged) {
      throw damaged(file, "row %d does not fit its checksum".formatted(whole));
    }
    if (rows.size() > layout.at(whole)) {
      rows.truncate(layout.at(whole));
      // Rows behind the first that is not whole must not come back once another takes its place.
      rows.force();
    }
    reserved = layout.at(whole);
    readIndex((int) whole);
  }

  /** The first row from {@code from} on that does not hold, {@code to} where all before it do. */
  private long firstBad(long from, long to) throws IOException {
    int stride = layout.stride();
    int many = Math.max(1, BATCH / stride);
    ByteBuffer batch = RowLayout.room(Math.toIntExact(Math.min(many, to - from)) * stride);
    for (long first = from; first < to; first += many) {
      int count = (int) Math.min(many, to - first);
      batch.clear().limit(count * stride);
      rows.read(batch, layout.at(first));
      if (batch.hasRemaining()) {
        return first + batch.position() / stride;
      }
      for (int i = 0; i < count; i++) {
        if (!layout.holds(batch.slice(i * stride, stride).order(batch.order()), first + i)) {
          return first + i;
        }
      }
    }
    return to;
  }

  /** Takes the index from the file, without a look at keys and values. */
  private void readIndex(int count) {
    MemorySegment memory = map(count);
    byte[] numbers = new byte[layout.indexOctets()];
    for (int row = 0; row < count; row++) {
      long at = layout.at(row) + layout.indexAt();
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, numbers, 0, numbers.length);
      float scale = memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + numbers.length);
      if (!(scale >= 0 && scale <= Float.MAX_VALUE)) {
        throw damaged(file, "row %d has no index row".formatted(row));
      }
      index.append(numbers, scale);
    }
  }

  /**
   * Appends a row whose value is its key.
   *
   * @return its number
   * @throws CodedException as the other does
   */
  public int append(float[] key) {
    return append(key, new float[0]);
  }

  /**
   * Appends a row.
   *
   * @param value no numbers where values are the keys
   * @return its number
   * @throws CodedException OUT_OF_RANGE for a number that is not finite, TOO_MANY_ROWS, or
   *     FILE_UNWRITABLE, as on a full disk; the row is not there then
   * @throws IllegalArgumentException for a key or value of another dimension
   */
  public synchronized int append(float[] key, float[] value) {
    if (key.length != layout.keyDimension() || value.length != layout.valueDimension()) {
      throw new IllegalArgumentException(
          "a key of %d numbers and a value of %d, where keys have %d and values %d"
              .formatted(key.length, value.length, layout.keyDimension(), layout.valueDimension()));
    }
    requireGoing();
    requireFinite("key", key);
    requireFinite("value", value);
    float[] kept = projection.ofKey(key, 0);
    requireFinite("index", kept);
    int row = index.count();
    if (row == Integer.MAX_VALUE) {
      throw tooMany();
    }
    byte[] numbers = new byte[layout.indexOctets()];
    float scale = layout.form().quantize(kept, numbers);
    reserve(layout.at(row + 1L));
    try {
      rows.write(layout.row(row, key, value, numbers, scale), layout.at(row));
    } catch (IOException e) {
      cutOff(row);
      throw unwritable(file, e);
    }
    index.append(numbers, scale);
    return row;
  }

  /**
   * Makes the file longer than its rows need, by zeros that take no room, and twice as long each
   * time: a mapping covers them, and so few mappings are made, however often somebody reads.
   */
  private void reserve(long needed) {
    if (needed > reserved) {
      long longer = needed + Math.clamp(needed, BATCH, MOST_RESERVED);
      try {
        rows.write(ByteBuffer.allocate(1), longer - 1);
        reserved = longer;
      } catch (IOException e) {
        // The row itself may still find room.
        reserved = needed;
      }
    }
  }

  /** Leaves nothing behind the rows. */
  private void cutOff(int count) {
    // Not while a reader asks how long the file is and maps as much.
    synchronized (mapping) {
      try {
        rows.truncate(layout.at(count));
        reserved = layout.at(count);
      } catch (IOException e) {
        stopped = true;
      }
    }
  }

  private void requireFinite(String what, float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw new CodedException(
            Problem.in(
                file.toString(),
                ErrorCode.OUT_OF_RANGE,
                "number %d of the %s is %s".formatted(i, what, numbers[i])));
      }
    }
  }

  private void requireGoing() {
    if (stopped) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.FILE_UNWRITABLE,
              "writing failed before or it is closed; open it anew"));
    }
  }

  /**
   * Acknowledges all rows that were appended: they survive a loss of power.
   *
   * @return how many there are
   * @throws CodedException FILE_UNWRITABLE; nothing more is written then, since what a failed force
   *     left undone cannot be known
   */
  public synchronized int commit() {
    requireGoing();
    int count = index.count();
    if (count > slots.rows()) {
      try {
        rows.force();
        slots.put(count);
      } catch (IOException e) {
        stopped = true;
        throw unwritable(file, e);
      }
    }
    return count;
  }

  /** Rows that survive a loss of power. */
  public synchronized int committed() {
    return (int) slots.rows();
  }

  /** Rows that can be read. */
  public int count() {
    return index.count();
  }

  /**
   * What is there now, to be read by any thread while more is appended.
   *
   * @throws CodedException FILE_UNREADABLE where the file cannot be mapped
   */
  public Snapshot snapshot() {
    int count = index.count();
    return new Snapshot(rows(map(count).asSlice(RowLayout.HEADER), layout.stride(), count), index);
  }

  /**
   * Copies rows out of the file by reading it, and not by the mapping: where the file is not in
   * memory, a mapping reads the neighbourhood of a row too.
   *
   * @param chosen row numbers, any
   * @return those rows, in that order
   * @throws IndexOutOfBoundsException if a row is not there
   * @throws CodedException FILE_UNREADABLE
   */
  public Rows copy(int[] chosen) {
    int there = index.count();
    int octets = layout.indexAt();
    ByteBuffer copy = RowLayout.room(Math.multiplyExact(chosen.length, octets));
    try (RowChannel channel =
        new RowChannel.Plain(FileChannel.open(file, StandardOpenOption.READ))) {
      for (int i = 0; i < chosen.length; i++) {
        channel.read(copy.limit((i + 1) * octets), layout.at(Objects.checkIndex(chosen[i], there)));
        if (copy.hasRemaining()) {
          throw damaged(file, "row %d is not there any more".formatted(chosen[i]));
        }
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(file, e);
    }
    return rows(MemorySegment.ofBuffer(copy.flip()), octets, chosen.length);
  }

  private Rows rows(MemorySegment memory, long stride, int count) {
    int values = layout.valueDimension();
    return new Rows(
        memory,
        stride,
        layout.keyDimension(),
        count == 0 ? memory : memory.asSlice(layout.valueAt()),
        stride,
        values == 0 ? layout.keyDimension() : values,
        count);
  }

  /** The mapped file, at least so many rows of it. */
  private MemorySegment map(int count) {
    synchronized (mapping) {
      if (mapped.byteSize() < layout.at(count)) {
        // A channel of its own: an interrupt of a reader closes it, and not the writer's.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        } catch (IOException e) {
          throw BoundedFiles.unreadable(file, e);
        }
      }
      return mapped;
    }
  }

  /**
   * Checks every row against its checksum. It reads by the file and not by the mapping, so an
   * interrupt closes the file.
   *
   * @return the first that does not fit, or empty
   * @throws CodedException FILE_UNREADABLE
   */
  public OptionalInt verify() {
    int count = index.count();
    try {
      long bad = firstBad(0, count);
      return bad < count ? OptionalInt.of((int) bad) : OptionalInt.empty();
    } catch (IOException e) {
      throw BoundedFiles.unreadable(file, e);
    }
  }

  /** Ends writing, without acknowledging anything; snapshots stay readable. */
  @Override
  public synchronized void close() {
    if (!stopped) {
      cutOff(index.count());
      stopped = true;
    }
    try {
      try (lock;
          rows) {
        slots.close();
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private CodedException tooMany() {
    return new CodedException(
        Problem.in(
            file.toString(),
            ErrorCode.TOO_MANY_ROWS,
            "a file has %d rows at most".formatted(Integer.MAX_VALUE)));
  }

  private static CodedException damaged(Path file, String reason) {
    return new CodedException(Problem.in(file.toString(), ErrorCode.ROW_FILE_DAMAGED, reason));
  }

  private static CodedException unwritable(Path file, IOException cause) {
    return new CodedException(
        Problem.in(file.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(cause.getMessage())),
        cause);
  }
}
