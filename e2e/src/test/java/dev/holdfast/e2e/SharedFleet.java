package dev.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fleet that all tests of the pages in one process look at, one class after the other: to sign
 * and judge it takes longer than most of them. What a test writes is there for those after it, so
 * each writes of things of its own.
 */
final class SharedFleet {
  /** Where nothing more is heard of hosts they fall silent, after ten minutes. */
  private static final Duration FRESH = Duration.ofMinutes(4);

  private static @Nullable SharedFleet latest;

  private final Path folder;
  private final ShownFleet shown;
  private final long since = System.nanoTime();

  private SharedFleet(Path folder, ShownFleet shown) {
    this.folder = folder;
    this.shown = shown;
  }

  /** One that was measured less than some minutes ago; it ends with the process. */
  static synchronized ShownFleet fresh() throws IOException, InterruptedException {
    SharedFleet found = latest;
    if (found == null || System.nanoTime() - found.since > FRESH.toNanos()) {
      Path folder = Files.createTempDirectory("shown-fleet");
      SharedFleet made = new SharedFleet(folder, ShownFleet.start(folder.resolve("server")));
      Runtime.getRuntime().addShutdownHook(new Thread(made::end));
      latest = made;
      found = made;
    }
    return found.shown;
  }

  private void end() {
    shown.close();
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
