package dev.holdfast.ledger.store;

import dev.holdfast.ledger.AuditFinding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the staged entries without changing anything, and the room that was taken for more, which
 * must be zero.
 */
final class JournalCheck {
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
  long run(long published) throws IOException {
    long end = published;
    List<String> names =
        disk.list(layout.journal()).stream().filter(name -> name.matches("[0-9]{20}")).toList();
    for (int i = 0; i < names.size(); i++) {
      boolean latest = i == names.size() - 1;
      Path path = layout.journal().resolve(names.get(i));
      byte[] octets = disk.read(path).orElse(new byte[0]);
      files++;
      Segment segment = Segment.parse(path, octets);
      if (segment == null) {
        tell(path, 0, "its beginning is not that of a segment", latest);
        continue;
      }
      end = Math.max(end, frames(segment, octets, latest));
    }
    return end;
  }

  private long frames(Segment segment, byte[] octets, boolean latest) {
    zeroes(segment.path(), octets, Segment.HEAD, Frame.ALIGNMENT);
    long end = segment.first();
    int last = segment.seed();
    int at = Frame.ALIGNMENT;
    while (at + Frame.HEAD <= octets.length) {
      Frame frame = Frame.head(ByteBuffer.wrap(octets, at, Frame.HEAD).slice());
      if (frame == null
          || frame.length() > octets.length - at - Frame.HEAD
          || frame.previous() != last
          || frame.first() != end
          || !frame.holds(
              ByteBuffer.wrap(octets, at, Frame.HEAD + frame.length()).slice(), segment.salt())) {
        break;
      }
      int behind = at + Frame.HEAD + frame.length();
      at = (int) Math.min(octets.length, at + frame.footprint());
      zeroes(segment.path(), octets, behind, at);
      end = frame.end();
      last = frame.checksum();
    }
    if (!isZero(octets, at, octets.length)) {
      tell(
          segment.path(),
          at,
          "a frame behind entry " + end + " is unfinished, or was damaged",
          latest);
    }
    return end;
  }

  /** Behind the last frame of the last segment an unfinished one is what a crash leaves. */
  private void tell(Path path, long at, String reason, boolean latest) {
    String name = layout.root().relativize(path).toString();
    if (latest) {
      notes.add(name + " at octet " + at + ": " + reason);
    } else {
      findings.accept(new AuditFinding(name, at, reason));
    }
  }

  private void zeroes(Path path, byte[] octets, int from, int to) {
    for (int at = from; at < Math.min(to, octets.length); at++) {
      if (octets[at] != 0) {
        String name = layout.root().relativize(path).toString();
        findings.accept(new AuditFinding(name, at, "an octet between frames is not zero"));
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
