package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.store.CrashStates.Tally;
import dev.holdfast.ledger.store.Promises.Promised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobStoreTest {
  private static final Path SIMULATED = Path.of("/blobs");

  @TempDir private Path temporary = Path.of("");

  @Test
  void what_is_put_is_read_under_its_hash() throws IOException {
    try (BlobStore store = BlobStore.open(temporary.resolve("a/b/blobs"))) {
      SplittableRandom random = new SplittableRandom(41);
      for (int length : new int[] {0, 1, 65_536, 1 << 20}) {
        byte[] octets = RealLogs.random(random, length);
        Hash name = store.put(octets);
        assertThat(name).isEqualTo(TreeHasher.plain(octets));
        assertThat(store.read(name)).contains(octets);
        Path file = Path.of("a/b/blobs/sha256", name.hex().substring(0, 2), name.hex());
        assertThat(temporary.resolve(file)).hasBinaryContent(octets);
      }
      assertThat(store.read(TreeHasher.plain(TestLogs.entry("never put")))).isEmpty();
    }
  }

  @Test
  void putting_the_same_again_changes_nothing() throws IOException {
    Path folder = temporary.resolve("blobs");
    byte[] octets = TestLogs.entry("evidence");
    Hash name;
    try (BlobStore store = BlobStore.open(folder)) {
      name = store.put(octets);
    }
    Path file = folder.resolve("sha256").resolve(name.hex().substring(0, 2)).resolve(name.hex());
    Object before = Files.getAttribute(file, "unix:ino");
    var files = RealLogs.files(folder).keySet();
    try (BlobStore store = BlobStore.open(folder)) {
      assertThat(store.put(octets)).isEqualTo(name);
      store.put(octets);
    }
    assertThat(RealLogs.files(folder).keySet()).isEqualTo(files);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
  }

  @Test
  void a_damaged_blob_is_told_and_mended_by_putting_it_again() throws IOException {
    Path folder = temporary.resolve("blobs");
    try (BlobStore store = BlobStore.open(folder)) {
      byte[] octets = TestLogs.entry("evidence");
      Hash name = store.put(octets);
      Path file = folder.resolve("sha256").resolve(name.hex().substring(0, 2)).resolve(name.hex());
      for (int bit = 0; bit < 8 * octets.length; bit++) {
        RealLogs.flip(file, bit);
        CodedException damaged = catchThrowableOfType(CodedException.class, () -> store.read(name));
        assertThat(damaged.problem().code()).isEqualTo(ErrorCode.BLOB_DAMAGED);
        assertThat(damaged.problem().place().orElse("")).contains(name.hex());
        RealLogs.flip(file, bit);
      }
      Files.write(file, new byte[0]);
      store.put(octets);
      assertThat(store.read(name)).contains(octets);
    }
  }

  @Test
  void a_blob_that_is_too_large_is_refused() {
    try (BlobStore store = BlobStore.open(temporary.resolve("blobs"))) {
      CodedException refused =
          catchThrowableOfType(
              CodedException.class, () -> store.put(new byte[BlobStore.LARGEST + 1]));
      assertThat(refused.problem().code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE);
    }
  }

  @Test
  void only_one_may_put_and_a_store_closed_twice_frees_nobody_else() {
    Path folder = temporary.resolve("blobs");
    BlobStore first = BlobStore.open(folder);
    CodedException refused =
        catchThrowableOfType(CodedException.class, () -> BlobStore.open(folder));
    assertThat(refused.problem().code()).isEqualTo(ErrorCode.LOG_IN_USE);
    first.close();
    try (BlobStore second = BlobStore.open(folder)) {
      first.close();
      second.put(new byte[1]);
      assertThat(catchThrowableOfType(CodedException.class, () -> BlobStore.open(folder)))
          .isNotNull();
    }
  }

  @Test
  void a_store_that_could_not_be_opened_is_not_held() throws IOException {
    Path folder = temporary.resolve("blobs");
    Path obstacle = Files.createDirectories(folder.resolve("tmp/folder/full"));
    CodedException failed =
        catchThrowableOfType(CodedException.class, () -> BlobStore.open(folder));
    assertThat(failed.problem().code()).isEqualTo(ErrorCode.FILE_UNWRITABLE);
    Files.delete(obstacle);
    Files.delete(folder.resolve("tmp/folder"));
    BlobStore.open(folder).close();
  }

  @Test
  void many_threads_put_the_same_and_others() throws Exception {
    Path folder = temporary.resolve("blobs");
    try (BlobStore store = BlobStore.open(folder);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < Counts.of(100); i++) {
        byte[] octets = TestLogs.entry("blob " + i % 10);
        all.add(threads.submit(() -> assertThat(store.read(store.put(octets))).contains(octets)));
      }
      RealLogs.join(all);
    }
    assertThat(RealLogs.files(folder.resolve("tmp"))).isEmpty();
    assertThat(RealLogs.files(folder.resolve("sha256"))).hasSize(10);
  }

  @Test
  void what_was_put_survives_every_crash() {
    Tally tally = states().torn(Counts.of(4)).everyCrash();
    assertThat(tally.operations()).isGreaterThan(20);
  }

  @Test
  void what_was_put_survives_crashes_after_crashes() {
    Tally tally = states().everyCrashDuring(BlobStoreTest::use, 1);
    assertThat(tally.runs()).isGreaterThan(15);
  }

  @Test
  void every_operation_may_fail_and_the_disk_may_be_full() {
    assertThat(states().everyFault().runs()).isGreaterThan(60);
    assertThat(states().everyFullDisk().runs()).isGreaterThan(10);
  }

  private static CrashStates states() {
    return new CrashStates(BlobStoreTest::use, BlobStoreTest::check);
  }

  private static BlobStore open(SimulatedDisk disk) throws IOException {
    BlobStore.prepare(disk, SIMULATED);
    return BlobStore.open(disk, SIMULATED, () -> {});
  }

  private static void use(SimulatedDisk disk, Promises promises) throws IOException {
    try (BlobStore store = open(disk)) {
      for (int i = 0; i < 4; i++) {
        // The last is the first again; the second has no content.
        byte[] octets = i == 1 ? new byte[0] : TestLogs.entry("blob " + i % 3);
        promises.submitted(octets);
        store.put(octets);
        promises.published(octets);
      }
    }
  }

  private static void check(SimulatedDisk image, Promised promised) throws IOException {
    try (BlobStore store = open(image)) {
      for (byte[] octets : promised.published()) {
        assertThat(store.read(TreeHasher.plain(octets))).contains(octets);
      }
      for (byte[] octets : promised.submitted()) {
        // There or not, but never something else.
        store
            .read(TreeHasher.plain(octets))
            .ifPresent(found -> assertThat(found).isEqualTo(octets));
        store.put(octets);
        assertThat(store.read(TreeHasher.plain(octets))).contains(octets);
      }
      assertThat(image.list(SIMULATED.resolve("tmp"))).isEmpty();
    }
  }
}
