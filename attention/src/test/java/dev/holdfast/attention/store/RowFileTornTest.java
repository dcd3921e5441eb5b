package dev.holdfast.attention.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attention.IndexForm;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loses power in the middle of whatever was being written. */
final class RowFileTornTest {
  private static final int COMMITTED = 3;
  private static final int ALL = 6;
  private static final RowLayout LAYOUT =
      new RowLayout(Numbers.PROJECTION, IndexForm.EIGHT_BITS, Numbers.VALUE);

  @TempDir private Path folder = Path.of("");
  private Path rows = folder;
  private Path committed = folder;
  private byte[] whole = {};
  private byte[] slots = {};

  @BeforeEach
  void write() throws IOException {
    rows = folder.resolve("rows");
    committed = folder.resolve("committed");
    try (RowFile file = open()) {
      Numbers.append(file, 2);
      file.commit();
      Numbers.append(file, COMMITTED - 2);
      file.commit();
      Numbers.append(file, ALL - COMMITTED);
    }
    whole = Files.readAllBytes(rows);
    slots = Files.readAllBytes(committed);
    assertThat(whole).hasSize((int) LAYOUT.at(ALL));
  }

  private RowFile open() {
    return RowFile.open(
        folder,
        Numbers.PROJECTION,
        IndexForm.EIGHT_BITS,
        Numbers.VALUE,
        file -> new TestChannel(RowChannel.of(file)));
  }

  /** Rows that are whole when everything from an octet on is as good as lost. */
  private static int before(int octet) {
    return (octet - RowLayout.HEADER) / LAYOUT.stride();
  }

  private static int sumEnd(int row) {
    return (int) LAYOUT.at(row) + LAYOUT.indexAt() + LAYOUT.indexDimension() + 8;
  }

  private void requireGoesOn(int kept) {
    try (RowFile file = open()) {
      RowFileTest.requireRows(file, kept);
      assertThat(file.committed()).isEqualTo(COMMITTED);
      Numbers.append(file, 1);
      RowFileTest.requireRows(file, kept + 1);
    }
    try (RowFile file = open()) {
      // What lay behind the row that was not whole does not come back.
      RowFileTest.requireRows(file, kept + 1);
    }
  }

  @Test
  void a_file_cut_off_anywhere_keeps_what_is_whole() throws IOException {
    for (int at = (int) LAYOUT.at(COMMITTED); at <= whole.length; at++) {
      Files.write(rows, Arrays.copyOf(whole, at));
      requireGoesOn(before(at));
    }
  }

  @Test
  void a_file_that_lost_acknowledged_rows_is_refused() throws IOException {
    for (int at = 0; at < LAYOUT.at(COMMITTED); at++) {
      Files.write(rows, Arrays.copyOf(whole, at));
      RowFileTest.requireCode(ErrorCode.ROW_FILE_DAMAGED, this::open);
    }
  }

  @Test
  void zeros_in_the_place_of_what_was_not_written_are_no_row() throws IOException {
    for (int at = (int) LAYOUT.at(COMMITTED); at < whole.length; at++) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, at, torn.length, (byte) 0);
      Files.write(rows, torn);
      // What is zero anyway, behind a checksum, may be lost.
      int kept = before(at);
      requireGoesOn(at >= sumEnd(kept) || Arrays.equals(torn, whole) ? kept + 1 : kept);
    }
  }

  @Test
  void a_row_whose_beginning_was_not_written_is_no_row() throws IOException {
    for (int length = 1; length < sumEnd(0) - RowLayout.HEADER; length++) {
      byte[] torn = whole.clone();
      int at = (int) LAYOUT.at(COMMITTED + 1);
      Arrays.fill(torn, at, at + length, (byte) 0);
      Files.write(rows, torn);
      requireGoesOn(COMMITTED + 1);
    }
  }

  @Test
  void a_changed_octet_never_gives_a_wrong_row() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int at = RowLayout.HEADER; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(rows, changed);
      int row = before(at);
      if (at >= sumEnd(row)) {
        try (RowFile file = open()) {
          RowFileTest.requireRows(file, ALL);
        }
      } else if (row < COMMITTED) {
        RowFileTest.requireCode(ErrorCode.ROW_FILE_DAMAGED, this::open);
      } else {
        requireGoesOn(row);
      }
    }
  }

  @Test
  void a_changed_header_is_refused() throws IOException {
    for (int bit = 0; bit < 8 * 60; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(rows, changed);
      try (RowFile file = open()) {
        throw new AssertionError("bit %d, %d rows".formatted(bit, file.count()));
      } catch (CodedException e) {
        assertThat(e.problem().code())
            .isIn(ErrorCode.ROW_FILE_DAMAGED, ErrorCode.ROW_FILE_MISMATCH);
      }
    }
  }

  @Test
  void a_row_in_the_place_of_another_is_no_row() throws IOException {
    byte[] moved = whole.clone();
    System.arraycopy(whole, (int) LAYOUT.at(5), moved, (int) LAYOUT.at(COMMITTED), LAYOUT.stride());
    Files.write(rows, moved);
    requireGoesOn(COMMITTED);
  }

  @Test
  void a_torn_slot_leaves_the_other() throws IOException {
    // The last commit went into slot 0 (2 rows into 1, then 3 into 0); the next goes into 1.
    SplittableRandom random = new SplittableRandom(2);
    for (int length = 0; length <= CommitSlots.OCTETS; length++) {
      for (int kind = 0; kind < 3; kind++) {
        byte[] torn = slots.clone();
        for (int i = 0; i < length; i++) {
          torn[CommitSlots.APART + i] =
              (byte) (kind == 0 ? 0 : kind == 1 ? 0xff : random.nextInt(256));
        }
        Files.write(committed, torn);
        Files.write(rows, whole);
        requireGoesOn(ALL);
      }
    }
    Files.write(committed, Arrays.copyOf(slots, CommitSlots.APART));
    requireGoesOn(ALL + 1);
  }

  @Test
  void a_newest_slot_that_was_lost_falls_back_to_the_one_before() throws IOException {
    for (int at = 0; at < CommitSlots.OCTETS; at++) {
      byte[] changed = slots.clone();
      changed[at] ^= 1;
      Files.write(committed, changed);
      try (RowFile file = open()) {
        assertThat(file.committed()).isEqualTo(2);
        RowFileTest.requireRows(file, ALL);
      }
    }
  }

  @Test
  void without_a_slot_that_holds_nothing_is_opened() throws IOException {
    Files.write(committed, new byte[slots.length]);
    RowFileTest.requireCode(ErrorCode.ROW_FILE_DAMAGED, this::open);
    Files.write(committed, new byte[0]);
    RowFileTest.requireCode(ErrorCode.ROW_FILE_DAMAGED, this::open);
  }
}
