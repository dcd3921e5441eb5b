package dev.holdfast.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
    Path tasks = Path.of("/proc/" + process + "/task");
    if (!Files.isDirectory(tasks)) {
      return 0;
    }
    long sum = 0;
    try (DirectoryStream<Path> each = Files.newDirectoryStream(tasks)) {
      for (Path task : each) {
        String line = Files.readString(task.resolve("schedstat"));
        sum += Long.parseLong(line.substring(0, line.indexOf(' ')));
      }
    }
    return sum;
  }
}
