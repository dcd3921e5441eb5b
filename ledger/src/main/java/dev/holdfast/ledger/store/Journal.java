package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The staged entries: durable from the moment they are acknowledged until their tiles are
 * published.
 *
 * <p>A sequence of {@link Segment}s of {@link Frame}s. Only one frame is ever being written, and an
 * opened journal goes on in a new segment, so whatever follows the last good frame was never
 * acknowledged; a good frame behind a bad one means damage, and is told, never skipped. Space is
 * taken in growing steps of zeroes, so that most forces change no length.
 *
 * <p>One thread appends; another reads and retires.
 */
final class Journal implements Closeable {
  private static final int FIRST_STEP = 1 << 16;
  private static final int LARGEST_STEP = 1 << 20;

  /** A segment that is open. */
  private static final class Open {
    private final Segment segment;
    private final Disk.OpenFile file;
    private long position = Frame.ALIGNMENT;
    private long allocated;

    Open(Segment segment, Disk.OpenFile file) {
      this.segment = segment;
      this.file = file;
    }
  }

  /** Where a frame lies. */
  private record Placed(Frame frame, Open in, long at) {}

  private final Disk disk;
  private final Path folder;
  private final int segmentSize;
  private final RandomGenerator random;
  private final Deque<Placed> unpublished = new ArrayDeque<>();
  private final List<Open> segments = new ArrayList<>();
  private @Nullable Open current;
  private long end;
  private int last;

  private Journal(Disk disk, Path folder, int segmentSize, RandomGenerator random, long end) {
    this.disk = disk;
    this.folder = folder;
    this.segmentSize = segmentSize;
    this.random = random;
    this.end = end;
  }

  /**
   * Opens the journal of a log whose first {@code published} entries lie in tiles.
   *
   * <p>Takes time for what is not published and at most one segment more.
   *
   * @throws CodedException LOG_DAMAGED where a part is missing or something good follows something
   *     bad
   */
  static Journal open(
      Disk disk, LogLayout layout, int segmentSize, long published, RandomGenerator random)
      throws IOException {
    Journal journal = new Journal(disk, layout.journal(), segmentSize, random, published);
    List<Long> firsts = new ArrayList<>();
    for (String name : disk.list(layout.journal())) {
      if (Segment.isName(name)) {
        firsts.add(Long.parseUnsignedLong(name));
      }
    }
    int from = 0;
    while (from + 1 < firsts.size() && firsts.get(from + 1) <= published) {
      // All of it is published; it only had not been removed yet.
      disk.delete(layout.journal().resolve(Segment.name(firsts.get(from))));
      from++;
    }
    try {
      journal.scan(firsts.subList(from, firsts.size()), published);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
    return journal;
  }

  private void scan(List<Long> firsts, long published) throws IOException {
    for (int i = 0; i < firsts.size(); i++) {
      boolean latest = i == firsts.size() - 1;
      Path path = folder.resolve(Segment.name(firsts.get(i)));
      Disk.OpenFile file = disk.open(path);
      Segment segment = Segment.read(path, file);
      if (segment == null) {
        long size = file.size();
        file.close();
        if (!latest || size > Frame.ALIGNMENT) {
          throw damaged(path, "its beginning, at octet 0, is not that of a segment");
        }
        // Power went before its first block was durable, and nothing is put behind it before.
        disk.delete(path);
        break;
      }
      Open open = new Open(segment, file);
      Open before = i == 0 ? null : segments.getLast();
      segments.add(open);
      if (before == null) {
        if (segment.first() > published) {
          throw damaged(
              path, "entries from " + published + " to " + segment.first() + " are missing");
        }
        end = segment.first();
        last = segment.seed();
      } else if (segment.first() != end || segment.seed() != last) {
        throw damaged(
            before.segment.path(),
            "at octet "
                + before.position
                + " there should be a frame with entry "
                + end
                + ", since the next segment goes on with entry "
                + segment.first());
      }
      scan(open, published, latest);
      makeDurable(open);
    }
    if (end < published) {
      // Everything in it was published long ago; the next segment begins where the tiles end.
      unpublished.clear();
      retireAll();
      end = published;
      last = 0;
    }
  }

  private void scan(Open open, long published, boolean latest) throws IOException {
    long size = open.file.size();
    Frame frame = next(open, size);
    while (frame != null) {
      if (frame.end() > published) {
        unpublished.add(new Placed(frame, open, open.position));
      }
      end = frame.end();
      last = frame.checksum();
      open.position += frame.footprint();
      frame = next(open, size);
    }
    if (latest) {
      requireNothingGoodBehind(open, size);
    }
  }

  /**
   * Writes the frames that are not published once more, and forces them.
   *
   * <p>What was found may have been written by a process that was killed, or whose fsync failed,
   * before it was durable; the system may even believe it clean. The log must not bind itself to it
   * before it is. Writing the same octets to the same place cannot harm what was durable.
   */
  private void makeDurable(Open open) throws IOException {
    boolean any = false;
    for (Placed placed : unpublished) {
      if (placed.in == open) {
        ByteBuffer octets = ByteBuffer.allocate(Frame.HEAD + placed.frame.length());
        open.file.read(octets, placed.at);
        open.file.write(octets.flip(), placed.at);
        any = true;
      }
    }
    if (any) {
      open.file.force();
    }
  }

  /** The frame at the position, or null where there is no good one that follows the last. */
  private @Nullable Frame next(Open open, long size) throws IOException {
    Frame frame = good(open, open.position, size);
    return frame != null && frame.previous() == last && frame.first() == end ? frame : null;
  }

  private static @Nullable Frame good(Open open, long at, long size) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(Frame.HEAD);
    if (open.file.read(head, at) < Frame.HEAD) {
      return null;
    }
    Frame frame = Frame.head(head);
    if (frame == null || frame.length() > size - at - Frame.HEAD) {
      return null;
    }
    ByteBuffer all = ByteBuffer.allocate(Frame.HEAD + frame.length());
    return open.file.read(all, at) == all.limit() && frame.holds(all.flip(), open.segment.salt())
        ? frame
        : null;
  }

