package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.AuditFinding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Staged entries on a real disk: what a torn last write leaves is given up, and whatever else is
 * wrong with them is told by file and octet, and left as it is.
 */
final class JournalDamageTest {
  private static final int BATCHES = 9;
  private static final int EACH = 3;
  private static final int ENTRY = 5000;

  @TempDir private Path temporary = Path.of("");
  private Path folder = Path.of("");
  private final List<byte[]> entries = new ArrayList<>();
  private Map<String, byte[]> good = new TreeMap<>();
  private List<String> segments = List.of();

  /** A log with two published entries and nine staged frames of 16 KiB in three segments. */
  @BeforeEach
  void stage() throws IOException {
    folder = temporary.resolve("log");
    RealLogs.create(folder);
    SplittableRandom random = new SplittableRandom(11);
    List<List<byte[]>> batches = new ArrayList<>();
    try (LogWriter writer = RealLogs.open(folder)) {
      for (int i = 0; i < 2; i++) {
        entries.add(RealLogs.random(random, 100));
        writer.append(entries.getLast());
      }
    }
    for (int i = 0; i < BATCHES; i++) {
      List<byte[]> batch = new ArrayList<>();
      for (int j = 0; j < EACH; j++) {
        batch.add(RealLogs.random(random, ENTRY));
      }
      batches.add(batch);
      entries.addAll(batch);
    }
    RealLogs.stage(folder, 1 << 16, 2, batches);
    good = RealLogs.files(folder);
    segments = good.keySet().stream().filter(name -> name.startsWith(".state/journal/")).toList();
    assertThat(segments).hasSize(3);
  }

  @Test
  void staged_entries_are_noted_by_a_check_and_published_by_the_next_writer() throws Exception {
    FsckReport report = RealLogs.fsck(folder);
    assertThat(report.findings()).isEmpty();
    assertThat(report.notes())
        .containsExactly("27 acknowledged entries are staged and not yet published");
    opensWith(entries.size());
  }

  @Test
  void a_last_segment_cut_anywhere_in_its_last_frame_opens_without_that_frame() throws Exception {
    List<Integer> frames = frames(RealLogs.octets(good, segments.getLast()));
    int step = Counts.thorough() ? 512 : 4096;
    for (int length = frames.getLast(); length < frames.getLast() + 15_000; length += step) {
      byte[] cut = Arrays.copyOf(RealLogs.octets(good, segments.getLast()), length);
      Files.write(folder.resolve(segments.getLast()), cut);
      assertThat(RealLogs.fsck(folder).findings()).isEmpty();
      opensWith(entries.size() - EACH);
    }
  }

