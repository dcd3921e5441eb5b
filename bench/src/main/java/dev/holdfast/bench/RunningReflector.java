package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.probe.PeerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reflector in a process of its own, which can be held still while another one is measured. */
final class RunningReflector implements AutoCloseable {
  /** Whether it sleeps until a packet comes, or asks for packets without end. */
  enum Waiting {
    SLEEP,
    SPIN;

    String word() {
      return this == SLEEP ? "sleep" : "spin";
    }
  }

  private final Process process;
  private final List<PeerAddress> addresses;

  private RunningReflector(Process process, List<PeerAddress> addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  /** Ours, in the same Java with the flags that the product starts with. */
  static RunningReflector ours(
      boolean pinned, int client, Waiting waiting, int sessions, int reflectors)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ReflectorChild.class.getName(),
            String.valueOf(client),
            waiting.word(),
            String.valueOf(sessions),
            String.valueOf(reflectors));
    return start(Cores.onSecond(pinned, command));
  }

  /** The one in C, as {@link CompiledReflector} made it. */
  static RunningReflector c(boolean pinned, Path program, int client, Waiting waiting, int sessions)
      throws IOException {
    return start(
        Cores.onSecond(
            pinned,
            List.of(
                program.toString(),
                String.valueOf(client),
                waiting.word(),
                String.valueOf(sessions))));
  }

  private static RunningReflector start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader(US_ASCII);
    String line = output.readLine();
    if (line == null || !line.startsWith("ports ")) {
      process.destroy();
      throw new IOException("a reflector did not start: " + line);
    }
    List<PeerAddress> addresses = new ArrayList<>();
    Arrays.stream(line.split(" ", -1))
        .skip(1)
        .forEach(port -> addresses.add(BenchSessions.peer(Integer.parseInt(port))));
    return new RunningReflector(process, addresses);
  }

  /** Where it listens; the first one, where it is several. */
  PeerAddress address() {
    return addresses.getFirst();
  }

  /** Where all of them listen. */
  List<PeerAddress> addresses() {
    return addresses;
  }

  /** Its number in the system. */
  long pid() {
    return process.pid();
  }

  /** Holds it still. */
  void pause() throws InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  void resume() throws InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws InterruptedException {
    if (!Cores.runs("kill", "-" + name, String.valueOf(process.pid()))) {
      throw new IllegalStateException("a reflector has ended");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