  private void requireNothingGoodBehind(Open open, long size) throws IOException {
    for (long at = open.position; at < size; at += Frame.ALIGNMENT) {
      Frame frame = good(open, at, size);
      if (frame != null && frame.first() >= end) {
        throw damaged(
            open.segment.path(),
            "the frame at octet "
                + open.position
                + " is damaged, but a later one with entry "
                + frame.first()
                + " is good");
      }
    }
  }

  /** The index behind the last durable entry. */
  synchronized long end() {
    return end;
  }

  /**
   * Makes a batch of entries durable.
   *
   * @param octets room for the head, then the entries as a bundle has them, up to the limit
   * @param count how many entries
   * @return how many octets of entries there are, with their lengths
   */
  int append(ByteBuffer octets, int count) throws IOException {
    Open open = room(Frame.aligned(octets.limit()));
    Frame frame = Frame.seal(octets, open.segment.salt(), last, end, count);
    long behind = open.position + frame.footprint();
    if (behind > open.allocated) {
      allocate(open, behind);
    }
    open.file.write(octets.duplicate().position(0), open.position);
    open.file.force();
    synchronized (this) {
      unpublished.add(new Placed(frame, open, open.position));
      open.position = behind;
      end = frame.end();
      last = frame.checksum();
    }
    return frame.length();
  }

  private Open room(long footprint) throws IOException {
    Open open = current;
    if (open != null && open.position + footprint <= segmentSize) {
      return open;
    }
    Segment segment = new Segment(folder.resolve(Segment.name(end)), end, last, random.nextInt());
    // A name that is there already belongs to a segment without a single good frame.
    disk.delete(segment.path());
    Disk.OpenFile file = disk.open(segment.path());
    Open made = new Open(segment, file);
    file.write(segment.block(), 0);
    made.allocated = Frame.ALIGNMENT;
    file.force();
    disk.syncFolder(folder);
    synchronized (this) {
      forget(segment);
      segments.add(made);
      current = made;
    }
    return made;
  }

  private void forget(Segment replaced) throws IOException {
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).segment.path().equals(replaced.path())) {
        segments.remove(i).file.close();
      }
    }
  }

  private static void allocate(Open open, long behind) throws IOException {
    long step = Math.clamp(open.allocated, FIRST_STEP, LARGEST_STEP);
    long to = Math.max(open.allocated + step, behind);
    while (open.allocated < to) {
      int zeroes = (int) Math.min(LARGEST_STEP, to - open.allocated);
      open.file.write(ByteBuffer.allocateDirect(zeroes), open.allocated);
      open.allocated += zeroes;
    }
  }

  /**
   * Reads the next batches that are not published, from disk, and checks them again.
   *
   * @param mostOctets stops before this many octets of entries, but gives one batch at least
   * @return the bodies, in order, each with the index of its first entry; empty where nothing waits
   */
  List<Staged> read(long mostOctets) throws IOException {
    List<Placed> taken = new ArrayList<>();
    synchronized (this) {
      long octets = 0;
      for (Placed placed : unpublished) {
        octets += placed.frame.length();
        if (!taken.isEmpty() && octets > mostOctets) {
          break;
        }
        taken.add(placed);
      }
    }
    List<Staged> read = new ArrayList<>(taken.size());
    for (Placed placed : taken) {
      byte[] octets = new byte[Frame.HEAD + placed.frame.length()];
      ByteBuffer all = ByteBuffer.wrap(octets);
      if (placed.in.file.read(all, placed.at) != octets.length
          || !placed.frame.holds(all.flip(), placed.in.segment.salt())) {
        throw damaged(
            placed.in.segment.path(),
            "the frame at octet " + placed.at + " is not what was written there");
      }
      read.add(new Staged(placed.frame.first(), placed.frame.count(), octets, Frame.HEAD));
    }
    return read;
  }

  /** The entries before this index lie in published tiles: their room is given back. */
  void retire(long published) throws IOException {
    List<Open> done = new ArrayList<>();
    synchronized (this) {
      while (!unpublished.isEmpty() && unpublished.getFirst().frame.end() <= published) {
        unpublished.removeFirst();
      }
      Open oldest = unpublished.isEmpty() ? null : unpublished.getFirst().in;
      while (!segments.isEmpty()
          && segments.getFirst() != oldest
          && segments.getFirst() != current) {
        done.add(segments.removeFirst());
      }
    }
    remove(done);
  }

  private void retireAll() throws IOException {
    List<Open> done = List.copyOf(segments);
    segments.clear();
    remove(done);
  }

  private void remove(List<Open> done) throws IOException {
    for (Open open : done) {
      open.file.close();
      disk.delete(open.segment.path());
    }
  }

  /** Where nothing is staged, takes all of the journal away: a log at rest has none. */
  void clear(long published) throws IOException {
    if (end == published) {
      unpublished.clear();
      current = null;
      retireAll();
    }
  }

  private static CodedException damaged(Path path, String reason) {
    return new CodedException(Problem.in(path.toString(), ErrorCode.LOG_DAMAGED, reason));
  }

  @Override
  public void close() throws IOException {
    for (Open open : segments) {
      open.file.close();
    }
    segments.clear();
  }
}
