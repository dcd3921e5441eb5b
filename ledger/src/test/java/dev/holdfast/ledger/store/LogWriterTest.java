package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TileId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LogWriterTest {
  @TempDir private Path temporary = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void create() {
    folder = temporary.resolve("log");
    RealLogs.create(folder);
  }

  @Test
  void indexes_are_dense_and_in_order_whoever_calls() throws Exception {
    NavigableMap<Long, byte[]> given = new ConcurrentSkipListMap<>();
    int each = Counts.of(20);
    try (LogWriter writer = RealLogs.open(folder);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < 72; i++) {
        String name = "caller " + i;
        callers.add((i < 8 ? threads : virtual).submit(() -> call(writer, name, each, given)));
      }
      RealLogs.join(callers);
    }
    List<byte[]> entries = RealLogs.requireSound(folder);
    assertThat(entries).hasSize(72 * each);
    assertThat(given).hasSize(72 * each);
    given.forEach((index, entry) -> assertThat(entries.get(index.intValue())).isEqualTo(entry));
  }

  private static void call(LogWriter writer, String name, int each, Map<Long, byte[]> given) {
    long last = -1;
    for (int i = 0; i < each; i++) {
      byte[] entry = TestLogs.entry(name + " " + i);
      long index = writer.append(entry);
      assertThat(index).as("one caller's entries keep their order").isGreaterThan(last);
      assertThat(given.put(index, entry)).as("nobody else has index " + index).isNull();
      last = index;
    }
  }

  @Test
  void entries_of_every_length_come_back() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> given = new ArrayList<>();
    for (int length : new int[] {0, 65_535, 0, 1, 255, 256, 4064, 32_767, 32_768, 65_534, 65_535}) {
      given.add(RealLogs.random(random, length));
    }
    try (LogWriter writer = RealLogs.open(folder)) {
      for (int i = 0; i < given.size(); i++) {
        assertThat(writer.append(given.get(i))).isEqualTo(i);
      }
    }
    assertThat(RealLogs.requireSound(folder)).containsExactlyElementsOf(given);
  }

  @Test
  void a_tile_of_the_largest_entries_is_published() throws Exception {
    byte[] large = RealLogs.random(new SplittableRandom(4), 65_535);
    try (LogWriter writer = RealLogs.open(folder, TestLogs.KEY, LogSettings.defaults());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < 257; i++) {
        callers.add(threads.submit(() -> writer.append(large)));
      }
      RealLogs.join(callers);
    }
    assertThat(RealLogs.requireSound(folder))
        .hasSize(257)
        .allSatisfy(entry -> assertThat(entry).isEqualTo(large));
  }

  @Test
  void an_entry_that_is_too_large_is_refused_and_nothing_else_suffers() throws Exception {
    try (LogWriter writer = RealLogs.open(folder)) {
      CodedException refused =
          catchThrowableOfType(CodedException.class, () -> writer.append(new byte[65_536]));
      assertThat(refused.problem().code().code()).isEqualTo("HF-3008");
      assertThat(refused.problem().reason()).contains("65536").contains("65535");
      assertThat(writer.append(TestLogs.entry("good"))).isZero();
    }
    assertThat(RealLogs.requireSound(folder)).hasSize(1);
  }

  @Test
  void who_waits_for_publication_gets_a_signed_checkpoint_with_the_entry() throws Exception {
    try (LogWriter writer = RealLogs.open(folder)) {
      for (int i = 0; i < 10; i++) {
        long index = writer.append(TestLogs.entry("entry " + i));
        SignedCheckpoint signed = writer.awaitPublished(index);
        RealLogs.requireSigned(signed);
        assertThat(signed.checkpoint().size()).isGreaterThan(index);
        assertThat(TestLogs.entries(LogFolder.at(folder), signed.checkpoint().size()))
            .hasSizeGreaterThan((int) index);
        assertThat(writer.checkpoint().checkpoint().size()).isGreaterThan(index);
      }
    }
  }

  @Test
  void who_waits_for_an_entry_that_never_comes_is_told_when_the_log_closes() throws Exception {
    for (int i = 0; i < Counts.of(10); i++) {
      LogWriter writer = RealLogs.open(folder);
      List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
      List<Thread> waiting = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        waiting.add(
            Thread.ofPlatform()
                .daemon()
                .start(() -> {
                  try {
                    writer.awaitPublished(1_000_000);
                  } catch (CodedException | InterruptedException e) {
                    told.add(e);
                  }
                }));
      }
      writer.append(TestLogs.entry("some"));
      writer.close();
      for (Thread thread : waiting) {
        assertThat(thread.join(Duration.ofSeconds(10))).as("it is told").isTrue();
      }
      assertThat(told).hasSize(4).allSatisfy(LogWriterTest::isStopped);
    }
  }

  @Test
  void closing_publishes_everything_and_leaves_nothing_of_its_own() throws Exception {
    LogSettings lazy = RealLogs.QUICK.withPublishEvery(Duration.ofHours(1));
    LogWriter writer = RealLogs.open(folder, TestLogs.KEY, lazy);
    for (int i = 0; i < 300; i++) {
      writer.append(TestLogs.entry("entry " + i));
    }
    writer.close();
    writer.close();
    assertThat(RealLogs.requireSound(folder)).hasSize(300);
    assertThat(RealLogs.files(folder.resolve(".state")).keySet())
        .containsExactly("head", "writer.lock");
    assertThat(RealLogs.fsck(folder).notes()).isEmpty();
    assertThatThrownBy(() -> writer.append(new byte[1])).satisfies(LogWriterTest::isStopped);
  }

  @Test
  void callers_that_wait_when_the_log_closes_are_answered() throws Exception {
    for (int round = 0; round < Counts.of(5); round++) {
      Path log = temporary.resolve("closing " + round);
      RealLogs.create(log);
      LogWriter writer = RealLogs.open(log);
      NavigableMap<Long, byte[]> given = new ConcurrentSkipListMap<>();
      CountDownLatch begun = new CountDownLatch(16);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          String name = "caller " + i;
          callers.add(
              threads.submit(() -> {
                try {
                  call(writer, name, 1, given);
                  begun.countDown();
                  call(writer, name, 1_000_000, given);
                } catch (CodedException e) {
                  isStopped(e);
                }
              }));
        }
        begun.await();
        writer.close();
        RealLogs.join(callers);
      }
      List<byte[]> entries = RealLogs.requireSound(log);
      assertThat(entries).hasSize(given.size());
      given.forEach((index, entry) -> assertThat(entries.get(index.intValue())).isEqualTo(entry));
    }
  }

  @Test
  void a_log_that_is_opened_again_goes_on() throws Exception {
    int count = 0;
    for (int round = 0; round < 8; round++) {
      try (LogWriter writer = RealLogs.open(folder)) {
        assertThat(writer.checkpoint().checkpoint().size()).isEqualTo(count);
        for (int i = 0; i < 70; i++) {
          assertThat(writer.append(TestLogs.entry("entry " + count))).isEqualTo(count);
          count++;
        }
      }
    }
    List<byte[]> entries = RealLogs.requireSound(folder);
    for (int i = 0; i < count; i++) {
      assertThat(entries.get(i)).asString().isEqualTo("entry " + i);
    }
  }

  @Test
  void another_key_is_refused_and_the_log_stays_free() {
    try (LogWriter writer = RealLogs.open(folder)) {
      writer.append(TestLogs.entry("entry"));
    }
    for (CheckpointSigner other :
        List.of(
            TestLogs.key(TestLogs.ORIGIN, KeyAlgorithm.ED25519_NOTE),
            TestLogs.key("log.example/other", KeyAlgorithm.ED25519_NOTE))) {
      refused(() -> RealLogs.open(folder, other, RealLogs.QUICK), ErrorCode.KEY_MISMATCH, "");
    }
    RealLogs.open(folder).close();
  }

  @Test
  void a_folder_without_a_log_is_refused() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    refused(() -> RealLogs.open(empty), ErrorCode.NOT_A_LOG, "empty");
    refused(() -> RealLogs.open(temporary.resolve("none")), ErrorCode.NOT_A_LOG, "none");
    assertThat(empty).isEmptyDirectory();
    refused(() -> RealLogs.create(folder), ErrorCode.LOG_EXISTS, "log");
    refused(() -> RealLogs.create(temporary), ErrorCode.LOG_EXISTS, "not empty");
  }

  @Test
  void a_log_whose_making_was_cut_off_is_made_when_asked_again() throws IOException {
    Path begun = temporary.resolve("begun");
    Files.createDirectories(begun.resolve(".state/journal"));
    Files.createDirectories(begun.resolve(".state/tmp"));
    Files.writeString(begun.resolve(".state/tmp/1"), "half of a head");
    Files.createDirectories(begun.resolve("tile"));
    RealLogs.create(begun);
    try (LogWriter writer = RealLogs.open(begun)) {
      assertThat(writer.append(TestLogs.entry("entry"))).isZero();
    }
    assertThat(RealLogs.fsck(begun).findings()).isEmpty();

    Path other = Files.createDirectories(temporary.resolve("other"));
    Files.createDirectories(other.resolve("tile/0"));
    refused(() -> RealLogs.create(other), ErrorCode.LOG_EXISTS, "not empty");
    Path staged = Files.createDirectories(temporary.resolve("staged"));
    Files.createDirectories(staged.resolve(".state/journal"));
    Files.writeString(staged.resolve(".state/journal/00000000000000000000"), "entries");
    refused(() -> RealLogs.create(staged), ErrorCode.LOG_EXISTS, "not empty");
  }

  @Test
  void a_damaged_right_edge_is_refused_by_the_name_of_its_file() throws Exception {
    try (LogWriter writer = RealLogs.open(folder)) {
      for (int i = 0; i < 300; i++) {
        writer.append(TestLogs.entry("entry " + i));
      }
    }
    Map<String, byte[]> good = RealLogs.files(folder);
    for (TileId tile : List.of(new TileId(0, 1, 44), new TileId(1, 0, 1), TileId.bundle(1, 44))) {
      byte[] octets = RealLogs.octets(good, tile.path());
      for (int octet : new int[] {0, octets.length / 2, octets.length - 1}) {
        RealLogs.flip(folder.resolve(tile.path()), 8L * octet + 3);
        refused(() -> RealLogs.open(folder), ErrorCode.LOG_DAMAGED, "tile");
      }
      Files.write(folder.resolve(tile.path()), new byte[0]);
      refused(() -> RealLogs.open(folder), ErrorCode.LOG_DAMAGED, tile.path());
      Files.delete(folder.resolve(tile.path()));
      refused(() -> RealLogs.open(folder), ErrorCode.LOG_DAMAGED, tile.path());
      RealLogs.restore(folder, good);
    }
    byte[] longer = RealLogs.octets(good, TileId.bundle(1, 44).path()).clone();
    Files.write(folder.resolve(TileId.bundle(1, 44).path()), java.util.Arrays.copyOf(longer, 9999));
    refused(() -> RealLogs.open(folder), ErrorCode.LOG_DAMAGED, TileId.bundle(1, 44).path());
    RealLogs.restore(folder, good);
    for (String file : List.of("checkpoint", ".state/head")) {
      for (int octet = 0; octet < RealLogs.octets(good, file).length; octet += 7) {
        RealLogs.flip(folder.resolve(file), 8L * octet);
        assertThatThrownBy(() -> RealLogs.open(folder)).isInstanceOf(CodedException.class);
        RealLogs.restore(folder, good);
      }
    }
    Files.delete(folder.resolve("checkpoint"));
    refused(() -> RealLogs.open(folder), ErrorCode.LOG_DAMAGED, "checkpoint");
    RealLogs.restore(folder, good);
    RealLogs.open(folder).close();
  }

  @Test
  void a_writer_that_has_stopped_refuses_everything() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    TestLogs.create(disk);
    LogWriter writer = TestLogs.open(disk, TestLogs.KEY, TestLogs.HURRIED);
    writer.awaitPublished(writer.append(TestLogs.entry("good")));
    disk.failFrom(disk.operations());
    // The journal has room of its own, the head has none.
    assertThatThrownBy(() -> writer.awaitPublished(writer.append(TestLogs.entry("full"))))
        .satisfies(LogWriterTest::isStopped);
    disk.free();
    assertThatThrownBy(() -> writer.append(TestLogs.entry("after")))
        .satisfies(LogWriterTest::isStopped);
    assertThatThrownBy(() -> writer.awaitPublished(1)).satisfies(LogWriterTest::isStopped);
    assertThat(writer.awaitPublished(0).checkpoint().size()).isEqualTo(1);
    assertThatThrownBy(writer::close).satisfies(LogWriterTest::isStopped);
    TestLogs.open(disk, TestLogs.KEY, TestLogs.HURRIED).close();
    assertThat(TestLogs.requireSound(disk).getFirst()).asString().isEqualTo("good");
  }

  @Test
  void a_writer_whose_head_was_changed_by_another_stops_before_it_publishes() throws Exception {
    LogWriter writer = RealLogs.open(folder);
    writer.awaitPublished(writer.append(TestLogs.entry("good")));
    Path head = folder.resolve(".state/head");
    byte[] mine = Files.readAllBytes(head);
    byte[] published = Files.readAllBytes(folder.resolve("checkpoint"));
    SplittableRandom random = new SplittableRandom(5);
    byte[] another =
        new String(mine, java.nio.charset.StandardCharsets.UTF_8)
            .lines()
            .limit(1)
            .map(line -> line + "\n7\n" + RealLogs.leaf(RealLogs.random(random, 9)) + "\n")
            .findFirst()
            .orElseThrow()
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(head, another);
    long index = writer.append(TestLogs.entry("bound to nothing"));
    CodedException stopped =
        catchThrowableOfType(CodedException.class, () -> writer.awaitPublished(index));
    assertThat(stopped.problem().code()).isEqualTo(ErrorCode.LOG_STOPPED);
    assertThat(stopped.problem().reason()).contains("another writer");
    assertThatThrownBy(writer::close).satisfies(LogWriterTest::isStopped);
    assertThat(Files.readAllBytes(head)).as("the other's head stays").isEqualTo(another);
    assertThat(Files.readAllBytes(folder.resolve("checkpoint"))).isEqualTo(published);
    // Its own head again, the acknowledged entry is published.
    Files.write(head, mine);
    RealLogs.open(folder).close();
    assertThat(RealLogs.requireSound(folder)).hasSize(2);
  }

  @Test
  void callers_wait_while_too_much_is_unpublished_and_nothing_is_lost() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger signed = new AtomicInteger();
    CheckpointSigner slow =
        TestLogs.watched(checkpoint -> {
          if (signed.getAndIncrement() > 0) {
            await(release);
          }
        });
    LogSettings tight =
        new LogSettings(
            Duration.ofMillis(1), 1 << 17, 1 << 17, 1 << 18, 1, Duration.ofMillis(500), 1 << 18);
    NavigableMap<Long, byte[]> given = new ConcurrentSkipListMap<>();
    LogWriter writer = RealLogs.open(folder, slow, tight);
    signed.set(1);
    SplittableRandom random = new SplittableRandom(6);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        byte[] entry = RealLogs.random(random, 4000);
        callers.add(threads.submit(() -> given.put(writer.append(entry), entry)));
      }
      int before = -1;
      while (before != given.size() || before == 0) {
        before = given.size();
        TimeUnit.MILLISECONDS.sleep(200);
      }
      // What is unpublished may pass the limit by the batches that were already taken in.
      assertThat(given.size()).isBetween(64, ((1 << 18) + 3 * (1 << 17)) / 4000);
      release.countDown();
      RealLogs.join(callers);
    }
    writer.close();
    List<byte[]> entries = RealLogs.requireSound(folder);
    assertThat(entries).hasSize(300);
    given.forEach((index, entry) -> assertThat(entries.get(index.intValue())).isEqualTo(entry));
  }

  @Test
  void callers_that_wait_for_room_are_told_when_the_writer_stops() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    CheckpointSigner failing =
        TestLogs.watched(checkpoint -> {
          if (checkpoint.checkpoint().size() > 0) {
            await(release);
            throw new IllegalStateException("the key is gone");
          }
        });
    LogSettings tight =
        new LogSettings(
            Duration.ofMillis(1), 1 << 17, 1 << 17, 1 << 17, 1, Duration.ofMillis(500), 1 << 18);
    LogWriter writer = RealLogs.open(folder, failing, tight);
    AtomicInteger acknowledged = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        callers.add(
            threads.submit(() -> {
              try {
                writer.append(new byte[4000]);
                acknowledged.incrementAndGet();
              } catch (CodedException e) {
                isStopped(e);
                failure.set(e);
              }
            }));
      }
      TimeUnit.MILLISECONDS.sleep(300);
      release.countDown();
      RealLogs.join(callers);
    }
    assertThat(failure.get()).hasMessageContaining("the key is gone");
    assertThatThrownBy(writer::close).satisfies(LogWriterTest::isStopped);
    RealLogs.open(folder).close();
    assertThat(RealLogs.requireSound(folder)).hasSizeGreaterThanOrEqualTo(acknowledged.get());
  }

  @Test
  void a_log_has_exactly_the_files_that_its_size_demands() throws Exception {
    int size = Counts.thorough() ? 66_000 : 5_000;
    SplittableRandom random = new SplittableRandom(8);
    try (LogWriter writer = RealLogs.open(folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int count = 0;
      while (count < size) {
        List<Future<?>> callers = new ArrayList<>();
        int batch = Math.min(size - count, random.nextInt(1, 400));
        for (int i = 0; i < batch; i++) {
          callers.add(threads.submit(() -> writer.append(new byte[3])));
        }
        RealLogs.join(callers);
        count += batch;
      }
    }
    assertThat(RealLogs.requireSound(folder)).hasSize(size);
    Set<String> demanded = new HashSet<>();
    TileHashes.tilesOf(size).forEach(tile -> demanded.add(tile.path()));
    Set<String> found = new HashSet<>();
    for (String path : RealLogs.files(folder).keySet()) {
      if (path.startsWith("tile/")) {
        found.add(path);
      }
    }
    assertThat(found).containsAll(demanded);
    found.removeAll(demanded);
    for (String path : found) {
      // The partial tiles of earlier sizes may stay until there is a full one.
      TileId tile = TileId.require(path);
      assertThat(tile.isPartial()).as(path).isTrue();
      assertThat(folder.resolve(tile.full().path())).as(path).doesNotExist();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void isStopped(Throwable thrown) {
    assertThat(thrown).isInstanceOf(CodedException.class);
    assertThat(((CodedException) thrown).problem().code()).isEqualTo(ErrorCode.LOG_STOPPED);
  }

  private static void refused(Runnable step, ErrorCode code, String named) {
    CodedException refused = catchThrowableOfType(CodedException.class, step::run);
    assertThat(refused).as("it is refused").isNotNull();
    assertThat(refused.problem().code()).as(refused.getMessage()).isEqualTo(code);
    assertThat(refused.problem().place().orElse("") + refused.problem().reason()).contains(named);
  }
}
