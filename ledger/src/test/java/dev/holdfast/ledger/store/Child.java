package dev.holdfast.ledger.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that runs {@link ChildWriter}, and the lines that it said. */
final class Child implements AutoCloseable {
  private final Process process;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private Child(Process process) {
    this.process = process;
    reader = Thread.ofPlatform().daemon().name("child-reader").start(this::read);
  }

  /** Starts one with these arguments; its standard error goes to a file in the folder. */
  static Child start(Path temporary, Object... arguments) throws IOException {
    return start(temporary, List.of(), arguments);
  }

  /** The same behind a command that runs the one that it is given. */
  static Child start(Path temporary, List<String> before, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ChildWriter.class.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    File errors = temporary.resolve("child.err").toFile();
    return new Child(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors))
            .start());
  }

  private void read() {
    try (BufferedReader input = process.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      int next;
      while ((next = input.read()) >= 0) {
        if (next == '\n') {
          add(line.toString());
          line.setLength(0);
        } else {
          line.append((char) next);
        }
      }
      // A line that was not ended was not said.
    } catch (IOException e) {
      add("cannot be read: " + e);
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  long pid() {
    return process.pid();
  }

  /** Waits for a line with this beginning. */
  synchronized String awaitLine(String beginning) throws InterruptedException {
    int seen = 0;
    while (true) {
      for (; seen < lines.size(); seen++) {
        if (lines.get(seen).startsWith(beginning)) {
          return lines.get(seen);
        }
      }
      if (ended) {
        throw new AssertionError("the child ended without \"" + beginning + "\": " + lines);
      }
      wait(TimeUnit.SECONDS.toMillis(10));
    }
  }

  /** Kills it, and returns all that it said. */
  List<String> kill() throws InterruptedException {
    // By its handle, since a process that is destroyed closes what it still had to say.
    process.toHandle().destroyForcibly();
    return join();
  }

  /** Waits for its end, and returns all that it said. */
  List<String> join() throws InterruptedException {
    process.waitFor();
    reader.join();
    synchronized (this) {
      return List.copyOf(lines);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
