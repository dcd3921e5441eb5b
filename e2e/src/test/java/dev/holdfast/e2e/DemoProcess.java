package dev.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.cli.Holdfast;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code holdfast demo} in a process of its own, as a new user starts it. */
final class DemoProcess implements AutoCloseable {
  private final Process process;
  private final String uri;
  private final String token;
  private final Path errors;

  private DemoProcess(Process process, String uri, String token, Path errors) {
    this.process = process;
    this.uri = uri;
    this.token = token;
    this.errors = errors;
  }

  /** Starts it and waits until it listens. */
  static DemoProcess start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Holdfast.class.getName(),
            "demo",
            "--no-browser",
            "--port",
            "7460",
            "--output",
            "json",
            "--data",
            folder.resolve("demo").toString()));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("demo.err");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    BufferedReader out = process.inputReader(UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError(Files.readString(errors));
    }
    JsonFields said = JsonFields.read(line.getBytes(UTF_8), "demo", 1 << 16, ErrorCode.PEER_FAILED);
    String token = Files.readString(Path.of(said.text("adminToken"))).strip();
    String url = said.text("url");
    return new DemoProcess(process, url.substring(0, url.length() - 1), token, errors);
  }

  /** Where it listens, without a slash at its end. */
  String uri() {
    return uri;
  }

  /** The token of its administrator. */
  String token() {
    return token;
  }

  /** What it has said to whoever watches the terminal. */
  String said() throws IOException {
    return Files.readString(errors);
  }

  /** As a user ends it; answers its exit status. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