  @Test
  void a_last_frame_that_is_torn_in_any_way_is_given_up_whole() throws Exception {
    int last = frames(RealLogs.octets(good, segments.getLast())).getLast();
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < Counts.of(6); round++) {
      byte[] torn = RealLogs.octets(good, segments.getLast()).clone();
      byte[] junk = RealLogs.random(random, random.nextInt(1, 3000));
      int at = last + random.nextInt(15_000);
      System.arraycopy(junk, 0, torn, at, junk.length);
      if (random.nextBoolean()) {
        Arrays.fill(torn, last, last + 512 * random.nextInt(1, 29), (byte) 0);
      }
      Files.write(folder.resolve(segments.getLast()), torn);
      FsckReport report = RealLogs.fsck(folder);
      assertThat(report.findings()).isEmpty();
      assertThat(report.notes())
          .anyMatch(note -> note.startsWith(segments.getLast() + " at octet " + last));
      opensWith(entries.size() - EACH);
    }
  }

  @Test
  void a_torn_last_frame_may_stay_behind_while_others_follow_in_a_new_segment() throws Exception {
    byte[] torn = RealLogs.octets(good, segments.getLast()).clone();
    int last = frames(torn).getLast();
    torn[last + 900] ^= 1;
    Files.write(folder.resolve(segments.getLast()), torn);
    RealLogs.stage(folder, 1 << 16, 2, List.of(List.of(TestLogs.entry("follows"))));
    FsckReport report = RealLogs.fsck(folder);
    assertThat(report.findings()).isEmpty();
    assertThat(report.notes())
        .anyMatch(note -> note.contains(segments.getLast() + " at octet " + last));
    RealLogs.open(folder).close();
    List<byte[]> found = RealLogs.requireSound(folder);
    assertThat(found).hasSize(entries.size() - EACH + 1);
    assertThat(found.getLast()).asString().isEqualTo("follows");
  }

  @Test
  void a_damaged_frame_before_others_is_told_by_file_and_octet_and_nothing_is_dropped()
      throws Exception {
    SplittableRandom random = new SplittableRandom(13);
    for (String segment : segments) {
      List<Integer> frames = frames(RealLogs.octets(good, segment));
      boolean isLatest = segment.equals(segments.getLast());
      for (int frame : isLatest ? frames.subList(0, frames.size() - 1) : frames) {
        for (int round = 0; round < Counts.of(3); round++) {
          int octet = frame + random.nextInt(Frame.HEAD + EACH * (2 + ENTRY));
          requireTold(segment, 8L * octet + random.nextInt(8), frame);
        }
      }
    }
  }

  @Test
  void every_bit_of_the_head_of_a_segment_counts() throws Exception {
    for (String segment : segments) {
      for (int bit = 0; bit < 8 * Segment.HEAD; bit += Counts.thorough() ? 1 : 5) {
        requireTold(segment, bit, 0);
      }
    }
  }

  @Test
  void the_head_of_an_only_segment_counts_too() throws Exception {
    try (LogWriter writer = RealLogs.open(folder)) {
      writer.append(TestLogs.entry("published"));
    }
    RealLogs.stage(folder, 1 << 16, 30, List.of(List.of(TestLogs.entry("acknowledged"))));
    good = RealLogs.files(folder);
    segments = List.of(".state/journal/" + Segment.name(30));
    requireTold(segments.getFirst(), 77, 0);
  }

  @Test
  void a_missing_segment_is_told() throws Exception {
    for (String segment : segments.subList(0, 2)) {
      Files.delete(folder.resolve(segment));
      assertThat(RealLogs.fsck(folder).findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.path()).startsWith(".state/journal/"));
      refused(".state/journal/");
      RealLogs.restore(folder, good);
    }
  }

  @Test
  void a_segment_that_was_never_finished_is_removed() throws Exception {
    Path unfinished = folder.resolve(".state/journal").resolve(Segment.name(29));
    for (int length : new int[] {0, 10, Segment.HEAD, Frame.ALIGNMENT}) {
      RealLogs.restore(folder, good);
      Files.write(unfinished, new byte[length]);
      assertThat(RealLogs.fsck(folder).findings()).isEmpty();
      opensWith(entries.size());
    }
  }

  @Test
  void entries_that_a_bound_tree_needs_are_missed() throws Exception {
    LogLayout layout = RealLogs.layout(folder);
    RealDisk disk = new RealDisk();
    HeadFile head = new HeadFile(disk, layout, new WholeFiles(disk, layout.temporary()));
    head.put(
        new dev.holdfast.ledger.Checkpoint(
            TestLogs.ORIGIN, entries.size(), RealLogs.leaf(new byte[0]), List.of()));
    good = RealLogs.files(folder);
    refused(".state/journal");
    String last = segments.getLast();
    Files.write(
        folder.resolve(last),
        Arrays.copyOf(
            RealLogs.octets(good, last), frames(RealLogs.octets(good, last)).getLast() + 99));
    refused(".state/journal");
    assertThat(RealLogs.fsck(folder).findings())
        .extracting(AuditFinding::path)
        .containsExactly(".state/journal");
  }

  private void requireTold(String segment, long bit, int octet) throws IOException {
    RealLogs.flip(folder.resolve(segment), bit);
    Map<String, byte[]> damaged = RealLogs.files(folder);
    AuditFinding finding = RealLogs.fsck(folder).findings().getFirst();
    assertThat(finding.path()).isEqualTo(segment);
    assertThat(finding.offset()).isEqualTo(octet);
    CodedException refused = refused(segment);
    assertThat(refused.problem().reason()).contains("octet " + octet);
    Map<String, byte[]> left = RealLogs.files(folder);
    assertThat(left.keySet()).isEqualTo(damaged.keySet());
    left.forEach((path, octets) -> assertThat(octets).as(path).isEqualTo(damaged.get(path)));
    RealLogs.restore(folder, good);
  }

  private CodedException refused(String named) {
    CodedException refused =
        catchThrowableOfType(CodedException.class, () -> RealLogs.open(folder).close());
    assertThat(refused).as("the log is refused").isNotNull();
    assertThat(refused.problem().code()).isEqualTo(ErrorCode.LOG_DAMAGED);
    assertThat(refused.problem().place().orElse("")).contains(named);
    return refused;
  }

  /** The log opens with so many of its entries, goes on, and is then put back. */
  private void opensWith(int count) throws IOException {
    try (LogWriter writer = RealLogs.open(folder)) {
      assertThat(writer.append(TestLogs.entry("next"))).isEqualTo(count);
    }
    List<byte[]> found = RealLogs.requireSound(folder);
    assertThat(found).hasSize(count + 1);
    for (int i = 0; i < count; i++) {
      assertThat(found.get(i)).as("entry " + i).isEqualTo(entries.get(i));
    }
    RealLogs.restore(folder, good);
  }

  /** Where the frames of a segment lie. */
  private static List<Integer> frames(byte[] segment) {
    List<Integer> frames = new ArrayList<>();
    int at = Frame.ALIGNMENT;
    while (at + Frame.HEAD <= segment.length) {
      Frame frame = Frame.head(ByteBuffer.wrap(segment, at, Frame.HEAD).slice());
      if (frame == null) {
        break;
      }
      frames.add(at);
      at += (int) frame.footprint();
    }
    return frames;
  }
}
