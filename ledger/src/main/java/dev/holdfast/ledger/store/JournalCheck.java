package dev.holdfast.ledger.store;

import dev.holdfast.base.Problem;
import dev.holdfast.ledger.AuditFinding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the staged entries without changing anything, and the room that was taken for more, which
 * must be zero.
 *
 * <p>A writer may be at work: segments may go while this reads, and the last one may grow. A frame
 * that is not good is damage where something good follows it, in its segment or the next; behind
 * the last frame of all it is what a crash leaves, and is noted.
 */
final class JournalCheck {
  /** A size that may grow while one looks. */
  @FunctionalInterface
  interface Size {
    long now() throws IOException;
  }

  /** A segment that was read up to its last good frame. */
  private record Read(Segment segment, byte[] octets, int at, long end, int last) {
    boolean hasTail() {
      return !isZero(octets, at, octets.length);
    }
  }

  private final Disk disk;
  private final LogLayout layout;
  private final Consumer<AuditFinding> findings;
  private final List<String> notes = new ArrayList<>();
  private long files;

  JournalCheck(Disk disk, LogLayout layout, Consumer<AuditFinding> findings) {
    this.disk = disk;
    this.layout = layout;
    this.findings = findings;
  }

  /** The index behind the last good entry, or the size that is published where none is staged. */
  long run(Size published) throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : disk.list(layout.journal())) {
      if (Segment.isName(name)) {
        names.add(name);
      } else {
        notes.add(".state/journal/" + Problem.printable(name) + " is no part of a log");
      }
    }
    Read before = null;
    for (int i = 0; i < names.size(); i++) {
      boolean latest = i == names.size() - 1;
      Path path = layout.journal().resolve(names.get(i));
      Optional<byte[]> octets = disk.read(path);
      if (octets.isEmpty()) {
        // Its entries were published while we looked.
        continue;
      }
      files++;
      Segment segment = Segment.parse(path, octets.get());
      if (segment == null) {
        boolean unfinished = latest && octets.get().length <= Frame.ALIGNMENT;
        tell(path, 0, "its beginning is not that of a segment", unfinished);
        continue;
      }
      Read read = read(segment, octets.get());
      follows(before, read, published);
      before = read;
    }
    long end = published.now();
    if (before != null) {
      end = Math.max(end, end(before));
    }
    return end;
  }

  private void follows(@Nullable Read before, Read read, Size published) throws IOException {
    Segment segment = read.segment;
    if (before == null) {
      if (segment.first() > published.now()) {
        tell(segment.path(), 0, "what is staged begins here, but less is published", false);
      }
    } else if (segment.first() != before.end || segment.seed() != before.last) {
      String reason =
          "there should be a frame with entry "
              + before.end
              + ", since the next segment goes on with entry "
              + segment.first();
      tell(before.segment.path(), before.at, reason, segment.first() <= published.now());
    } else if (before.hasTail()) {
      tell(before.segment.path(), before.at, "a frame is unfinished; its writer gave it up", true);
    }
  }

  /** What is behind the last good frame of the last segment. */
  private long end(Read first) throws IOException {
    Read read = first;
    while (read.hasTail()) {
      int good = goodBehind(read);
      if (good < 0) {
        tell(
            read.segment.path(),
            read.at,
            "a frame with entry " + read.end + " is unfinished, or was damaged",
            true);
        return read.end;
      }
      // A frame may have been written behind our back: then it is good by now.
      Optional<byte[]> again = disk.read(read.segment.path());
      if (again.isEmpty()) {
        return read.end;
      }
      Read now = read(read.segment, again.get());
      if (now.at == read.at) {
        tell(
            read.segment.path(),
            read.at,
            "a frame with entry " + read.end + " is damaged; the one at octet " + good + " is good",
            false);
        return read.end;
      }
      read = now;
    }
    return read.end;
  }

  private Read read(Segment segment, byte[] octets) {
    zeroes(segment.path(), octets, Segment.HEAD, Frame.ALIGNMENT);
    long end = segment.first();
    int last = segment.seed();
    int at = Frame.ALIGNMENT;
    Frame frame = good(segment, octets, at);
    while (frame != null && frame.previous() == last && frame.first() == end) {
      int behind = at + Frame.HEAD + frame.length();
      at = (int) Math.min(octets.length, at + frame.footprint());
      zeroes(segment.path(), octets, behind, at);
      end = frame.end();
      last = frame.checksum();
      frame = good(segment, octets, at);
    }
    return new Read(segment, octets, Math.min(at, octets.length), end, last);
  }

  private static @Nullable Frame good(Segment segment, byte[] octets, int at) {
    if (octets.length - at < Frame.HEAD) {
      return null;
    }
    Frame frame = Frame.head(ByteBuffer.wrap(octets, at, Frame.HEAD).slice());
    return frame != null
            && frame.length() <= octets.length - at - Frame.HEAD
            && frame.holds(
                ByteBuffer.wrap(octets, at, Frame.HEAD + frame.length()).slice(), segment.salt())
        ? frame
        : null;
  }

  private static int goodBehind(Read read) {
    for (int at = read.at; at < read.octets.length; at += Frame.ALIGNMENT) {
      Frame frame = good(read.segment, read.octets, at);
      if (frame != null && frame.first() >= read.end) {
        return at;
      }
    }
    return -1;
  }

  private void tell(Path path, long at, String reason, boolean harmless) {
    String name = layout.root().relativize(path).toString();
    if (harmless) {
      notes.add(name + " at octet " + at + ": " + reason);
    } else {
      findings.accept(new AuditFinding(name, at, reason));
    }
  }

  private void zeroes(Path path, byte[] octets, int from, int to) {
    for (int at = from; at < Math.min(to, octets.length); at++) {
      if (octets[at] != 0) {
        tell(path, at, "an octet between frames is not zero", false);
        return;
      }
    }
  }

  private static boolean isZero(byte[] octets, int from, int to) {
    for (int at = from; at < to; at++) {
      if (octets[at] != 0) {
        return false;
      }
    }
    return true;
  }

  long files() {
    return files;
  }

  List<String> notes() {
    return notes;
  }
}
