package dev.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.cli.Holdfast;
import dev.holdfast.trust.store.Patience;
import dev.holdfast.trust.store.ServerClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code holdfast serve} in a process of its own, to be killed. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final URI uri;
  private final String token;

  private ServerProcess(Process process, URI uri, String token) {
    this.process = process;
    this.uri = uri;
    this.token = token;
  }

  private static Process holdfast(Path data, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Holdfast.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString(), "--output", "json"));
    Path errors = data.resolveSibling("holdfast.err");
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
        .start();
  }

  /** Starts one and waits until it listens. */
  static ServerProcess start(Path data) throws IOException {
    Process process = holdfast(data, "serve", "--port", "0", "--tick", "500ms");
    BufferedReader out = process.inputReader(UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError(Files.readString(data.resolveSibling("holdfast.err")));
    }
    JsonFields said =
        JsonFields.read(line.getBytes(UTF_8), "serve", 1 << 16, ErrorCode.PEER_FAILED);
    String token = Files.readString(Path.of(said.text("adminToken"))).strip();
    return new ServerProcess(process, URI.create(said.text("url")), token);
  }

  /** Makes the views of a folder again; answers what the command says. */
  static String rebuild(Path data) throws IOException, InterruptedException {
    Process process = holdfast(data, "rebuild");
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(Files.readString(data.resolveSibling("holdfast.err")));
    }
    return said;
  }

  /** One that gives up at once where the server has gone. */
  ServerClient client() {
    return new ServerClient(
        uri,
        token,
        new Patience(Duration.ofSeconds(20), 20, Duration.ofMillis(200)),
        Thread::sleep);
  }

  /** Without a word to it. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** As an operator stops it. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
