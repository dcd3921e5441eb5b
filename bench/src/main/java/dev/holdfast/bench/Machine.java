package dev.holdfast.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a measurement ran on, for its first line. */
final class Machine {
  private Machine() {}

  /** Processor, cores, Java, and the file system of a folder. */
  static String describe(Path folder) throws IOException {
    return "%s, %d cores, %s %s, Java %s, %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version(),
            Files.getFileStore(folder).type());
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** Memory of this process that is resident, in octets; 0 where the system does not say. */
  static long resident() throws IOException {
    return memory(ProcessHandle.current().pid(), "VmRSS");
  }

  /**
   * Memory of a process in octets; 0 where the system does not say.
   *
   * @param field {@code VmRSS} for what is resident, {@code VmHWM} for the most that ever was
   */
  static long memory(long process, String field) throws IOException {
    Path status = Path.of("/proc/" + process + "/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  /** Nanoseconds that the threads of a process ran; 0 where the system does not say. */
  static long processorTime(long process) throws IOException {
    return schedule(process, 0);
  }

  /**
   * Nanoseconds that its threads could have run and had no core, which shows that something else
   * ran beside a measurement; 0 where the system does not say.
   */
  static long waitingTime(long process) throws IOException {
    return schedule(process, 1);
  }

  private static long schedule(long process, int field) throws IOException {
    Path tasks = Path.of("/proc/" + process + "/task");
    if (!Files.isDirectory(tasks)) {
      return 0;
    }
    long sum = 0;
    try (DirectoryStream<Path> each = Files.newDirectoryStream(tasks)) {
      for (Path task : each) {
        sum += number(task.resolve("schedstat"), field);
      }
    }
    return sum;
  }

  /** A number of a line of them; 0 where the thread has ended meanwhile. */
  private static long number(Path file, int field) throws IOException {
    try {
      return Long.parseLong(Files.readString(file).strip().split(" ", -1)[field]);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
