package dev.holdfast.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of a landmark with very many open sessions, each with a host of its own, in a JVM
 * whose heap is limited: {@link LandmarkMemoryChild} does the work.
 *
 * <p>Arguments, both optional: sessions, and mebibytes of heap.
 */
public final class LandmarkMemory {
  private LandmarkMemory() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String sessions = arguments.length > 0 ? arguments[0] : "100000";
    String heap = arguments.length > 1 ? arguments[1] : "256";
    System.out.println(Machine.describe(Path.of(System.getProperty("java.io.tmpdir"))));
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap + "m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LandmarkMemoryChild.class.getName(),
                    sessions))
            .inheritIO()
            .start();
    int status = child.waitFor();
    if (status != 0) {
      System.out.printf("Missed: with %s MiB of heap it ended early (status %d).%n", heap, status);
    }
  }
}
