package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small file system in memory, in a mount namespace of its own. */
@Timeout(300)
final class FullDiskTest {
  /** Mounts at its first argument, runs the rest there, and shows what is left. */
  private static final String INSIDE =
      """
      mount -t tmpfs -o size=24m tmpfs "$1" || exit 1
      copy="$2"
      place="$1"
      shift 2
      "$@"
      code=$?
      cp -r "$place/log" "$copy" || exit 1
      exit $code
      """;

  @TempDir private Path temporary = Path.of("");

  @Test
  void a_writer_stops_on_a_full_disk_and_loses_nothing() throws Exception {
    Path place = Files.createDirectory(temporary.resolve("small"));
    Path copy = temporary.resolve("copy");
    assumeTrue(
        canMount(place), "no mount namespaces with tmpfs here, or not the right to use them");
    Path key = ChildWriter.writeKey(temporary);
    List<String> lines;
    try (Child child =
        Child.start(
            temporary,
            List.of("unshare", "-m", "sh", "-c", INSIDE, "sh", place.toString(), copy.toString()),
            "fill",
            place.resolve("log"),
            key)) {
      lines = child.join();
    }
    List<String> said = lines.stream().filter(line -> !line.matches("[0-9].*")).toList();
    String errors = Files.readString(temporary.resolve("child.err"));
    assertThat(said).as(errors).filteredOn(line -> line.startsWith("stopped")).hasSize(2);
    assertThat(said)
        .filteredOn(line -> line.startsWith("stopped"))
        .allMatch(line -> line.startsWith("stopped HF-3012") && line.contains("No space left"));
    assertThat(said).filteredOn("closing HF-3012"::equals).hasSize(2);
    assertThat(said)
        .filteredOn(line -> line.startsWith("not opened"))
        .allMatch(line -> line.contains("No space left"));
    Map<Long, String> acknowledged = new TreeMap<>();
    long last = -1;
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      if (words[0].matches("[0-9]+")) {
        long index = Long.parseLong(words[0]);
        assertThat(index).as("indexes only grow").isGreaterThan(last);
        acknowledged.put(index, words[1]);
        last = index;
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(1000);
    requireKept(copy, acknowledged);
  }

  /** The copy lies where there is room. */
  private static void requireKept(Path log, Map<Long, String> acknowledged) throws IOException {
    assertThat(RealLogs.fsck(log).findings()).isEmpty();
    try (LogWriter writer = RealLogs.open(log)) {
      writer.append(TestLogs.entry("goes on"));
    }
    List<byte[]> entries = RealLogs.requireSound(log);
    acknowledged.forEach((index, hash) ->
        assertThat(dev.holdfast.ledger.TreeHasher.plain(entries.get(index.intValue())).hex())
            .as("entry " + index)
            .isEqualTo(hash));
    assertThat(entries.getLast()).asString().isEqualTo("goes on");
  }

  private static boolean canMount(Path place) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(
                  "unshare",
                  "-m",
                  "mount",
                  "-t",
                  "tmpfs",
                  "-o",
                  "size=1m",
                  "tmpfs",
                  place.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
