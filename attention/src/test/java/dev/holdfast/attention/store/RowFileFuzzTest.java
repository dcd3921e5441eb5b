package dev.holdfast.attention.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Whatever octets lie there: a coded error or rows. Normal builds run the seeds only. */
final class RowFileFuzzTest {
  private static final Projection PROJECTION = Projection.hadamard(2, 2);
  private static final RowLayout LAYOUT = new RowLayout(PROJECTION, IndexForm.EIGHT_BITS, 1);

  @TempDir private Path folder = Path.of("");

  @FuzzTest
  void any_octets_for_a_file_of_rows_give_rows_or_a_coded_error(byte[] octets) throws IOException {
    Path rows = folder.resolve("rows");
    Path committed = folder.resolve("committed");
    Files.write(committed, CommitSlots.fresh());
    Files.write(rows, octets);
    requireRowsOrError();
    // The same behind a header that holds, and with checksums that do.
    Files.write(rows, behindHeader(octets));
    requireRowsOrError();
    Files.write(rows, LAYOUT.header());
    Files.write(committed, octets);
    requireRowsOrError();
  }

  private static byte[] behindHeader(byte[] octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(LAYOUT.header());
    int number = 0;
    for (int at = 0; at < octets.length; at += LAYOUT.stride()) {
      ByteBuffer row = RowLayout.room(LAYOUT.stride());
      row.put(octets, at, Math.min(LAYOUT.stride(), octets.length - at));
      LAYOUT.seal(row, number++);
      byte[] sealed = new byte[LAYOUT.stride()];
      row.get(0, sealed);
      out.writeBytes(sealed);
    }
    return out.toByteArray();
  }

  private void requireRowsOrError() throws IOException {
    try (RowFile file = RowFile.open(folder, PROJECTION, IndexForm.EIGHT_BITS, 1)) {
      int count = file.count();
      assertThat(file.verify()).isEmpty();
      assertThat(file.append(new float[] {1, 2}, new float[] {3})).isEqualTo(count);
      Rows rows = file.snapshot().rows();
      assertThat(rows.count()).isEqualTo(count + 1);
      assertThat(rows.key(count)).containsExactly(1, 2);
      for (int row = 0; row < count; row++) {
        assertThat(rows.value(row)).hasSize(1);
      }
    } catch (CodedException e) {
      assertThat(e.problem().code()).isIn(ErrorCode.ROW_FILE_DAMAGED, ErrorCode.ROW_FILE_MISMATCH);
      assertThat(e.problem().sentence().chars()).noneMatch(Character::isISOControl);
    }
  }
}
