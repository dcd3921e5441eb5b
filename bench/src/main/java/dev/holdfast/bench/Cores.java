package dev.holdfast.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who runs on which core, so that asker and answerer do not meet: this process on the first, what
 * is measured beside it on the second. Where there is no {@code taskset} or one core alone, the
 * system decides, and the first line of a measurement says so.
 */
final class Cores {
  private static final int ASKER = 0;
  private static final int ANSWERER = 1;

  private Cores() {}

  /** Puts all threads of this process on the first core; whether that went. */
  static boolean takeFirst() throws InterruptedException {
    return Runtime.getRuntime().availableProcessors() > ANSWERER
        && runs(
            "taskset",
            "-a",
            "-c",
            "-p",
            String.valueOf(ASKER),
            String.valueOf(ProcessHandle.current().pid()));
  }

  /** A command that runs on the second core, if it may. */
  static List<String> onSecond(boolean pinned, List<String> command) {
    List<String> all = new ArrayList<>();
    if (pinned) {
      all.addAll(List.of("taskset", "-c", String.valueOf(ANSWERER)));
    }
    all.addAll(command);
    return all;
  }

  /** How cores are shared out, for the first line. */
  static String describe(boolean pinned) {
    return pinned ? "asker on core 0, reflector on core 1" : "cores as the system gives them";
  }

  /** Runs a command to its end; false where it is not there or fails. */
  static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
