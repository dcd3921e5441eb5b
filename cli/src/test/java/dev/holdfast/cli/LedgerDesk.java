package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the commands of logs and witnesses in process, on a folder of the test. */
final class LedgerDesk {
  static final String ORIGIN = "log.example/test";

  private final Path folder;

  LedgerDesk(Path folder) {
    this.folder = folder;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** The name of a file as a command takes it. */
  String at(String name) {
    return path(name).toString();
  }

  /** Writes a file; returns its name as a command takes it. */
  String file(String name, String text) {
    return file(name, text.getBytes(UTF_8));
  }

  String file(String name, byte[] octets) {
    try {
      Files.write(path(name), octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return at(name);
  }

  byte[] octets(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Desk.Result run(String... arguments) {
    return run(new byte[0], arguments);
  }

  /** Runs a command with standard input. */
  Desk.Result run(byte[] in, String... arguments) {
    return run(new ByteArrayInputStream(in), arguments);
  }

  Desk.Result run(InputStream in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Holdfast.run(
            arguments,
            in,
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of());
    return new Desk.Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Runs a command that has to succeed; returns what it printed, without its last newline. */
  String ok(byte[] in, String... arguments) {
    Desk.Result result = run(in, arguments);
    if (result.status() != 0) {
      throw new AssertionError(String.join(" ", arguments) + " failed:\n" + result.err());
    }
    return result.out().strip();
  }

  String ok(String... arguments) {
    return ok(new byte[0], arguments);
  }

  /** Makes the log {@code log} with the key {@code log.key}; returns its vkey. */
  String init(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("ledger", "init", at("log"), "--origin", ORIGIN, "--key", at("log.key")));
    arguments.addAll(List.of(options));
    return ok(arguments.toArray(String[]::new));
  }

  /** Appends lines to the log {@code log}. */
  Desk.Result append(String lines, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("ledger", "append", at("log"), "--key", at("log.key"), "--lines"));
    arguments.addAll(List.of(options));
    return run(lines.getBytes(UTF_8), arguments.toArray(String[]::new));
  }

  /** So many different lines. */
  static String lines(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append("entry ").append(i).append('\n');
    }
    return lines.toString();
  }

  /** Flips one bit of a file. */
  void flip(String name, int octet) {
    byte[] octets = octets(name);
    octets[octet] ^= 1;
    file(name, octets);
  }

  /** Copies a folder with all that is in it. */
  void copy(String from, String to) {
    try (Stream<Path> all = Files.walk(path(from))) {
      for (Path each : all.toList()) {
        Files.copy(each, path(to).resolve(path(from).relativize(each)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the log's checkpoint as it is now; returns the copy's name. */
  String checkpoint(String name) {
    return file(name, octets("log/checkpoint"));
  }

  /** A command that serves, in a thread of its own. */
  Server serve(String... arguments) {
    return new Server(arguments);
  }

  /** A server that runs until it is closed, by an interrupt as a signal would end the process. */
  static final class Server implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Thread thread;
    private volatile int status = -1;

    Server(String... arguments) {
      thread =
          Thread.ofPlatform()
              .start(() ->
                  status =
                      Holdfast.run(
                          arguments,
                          new PrintStream(out, false, UTF_8),
                          new PrintStream(err, true, UTF_8),
                          Map.of()));
    }

    /** What it printed first, once it listens. */
    String line() {
      while (thread.isAlive() && !out.toString(UTF_8).contains("\n")) {
        pause();
      }
      String printed = out.toString(UTF_8);
      if (!printed.contains("\n")) {
        throw new AssertionError("it does not serve:\n" + err.toString(UTF_8));
      }
      return printed.strip();
    }

    private static void pause() {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Ends it; returns its exit status. */
    int end() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return status;
    }

    @Override
    public void close() {
      end();
    }
  }
}
