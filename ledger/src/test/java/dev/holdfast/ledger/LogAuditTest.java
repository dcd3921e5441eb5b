package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LogAuditTest {
  private static final long SEED = 65_537;

  private final List<Long> progress = new ArrayList<>();

  @Test
  void sound_logs_are_sound() throws IOException {
    for (int size : new int[] {0, 1, 2, 255, 256, 257, 511, 512, 513, 1_000, 65_537}) {
      MemoryTiles log = log(size);
      AuditReport report = audit(log);
      assertThat(report.findings()).isEmpty();
      assertThat(report.sound()).isTrue();
      assertThat(report.entries()).isEqualTo(size);
      assertThat(report.tiles()).isEqualTo(TileHashes.tilesOf(size).count());
      assertThat(progress).isSorted();
      assertThat(size == 0 ? progress : progress.subList(progress.size() - 1, progress.size()))
          .isEqualTo(size == 0 ? List.of() : List.of((long) size));
      progress.clear();
    }
  }

  @Test
  void a_log_whose_partial_files_gave_way_to_full_ones_is_sound_at_the_old_size()
      throws IOException {
    MemoryTiles log = log(65_537);
    for (long size : new long[] {1, 100, 255, 257, 300, 65_279}) {
      AuditReport report = LogAudit.run(size, TreeRoot.of(size, log.tree), log, progress::add);
      assertThat(report.findings()).isEmpty();
      assertThat(report.entries()).isEqualTo(size);
    }
  }

  @Test
  void a_wrong_root_is_said_of_the_checkpoint_alone() throws IOException {
    for (int size : new int[] {0, 1, 256, 600, 65_537}) {
      MemoryTiles log = log(size);
      Hash wrong = Trees.flipped(log.tree.root(), 9);
      AuditReport report = LogAudit.run(size, wrong, log, progress::add);
      assertThat(report.sound()).isFalse();
      assertThat(report.findings())
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.path()).isEqualTo("checkpoint");
            assertThat(finding.offset()).isEqualTo(AuditFinding.WHOLE_FILE);
            assertThat(finding.reason())
                .contains(log.tree.root().base64())
                .contains(wrong.base64());
          });
      assertThat(report.entries()).isEqualTo(size);
    }
  }

  @Test
  void each_missing_file_is_named_and_nothing_else_is_blamed() throws IOException {
    MemoryTiles log = log(66_000);
    List<TileId> sample = sample();
    for (TileId tile : sample) {
      byte[] octets = log.files.remove(tile);
      assertThat(audit(log).findings())
          .as(tile.path())
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.path()).isEqualTo(tile.path());
            assertThat(finding.offset()).isEqualTo(AuditFinding.WHOLE_FILE);
            assertThat(finding.reason()).startsWith("it is missing");
          });
      log.files.put(tile, octets);
    }
  }

  @Test
  void each_short_or_long_file_is_named_with_the_octet_where_it_ends_wrongly() throws IOException {
    MemoryTiles log = log(66_000);
    for (TileId tile : sample()) {
      byte[] octets = log.file(tile);
      for (int length : new int[] {0, 1, octets.length - 1, octets.length + 1}) {
        log.files.put(tile, Arrays.copyOf(octets, length));
        assertThat(audit(log).findings())
            .as(tile.path())
            .singleElement()
            .satisfies(finding -> {
              assertThat(finding.path()).isEqualTo(tile.path());
              assertThat(finding.offset()).isBetween(0L, (long) Math.min(length, octets.length));
              if (!tile.isBundle()) {
                assertThat(finding.offset()).isEqualTo(Math.min(length, octets.length));
              }
            });
      }
      log.files.put(tile, octets);
    }
  }

  @Test
  void a_file_of_zeroes_is_one_finding() throws IOException {
    MemoryTiles log = log(66_000);
    for (TileId tile : sample()) {
      byte[] octets = log.file(tile);
      log.files.put(tile, new byte[octets.length]);
      assertThat(audit(log).findings())
          .as(tile.path())
          .singleElement()
          .satisfies(finding -> assertThat(finding.path()).isEqualTo(tile.path()));
      log.files.put(tile, octets);
    }
  }

  @Test
  void two_entries_in_the_wrong_order_are_found_at_the_first_of_them() throws IOException {
    List<byte[]> entries = Trees.entries(new SplittableRandom(SEED), 600, 9);
    MemoryTiles log = MemoryTiles.of(entries);
    List<byte[]> swapped = new ArrayList<>(entries.subList(256, 512));
    int first = 17;
    while (Arrays.equals(swapped.get(first), swapped.get(first + 1))) {
      first++;
    }
    swapped.set(first, swapped.set(first + 1, swapped.get(first)));
    log.files.put(TileId.bundle(1, 256), EntryBundle.of(swapped));
    int entry = 256 + first;
    assertThat(audit(log).findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.path()).isEqualTo("tile/entries/001");
          assertThat(finding.reason())
              .startsWith("entry " + entry + " hashes to ")
              .endsWith("; more that are wrong in this file: 1");
        });
  }

  @Test
  void damage_in_many_files_at_once_is_found_in_all_of_them() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    MemoryTiles log = log(66_000);
    for (int round = 0; round < 20; round++) {
      List<TileId> damaged = new ArrayList<>();
      List<byte[]> before = new ArrayList<>();
      for (TileId tile : sample()) {
        // Not the top, which has nothing beside it to go by when the tile below is wrong too.
        if (tile.level() < 2 && random.nextInt(3) == 0) {
          damaged.add(tile);
          before.add(log.file(tile));
          log.files.put(tile, flipped(log.file(tile), random));
        }
      }
      assertThat(audit(log).findings().stream().map(AuditFinding::path))
          .containsExactlyInAnyOrderElementsOf(damaged.stream().map(TileId::path).toList());
      for (int i = 0; i < damaged.size(); i++) {
        log.files.put(damaged.get(i), before.get(i));
      }
    }
  }

  @Test
  void where_a_hash_and_the_tile_below_it_are_both_wrong_both_are_named_as_unsure()
      throws IOException {
    MemoryTiles log = log(66_000);
    log.file(new TileId(2, 0, 1))[3] ^= 1;
    log.file(new TileId(1, 0, 256))[32 * 9 + 5] ^= 1;
    List<AuditFinding> findings = audit(log).findings();
    assertThat(findings)
        .extracting(AuditFinding::path)
        .containsExactly("tile/2/000.p/1", "tile/1/000");
    assertThat(findings)
        .allSatisfy(finding -> assertThat(finding.reason()).contains("nothing above tells"));
    assertThat(findings.getLast().offset()).isEqualTo(32 * 9 + 5);
  }

  @Test
  void an_entry_replaced_together_with_its_hash_is_still_found() throws IOException {
    List<byte[]> entries = Trees.entries(new SplittableRandom(SEED), 600, 9);
    MemoryTiles log = MemoryTiles.of(entries);
    Hash root = log.tree.root();
    entries.set(300, new byte[] {1, 2, 3});
    MemoryTiles forged = MemoryTiles.of(entries);
    // Bundle and tile agree, the tile above is as it was.
    for (TileId tile : List.of(TileId.bundle(1, 256), new TileId(0, 1, 256))) {
      log.files.put(tile, forged.file(tile));
    }
    assertThat(LogAudit.run(600, root, log, progress::add).findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.path()).isEqualTo("tile/0/001");
          assertThat(finding.reason()).contains("tiles and entries agree with one another");
        });
    // All files agree, only the signed root is as it was.
    assertThat(LogAudit.run(600, root, forged, progress::add).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.path()).isEqualTo("checkpoint"));
  }

  @Test
  void after_a_hundred_findings_the_rest_is_counted() throws IOException {
    MemoryTiles log = log(65_537);
    for (TileId tile : TileHashes.tilesOf(65_537).filter(TileId::isBundle).toList()) {
      log.files.remove(tile);
    }
    AuditReport report = audit(log);
    assertThat(report.findings()).hasSize(100);
    assertThat(report.unlisted()).isEqualTo(257 - 100);
    assertThat(report.complete()).isTrue();
    assertThat(report.entries()).isZero();
  }

  @Test
  void a_checkpoint_that_claims_entries_without_end_is_given_up() throws IOException {
    for (long size : new long[] {1L << 40, 1L << 62, Long.MAX_VALUE}) {
      AuditReport report =
          LogAudit.run(size, TreeHasher.emptyRoot(), new MemoryTiles(), progress::add);
      assertThat(report.complete()).isFalse();
      assertThat(report.sound()).isFalse();
      assertThat(report.findings()).hasSize(100);
    }
  }

  @Test
  void a_source_that_fails_is_not_called_damaged() {
    TileSource failing =
        new TileSource() {
          @Override
          public Optional<byte[]> tile(TileId tile) throws IOException {
            throw new IOException("the line is cut");
          }

          @Override
          public Optional<byte[]> checkpoint() {
            return Optional.empty();
          }
        };
    assertThatThrownBy(() -> LogAudit.run(3, TreeHasher.emptyRoot(), failing, progress::add))
        .isInstanceOf(IOException.class);
  }

  /** Files of every kind: bundles, tiles of each level, full and partial. */
  private static List<TileId> sample() {
    return List.of(
        TileId.bundle(0, 256),
        TileId.bundle(130, 256),
        TileId.bundle(257, 208),
        new TileId(0, 0, 256),
        new TileId(0, 77, 256),
        new TileId(0, 257, 208),
        new TileId(1, 0, 256),
        new TileId(1, 1, 1),
        new TileId(2, 0, 1));
  }

  private static byte[] flipped(byte[] octets, SplittableRandom random) {
    byte[] flipped = octets.clone();
    flipped[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return flipped;
  }

  private AuditReport audit(MemoryTiles log) throws IOException {
    return LogAudit.run(log.tree.size(), log.tree.root(), log, progress::add);
  }

  private static MemoryTiles log(int size) {
    return MemoryTiles.of(Trees.entries(new SplittableRandom(SEED + size), size, 5));
  }
}
