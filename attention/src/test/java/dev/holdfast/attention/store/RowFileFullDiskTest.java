package dev.holdfast.attention.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attention.IndexForm;
import dev.holdfast.base.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes so many octets and no more, or that fails to force. */
final class RowFileFullDiskTest {
  private static final RowLayout LAYOUT =
      new RowLayout(Numbers.PROJECTION, IndexForm.EIGHT_BITS, Numbers.VALUE);

  @TempDir private Path folder = Path.of("");
  private long room = Long.MAX_VALUE;
  private boolean forces = true;

  private RowFile open() {
    return RowFile.open(
        folder,
        Numbers.PROJECTION,
        IndexForm.EIGHT_BITS,
        Numbers.VALUE,
        file -> new SmallDisk(RowChannel.of(file)));
  }

  private final class SmallDisk extends TestChannel {
    SmallDisk(RowChannel real) {
      super(real);
    }

    @Override
    public void write(ByteBuffer octets, long at) throws IOException {
      if (octets.remaining() > room) {
        super.write(octets.slice().limit((int) room), at);
        room = 0;
        throw new IOException("No space left on device");
      }
      room -= octets.remaining();
      super.write(octets, at);
    }

    @Override
    public void force() throws IOException {
      if (!forces) {
        throw new IOException("Input/output error");
      }
      super.force();
    }
  }

  @Test
  void on_a_full_disk_the_row_is_not_there_and_the_others_are() {
    int rows = 0;
    for (int left = 0; left < LAYOUT.stride(); left += 7) {
      try (RowFile file = open()) {
        RowFileTest.requireRows(file, rows);
        Numbers.append(file, 2);
        rows += 2;
        room = left;
        RowFileTest.requireCode(ErrorCode.FILE_UNWRITABLE, () -> Numbers.append(file, 1));
        RowFileTest.requireCode(ErrorCode.FILE_UNWRITABLE, () -> Numbers.append(file, 1));
        RowFileTest.requireRows(file, rows);
        room = Long.MAX_VALUE;
        if (left % 2 == 0) {
          // Once there is room again, the same writer goes on.
          Numbers.append(file, 1);
          rows++;
          RowFileTest.requireRows(file, rows);
          assertThat(file.commit()).isEqualTo(rows);
        }
      }
    }
  }

  @Test
  void where_forcing_fails_nothing_is_acknowledged_and_nothing_more_written() {
    try (RowFile file = open()) {
      Numbers.append(file, 2);
      file.commit();
      Numbers.append(file, 2);
      forces = false;
      RowFileTest.requireCode(ErrorCode.FILE_UNWRITABLE, file::commit);
      forces = true;
      RowFileTest.requireCode(ErrorCode.FILE_UNWRITABLE, file::commit);
      RowFileTest.requireCode(ErrorCode.FILE_UNWRITABLE, () -> Numbers.append(file, 1));
      RowFileTest.requireRows(file, 4);
      assertThat(file.committed()).isEqualTo(2);
    }
    try (RowFile file = open()) {
      assertThat(file.committed()).isEqualTo(2);
      RowFileTest.requireRows(file, 4);
    }
  }

  @Test
  void a_slot_that_cannot_be_written_whole_leaves_the_other() {
    for (int left = 0; left < CommitSlots.OCTETS; left++) {
      int there;
      try (RowFile file = open()) {
        there = file.count();
        Numbers.append(file, 1);
        file.commit();
        Numbers.append(file, 1);
        room = left;
        RowFileTest.requireCode(ErrorCode.FILE_UNWRITABLE, file::commit);
        room = Long.MAX_VALUE;
      }
      try (RowFile file = open()) {
        assertThat(file.committed()).isEqualTo(there + 1);
        RowFileTest.requireRows(file, there + 2);
      }
    }
  }
}
