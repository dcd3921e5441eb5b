package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulatedDiskTest {
  private static final Path LOG = Path.of("/log");
  private static final Path FILE = LOG.resolve("file");
  private static final Path OTHER = LOG.resolve("other");

  private final SimulatedDisk disk = new SimulatedDisk();

  @TempDir private Path folder = Path.of("");

  @Test
  void it_behaves_as_the_real_disk_does() throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      Path root = folder.resolve("run-" + seed);
      new RealDisk().createFolder(root);
      List<String> simulated = session(new SimulatedDisk(), Path.of("/"), seed);
      List<String> real = session(new RealDisk(), root, seed);
      for (int i = 0; i < real.size(); i++) {
        assertThat(simulated.get(i)).as("seed %s, operation %s", seed, i).isEqualTo(real.get(i));
      }
    }
  }

  @Test
  void nothing_is_durable_before_it_was_forced_and_synced() throws IOException {
    disk.createFolder(LOG);
    write(FILE, "text");
    assertThat(lost()).containsExactly("/");
    disk.syncFolder(LOG);
    assertThat(lost()).containsExactly("/");
    disk.syncFolder(Path.of("/"));
    assertThat(lost()).containsExactly("/", "/log/", "/log/file=");
    force(FILE);
    assertThat(lost()).containsExactly("/", "/log/", "/log/file=text");
  }

  @Test
  void a_force_makes_no_name_durable() throws IOException {
    durableFolder();
    write(FILE, "text");
    force(FILE);
    assertThat(lost()).containsExactly("/", "/log/");
    assertThat(after(CrashForm.NAMES_ONLY)).contains("/log/file=text");
  }

  @Test
  void a_move_is_durable_once_its_folder_is_synced() throws IOException {
    durable(FILE, "old");
    durable(OTHER, "new");
    disk.move(OTHER, FILE);
    assertThat(lost()).contains("/log/file=old", "/log/other=new");
    assertThat(after(CrashForm.KEPT)).containsExactly("/", "/log/", "/log/file=new");
    disk.syncFolder(LOG);
    assertThat(lost()).containsExactly("/", "/log/", "/log/file=new");
  }

  @Test
  void a_deletion_is_durable_once_its_folder_is_synced() throws IOException {
    durable(FILE, "old");
    disk.delete(FILE);
    assertThat(lost()).contains("/log/file=old");
    disk.syncFolder(LOG);
    assertThat(lost()).containsExactly("/", "/log/");
  }

  @Test
  void each_crash_form_keeps_what_it_says() throws IOException {
    durable(FILE, "old");
    write(FILE, "newer");
    write(OTHER, "text");
    assertThat(lost()).containsExactly("/", "/log/", "/log/file=old");
    assertThat(after(CrashForm.KEPT)).contains("/log/file=newer", "/log/other=text");
    assertThat(after(CrashForm.NAMES_ONLY)).contains("/log/file=old", "/log/other=");
    assertThat(after(CrashForm.NAMES_AND_LENGTHS))
        .contains("/log/file=old\0\0", "/log/other=\0\0\0\0");
    assertThat(after(CrashForm.CONTENT_ONLY)).containsExactly("/", "/log/", "/log/file=newer");
  }

  @Test
  void a_move_between_folders_never_loses_the_file() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SimulatedDisk torn = new SimulatedDisk();
      List<Path> folders = new ArrayList<>(List.of(Path.of("/")));
      for (String name : List.of("a", "b")) {
        folders.add(Path.of("/" + name));
        torn.createFolder(folders.getLast());
      }
      torn.syncFolder(Path.of("/"));
      Path at = Path.of("/start");
      Disk.OpenFile open = torn.open(at);
      open.write(ByteBuffer.wrap("kept".getBytes(UTF_8)), 0);
      open.force();
      torn.syncFolder(Path.of("/"));
      int named = torn.operations();
      for (int i = 0; i < 12; i++) {
        Path some = folders.get(random.nextInt(folders.size()));
        switch (random.nextInt(4)) {
          case 0 -> torn.syncFolder(some);
          case 1 -> folders.add(newFolder(torn, some.resolve("new-" + i)));
          default -> {
            Path to = some.resolve("x" + random.nextInt(2));
            torn.move(at, to);
            if (random.nextBoolean() && !at.equals(to)) {
              torn.open(at).close();
              torn.delete(at);
            }
            at = to;
          }
        }
      }
      for (int k = named; k <= torn.operations(); k++) {
        for (CrashForm form : CrashForm.values()) {
          assertThat(lines(torn.afterCrash(k, form, seed)))
              .as("%s after %s of %s", form, k, torn.story())
              .anyMatch(line -> line.endsWith("=kept"));
        }
      }
    }
  }

  @Test
  void a_torn_crash_keeps_old_or_new_under_a_moved_name() throws IOException {
    durable(FILE, "old");
    write(OTHER, "new");
    force(OTHER);
    disk.move(OTHER, FILE);
    Set<List<String>> seen = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      seen.add(lines(disk.afterCrash(disk.operations(), CrashForm.TORN, seed)));
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            List.of("/", "/log/", "/log/file=old"),
            List.of("/", "/log/", "/log/file=old", "/log/other=new"),
            List.of("/", "/log/", "/log/file=new"));
  }

  @Test
  void a_torn_write_survives_wholly_or_cut_or_by_sectors_or_not() throws IOException {
    durable(FILE, "");
    write(FILE, "x".repeat(2000));
    boolean whole = false;
    boolean none = false;
    boolean cut = false;
    boolean holes = false;
    for (int seed = 0; seed < 200; seed++) {
      SimulatedDisk torn = disk.afterCrash(disk.operations(), CrashForm.TORN, seed);
      String text = new String(torn.read(FILE).orElseThrow(), UTF_8);
      whole |= text.equals("x".repeat(2000));
      none |= text.isEmpty();
      cut |= text.length() % 512 > 0 && text.length() < 2000;
      holes |= text.startsWith("\0".repeat(512) + "x");
    }
    assertThat(List.of(whole, none, cut, holes)).containsOnly(true);
  }

  @Test
  void a_crash_in_the_past_shows_the_past() throws IOException {
    durable(FILE, "one");
    int then = disk.operations();
    write(FILE, "two");
    force(FILE);
    disk.flip(FILE, 8);
    assertThat(lines(disk.afterCrash(then, CrashForm.KEPT, 0))).contains("/log/file=one");
    assertThat(lost()).contains("/log/file=tvo");
    assertThat(lines(disk.afterCrash(0, CrashForm.KEPT, 0))).containsExactly("/");
    assertThat(disk.story())
        .hasSize(disk.operations())
        .last()
        .isEqualTo("8 flip bit 8 of /log/file");
  }

  @Test
  void a_crashed_disk_goes_on_and_crashes_again() throws IOException {
    durable(FILE, "one");
    SimulatedDisk second = disk.afterCrash(disk.operations(), CrashForm.LOST, 0);
    try (Disk.OpenFile open = second.open(FILE)) {
      open.write(ByteBuffer.wrap("two".getBytes(UTF_8)), 0);
    }
    assertThat(lines(second.afterCrash(1, CrashForm.LOST, 0))).contains("/log/file=one");
    assertThat(lines(second.afterCrash(1, CrashForm.KEPT, 0))).contains("/log/file=two");
    assertThat(disk.read(FILE)).contains("one".getBytes(UTF_8));
  }

  @Test
  void an_operation_that_fails_did_nothing_or_all_or_half() throws IOException {
    durable(FILE, "");
    Map<FaultKind, String> expected =
        Map.of(
            FaultKind.NOT_DONE, "", FaultKind.DONE_BUT_FAILED, "1234", FaultKind.HALF_DONE, "12");
    expected.forEach((kind, text) -> {
      SimulatedDisk failing = disk.afterCrash(disk.operations(), CrashForm.KEPT, 0);
      failing.failAt(0, kind);
      assertThatThrownBy(() -> write(failing, FILE, "1234")).hasMessageContaining("write");
      assertThat(failing.faultReached()).isTrue();
      assertThat(failing.operations()).isOne();
      assertThat(lines(failing)).contains("/log/file=" + text);
      assertThat(lines(failing.afterCrash(1, CrashForm.KEPT, 0))).isEqualTo(lines(failing));
    });
  }

  @Test
  void what_a_failed_force_should_have_kept_is_lost_for_good() throws IOException {
    durable(FILE, "old");
    write(FILE, "newer");
    disk.failAt(disk.operations(), FaultKind.NOT_DONE);
    assertThatThrownBy(() -> force(FILE)).isInstanceOf(IOException.class);
    force(FILE);
    assertThat(disk.read(FILE)).contains("newer".getBytes(UTF_8));
    assertThat(lost()).contains("/log/file=old\0\0");
    write(FILE, "again");
    force(FILE);
    assertThat(lost()).contains("/log/file=again");
  }

  @Test
  void a_full_disk_takes_no_longer_files_until_freed() throws IOException {
    durable(FILE, "old");
    disk.failFrom(disk.operations());
    write(FILE, "new");
    assertThatThrownBy(() -> write(FILE, "longer")).hasMessage("No space left on device");
    assertThat(disk.read(FILE)).contains("lon".getBytes(UTF_8));
    disk.free();
    write(FILE, "longer");
    assertThat(disk.read(FILE)).contains("longer".getBytes(UTF_8));
  }

  /** What a seeded run of operations showed, line by line. */
  private static List<String> session(Disk disk, Path root, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> names =
        List.of("a", "b", "c", "a/a", "a/b", "b/a", "b/b", "a/a/a", "none/x", "c/c");
    Map<String, Disk.OpenFile> open = new HashMap<>();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String name = names.get(random.nextInt(names.size()));
      String other = names.get(random.nextInt(names.size()));
      Path path = root.resolve(name);
      long at = random.nextInt(40);
      byte[] octets = new byte[random.nextInt(30)];
      random.nextBytes(octets);
      int kind = random.nextInt(10);
      String outcome;
      try {
        outcome =
            switch (kind) {
              case 0 -> made(disk, path, random.nextBoolean());
              case 1 -> moved(disk, path, root.resolve(other));
              case 2 -> deleted(disk, path, random.nextInt(3));
              case 3 -> disk.read(path).map(Arrays::toString).orElse("none");
              case 4 -> disk.list(path).toString();
              case 5 -> "" + disk.exists(path);
              case 6 -> synced(disk, path);
              default -> {
                if (!open.containsKey(name)) {
                  open.put(name, disk.open(path));
                }
                yield used(open.getOrDefault(name, disk.open(path)), octets, at, kind);
              }
            };
      } catch (IOException failure) {
        outcome = failure instanceof ClosedChannelException ? "closed" : "refused";
      }
      if (random.nextInt(8) == 0 && open.containsKey(other)) {
        open.get(other).close();
        if (random.nextBoolean()) {
          open.remove(other);
        }
      }
      seen.add(kind + " " + name + " " + other + ": " + outcome);
    }
    for (Disk.OpenFile file : open.values()) {
      file.close();
    }
    return seen;
  }

  private static String made(Disk disk, Path path, boolean folder) throws IOException {
    if (folder) {
      disk.createFolder(path);
    } else {
      disk.open(path).close();
    }
    return "made";
  }

  private static String moved(Disk disk, Path from, Path to) throws IOException {
    // Only files are moved; what a disk says to a folder is left open.
    if (isFolder(disk, from) || isFolder(disk, to)) {
      return "folder";
    }
    disk.move(from, to);
    return "moved";
  }

  private static String deleted(Disk disk, Path path, int chance) throws IOException {
    if (chance == 0) {
      disk.delete(path);
    }
    return "deleted";
  }

  private static String synced(Disk disk, Path path) throws IOException {
    if (isFolder(disk, path)) {
      disk.syncFolder(path);
    }
    return "synced";
  }

  private static String used(Disk.OpenFile file, byte[] octets, long at, int kind)
      throws IOException {
    switch (kind) {
      case 7 -> file.write(ByteBuffer.wrap(octets), at);
      case 8 -> file.force();
      default -> {
        ByteBuffer target = ByteBuffer.wrap(octets);
        return file.read(target, at) + " of " + file.size() + " " + Arrays.toString(octets);
      }
    }
    return "size " + file.size();
  }

  private static boolean isFolder(Disk disk, Path path) {
    try {
      disk.list(path);
      return disk.exists(path);
    } catch (IOException file) {
      return false;
    }
  }

  private static Path newFolder(Disk disk, Path path) throws IOException {
    disk.createFolder(path);
    return path;
  }

  private void durableFolder() throws IOException {
    disk.createFolder(LOG);
    disk.syncFolder(Path.of("/"));
  }

  private void durable(Path file, String text) throws IOException {
    durableFolder();
    write(file, text);
    force(file);
    disk.syncFolder(LOG);
  }

  private void write(Path file, String text) throws IOException {
    write(disk, file, text);
  }

  private static void write(Disk disk, Path file, String text) throws IOException {
    try (Disk.OpenFile open = disk.open(file)) {
      open.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
    }
  }

  private void force(Path file) throws IOException {
    try (Disk.OpenFile open = disk.open(file)) {
      open.force();
    }
  }

  private List<String> lost() {
    return after(CrashForm.LOST);
  }

  private List<String> after(CrashForm form) {
    return lines(disk.afterCrash(disk.operations(), form, 0));
  }

  private static List<String> lines(SimulatedDisk disk) {
    List<String> lines = new ArrayList<>();
    disk.tree()
        .forEach((path, octets) ->
            lines.add(path.endsWith("/") ? path : path + "=" + new String(octets, UTF_8)));
    return lines;
  }
}
