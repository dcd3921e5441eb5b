package dev.holdfast.attention.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.attention.Heads;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.IndexKeys;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.LightningIndexer;
import dev.holdfast.attention.Machine;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowFileTest {
  @TempDir private Path folder = Path.of("");

  private RowFile open() {
    return RowFile.open(folder, Numbers.PROJECTION, IndexForm.EIGHT_BITS, Numbers.VALUE);
  }

  static void requireRows(RowFile file, int count) {
    RowFile.Snapshot snapshot = file.snapshot();
    Rows rows = snapshot.rows();
    assertThat(rows.count()).isEqualTo(count);
    assertThat(snapshot.index().count()).isEqualTo(count);
    for (int row = 0; row < count; row++) {
      assertThat(rows.key(row)).containsExactly(Numbers.key(row));
      assertThat(rows.value(row)).containsExactly(Numbers.value(row));
    }
  }

  static void requireCode(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  @Test
  void a_new_folder_holds_no_rows() {
    try (RowFile file = open()) {
      requireRows(file, 0);
      assertThat(file.commit()).isZero();
      assertThat(file.verify()).isEmpty();
    }
    try (RowFile file = open()) {
      requireRows(file, 0);
    }
  }

  @Test
  void rows_survive_that_the_file_is_opened_anew() {
    for (int round = 0; round < 4; round++) {
      try (RowFile file = open()) {
        requireRows(file, round * 10);
        assertThat(file.committed()).isEqualTo(round == 0 ? 0 : round * 10 - 3);
        Numbers.append(file, 7);
        assertThat(file.commit()).isEqualTo(round * 10 + 7).isEqualTo(file.committed());
        Numbers.append(file, 3);
        assertThat(file.count()).isEqualTo(round * 10 + 10);
        assertThat(file.verify()).isEmpty();
      }
    }
  }

  @Test
  void values_may_be_the_keys() {
    try (RowFile file = RowFile.open(folder, Numbers.PROJECTION, IndexForm.EIGHT_BITS, 0)) {
      assertThat(file.append(Numbers.key(0))).isZero();
      assertThat(file.append(Numbers.key(1))).isEqualTo(1);
      Rows rows = file.snapshot().rows();
      assertThat(rows.key(1)).containsExactly(Numbers.key(1));
      assertThat(rows.value(1)).containsExactly(Numbers.key(1));
    }
  }

  @Test
  void a_snapshot_stays_as_it_was_and_outlives_the_file() {
    RowFile.Snapshot before;
    try (RowFile file = open()) {
      Numbers.append(file, 5);
      before = file.snapshot();
      Numbers.append(file, 500);
      requireRows(file, 505);
    }
    assertThat(before.rows().count()).isEqualTo(5);
    assertThat(before.rows().key(4)).containsExactly(Numbers.key(4));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void a_number_that_is_not_finite_is_refused_before_anything_is_written(float bad)
      throws IOException {
    try (RowFile file = open()) {
      Numbers.append(file, 2);
      final long size = Files.size(folder.resolve("rows"));
      float[] key = Numbers.key(2);
      key[Numbers.KEY - 1] = bad;
      requireCode(ErrorCode.OUT_OF_RANGE, () -> file.append(key, Numbers.value(2)));
      float[] value = Numbers.value(2);
      value[0] = bad;
      requireCode(ErrorCode.OUT_OF_RANGE, () -> file.append(Numbers.key(2), value));
      assertThat(Files.size(folder.resolve("rows"))).isEqualTo(size);
      Numbers.append(file, 1);
      requireRows(file, 3);
    }
  }

  @Test
  void a_key_whose_projection_overflows_is_refused() {
    try (RowFile file =
        RowFile.open(
            folder,
            Projection.of(new float[][] {{1, 1}}, new float[] {0, 0}),
            IndexForm.EIGHT_BITS,
            0)) {
      float[] key = {Float.MAX_VALUE, Float.MAX_VALUE};
      requireCode(ErrorCode.OUT_OF_RANGE, () -> file.append(key));
      assertThat(file.count()).isZero();
    }
  }

  @Test
  void a_row_of_another_dimension_is_a_fault_of_the_caller() {
    try (RowFile file = open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.append(Numbers.key(0)))
          .withMessageContaining("a value of 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.append(new float[3], Numbers.value(0)));
    }
  }

  @Test
  void a_file_of_other_rows_is_refused() throws IOException {
    try (RowFile file = open()) {
      Numbers.append(file, 2);
      file.commit();
    }
    Projection other =
        Projection.of(new float[Numbers.PROJECTION.to()][Numbers.KEY], new float[Numbers.KEY]);
    requireCode(
        ErrorCode.ROW_FILE_MISMATCH,
        () -> RowFile.open(folder, other, IndexForm.EIGHT_BITS, Numbers.VALUE));
    requireCode(
        ErrorCode.ROW_FILE_MISMATCH,
        () -> RowFile.open(folder, Numbers.PROJECTION, IndexForm.EIGHT_BITS, Numbers.VALUE + 1));
    requireCode(
        ErrorCode.ROW_FILE_MISMATCH,
        () ->
            RowFile.open(
                folder,
                Projection.hadamard(Numbers.KEY + 1, 8),
                IndexForm.EIGHT_BITS,
                Numbers.VALUE));
    requireCode(
        ErrorCode.ROW_FILE_MISMATCH,
        () ->
            RowFile.open(
                folder, Projection.hadamard(Numbers.KEY, 7), IndexForm.EIGHT_BITS, Numbers.VALUE));
    overwrite(folder.resolve("rows"), 8, 2);
    requireCode(ErrorCode.ROW_FILE_MISMATCH, this::open);
  }

  private static void overwrite(Path file, long at, int octet) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(channel.write(ByteBuffer.wrap(new byte[] {(byte) octet}), at)).isOne();
    }
  }

  @Test
  void a_folder_that_lost_one_of_its_files_is_refused() throws IOException {
    try (RowFile file = open()) {
      Numbers.append(file, 2);
      file.commit();
    }
    Path rows = folder.resolve("rows");
    Path aside = folder.resolve("aside");
    Files.move(rows, aside);
    requireCode(ErrorCode.ROW_FILE_DAMAGED, this::open);
    Files.move(aside, rows);
    Files.move(folder.resolve("committed"), aside);
    requireCode(ErrorCode.ROW_FILE_DAMAGED, this::open);
  }

  @Test
  void verifying_finds_a_row_that_opening_does_not_look_at() throws IOException {
    int many = RowFile.CHECKED + 50;
    long stride = new RowLayout(Numbers.PROJECTION, IndexForm.EIGHT_BITS, Numbers.VALUE).stride();
    try (RowFile file = open()) {
      Numbers.append(file, many);
      file.commit();
    }
    overwrite(folder.resolve("rows"), RowLayout.HEADER + 7 * stride + 3, 1);
    try (RowFile file = open()) {
      assertThat(file.verify()).hasValue(7);
    }
    overwrite(folder.resolve("rows"), RowLayout.HEADER + (many - 2) * stride + 3, 1);
    requireCode(ErrorCode.ROW_FILE_DAMAGED, this::open);
  }

  @Test
  void a_second_writer_is_refused_until_the_first_is_done() {
    try (RowFile file = open()) {
      Numbers.append(file, 1);
      requireCode(ErrorCode.ROW_FILE_IN_USE, this::open);
      requireCode(
          ErrorCode.ROW_FILE_IN_USE,
          () ->
              RowFile.open(
                  folder.resolve("..").resolve(folder.getFileName()),
                  Numbers.PROJECTION,
                  IndexForm.EIGHT_BITS,
                  Numbers.VALUE));
    }
    try (RowFile file = open()) {
      requireRows(file, 1);
    }
  }

  @Test
  void an_index_of_two_bits_is_found_again_and_not_taken_for_one_of_eight() {
    try (RowFile file = openTwo()) {
      Numbers.append(file, 70);
      file.commit();
    }
    try (RowFile file = openTwo()) {
      IndexKeys fresh = IndexKeys.of(IndexForm.TWO_BITS, Numbers.PROJECTION, Numbers.heap(70));
      assertThat(file.snapshot().index().octets()).isEqualTo(fresh.octets());
      float[] query = Numbers.numbers(3, 2 * Numbers.KEY);
      assertThat(chosen(file.snapshot().index(), query)).isEqualTo(chosen(fresh, query));
    }
    requireCode(ErrorCode.ROW_FILE_MISMATCH, this::open);
  }

  private RowFile openTwo() {
    return RowFile.open(folder, Numbers.PROJECTION, IndexForm.TWO_BITS, Numbers.VALUE);
  }

  private static int[] chosen(IndexKeys keys, float[] query) {
    return new LightningIndexer(Instructions.best(), Numbers.PROJECTION, keys, 2)
        .select(Heads.usual(2, Numbers.KEY), query, keys.count(), 9);
  }

  @Test
  void rows_are_copied_out_of_the_file_in_the_order_asked_for() {
    try (RowFile file = open()) {
      for (int row = 0; row < 9; row++) {
        file.append(Numbers.key(row), Numbers.value(row));
      }
      int[] chosen = {7, 0, 8, 7};
      Rows copied = file.copy(chosen);
      assertThat(copied.count()).isEqualTo(4);
      for (int i = 0; i < chosen.length; i++) {
        assertThat(copied.key(i)).isEqualTo(Numbers.key(chosen[i]));
        assertThat(copied.value(i)).isEqualTo(Numbers.value(chosen[i]));
      }
      assertThat(file.copy(new int[0]).count()).isZero();
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> file.copy(new int[] {9}));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> file.copy(new int[] {-1}));
    }
  }

  @Test
  void a_closed_file_writes_nothing_and_holds_no_lock() {
    RowFile first = open();
    Numbers.append(first, 1);
    first.close();
    requireCode(ErrorCode.FILE_UNWRITABLE, () -> Numbers.append(first, 1));
    requireCode(ErrorCode.FILE_UNWRITABLE, first::commit);
    try (RowFile second = open()) {
      // Closing the first once more does not let the lock of the second go.
      first.close();
      requireCode(ErrorCode.ROW_FILE_IN_USE, this::open);
      requireRows(second, 1);
    }
  }

  @Test
  void a_writer_of_another_process_is_refused_too() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('h');
      requireCode(ErrorCode.ROW_FILE_IN_USE, this::open);
    } finally {
      holder.destroyForcibly();
    }
    assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
    try (RowFile file = open()) {
      requireRows(file, 3);
    }
  }

  /** Holds a folder until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      RowFile file =
          RowFile.open(
              Path.of(arguments[0]), Numbers.PROJECTION, IndexForm.EIGHT_BITS, Numbers.VALUE);
      Numbers.append(file, 3);
      System.out.print('h');
      System.out.flush();
      System.exit(System.in.read());
    }
  }

  @ParameterizedTest
  @EnumSource(Instructions.class)
  void choosing_through_the_mapped_file_is_choosing_in_memory(Instructions instructions) {
    Machine.assume(instructions);
    int count = 1000;
    Heads heads = Heads.usual(2, Numbers.KEY);
    try (RowFile file = open()) {
      Numbers.append(file, count);
    }
    try (RowFile file = open()) {
      RowFile.Snapshot snapshot = file.snapshot();
      LightningIndexer mapped =
          new LightningIndexer(instructions, Numbers.PROJECTION, snapshot.index(), 2);
      LightningIndexer heap =
          new LightningIndexer(
              instructions,
              Numbers.PROJECTION,
              IndexKeys.of(IndexForm.EIGHT_BITS, Numbers.PROJECTION, Numbers.heap(count)),
              2);
      for (int i = 0; i < 50; i++) {
        float[] query = Numbers.numbers(10_000 + i, heads.numbers());
        assertThat(mapped.select(heads, query, count - i, 20))
            .containsExactly(heap.select(heads, query, count - i, 20))
            .hasSize(20);
      }
    }
  }

  @Test
  void few_mappings_serve_many_snapshots() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.isReadable(maps), "only Linux says what is mapped");
    try (RowFile file = open()) {
      for (int row = 0; row < 5000; row++) {
        Numbers.append(file, 1);
        assertThat(file.snapshot().rows().count()).isEqualTo(row + 1);
      }
      String name = folder.toRealPath().resolve("rows").toString();
      try (Stream<String> lines = Files.lines(maps)) {
        assertThat(lines.filter(line -> line.endsWith(name))).hasSizeBetween(1, 20);
      }
    }
    assertThat(Files.size(folder.resolve("rows")))
        .isEqualTo(new RowLayout(Numbers.PROJECTION, IndexForm.EIGHT_BITS, Numbers.VALUE).at(5000));
  }

  @Test
  void the_index_takes_no_more_than_40_octets_a_row() {
    int many = 1_000_000;
    IndexKeys index = new IndexKeys(IndexForm.EIGHT_BITS, 32);
    byte[] numbers = new byte[32];
    for (int row = 0; row < many; row++) {
      index.append(numbers, 1);
    }
    assertThat((double) index.octets() / many).isBetween(36.0, 40.0);
  }
}
