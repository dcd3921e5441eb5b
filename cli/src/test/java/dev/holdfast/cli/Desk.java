package dev.holdfast.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Runs the command in process, on files in a folder of the test. */
final class Desk {
  /** Landmarks at well-known places. */
  static final List<String> LANDMARKS =
      List.of(
          "tokyo,35.68,139.69",
          "osaka,34.69,135.50",
          "london,51.50,-0.12",
          "lille,50.63,3.06",
          "paris,48.86,2.35",
          "beijing,39.90,116.40",
          "singapore,1.35,103.82");

  private final Path folder;
  private Map<String, String> environment = Map.of();

  Desk(Path folder) {
    this.folder = folder;
    landmarks(LANDMARKS.toArray(String[]::new));
  }

  /** What a run left behind. */
  record Result(int status, String out, String err) {
    /** The JSON objects on standard output, which must hold nothing else. */
    List<JsonNode> lines() {
      return out.lines().map(line -> Json.mapper().readTree(line)).toList();
    }

    /** The reports by target. */
    Map<String, JsonNode> reports() {
      Map<String, JsonNode> reports = new TreeMap<>();
      for (JsonNode line : lines()) {
        if (reports.put(line.path("target").asString(), line) != null) {
          throw new AssertionError("two reports of one target in\n" + out);
        }
      }
      return reports;
    }

    Set<String> targets() {
      return reports().keySet();
    }

    /** The answers to a target's claims, such as {@code country MY PROVED}. */
    List<String> answers(String target) {
      List<String> answers = new ArrayList<>();
      JsonNode report = reports().get(target);
      if (report != null) {
        for (JsonNode answer : report.path("answers")) {
          answers.add(
              answer.path("question").asString()
                  + " "
                  + answer.path("value").asString()
                  + " "
                  + answer.path("verdict").asString());
        }
      }
      return answers;
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Writes a file of a header and rows. */
  Desk file(String name, String header, String... rows) {
    return octets(
        name, (header + "\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  Desk octets(String name, byte[] octets) {
    try {
      Files.write(path(name), octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Desk landmarks(String... rows) {
    return file("landmarks.csv", "landmark,latitude,longitude", rows);
  }

  Desk delays(String... rows) {
    return file("delays.csv", "landmark,target,min_rtt_ms", rows);
  }

  Desk timedDelays(String... rows) {
    return file("delays.csv", "landmark,target,min_rtt_ms,measured_at", rows);
  }

  Desk claims(String... rows) {
    return file("claims.csv", "target,latitude,longitude,within_km,country,excluded_country", rows);
  }

  Desk environment(Map<String, String> variables) {
    this.environment = variables;
    return this;
  }

  Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Holdfast.run(
            arguments,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs {@code locate} on the files of the folder. */
  Result locate(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "locate",
                "--landmarks",
                path("landmarks.csv").toString(),
                "--delays",
                path("delays.csv").toString()));
    if (Files.exists(path("claims.csv"))) {
      arguments.addAll(List.of("--claims", path("claims.csv").toString()));
    }
    arguments.addAll(Arrays.asList(options));
    return run(arguments.toArray(String[]::new));
  }

  Result locateJson(String... options) {
    List<String> arguments = new ArrayList<>(Arrays.asList(options));
    arguments.addAll(List.of("--output", "json"));
    return locate(arguments.toArray(String[]::new));
  }

  Result audit(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "landmarks",
                "audit",
                "--landmarks",
                path("landmarks.csv").toString(),
                "--delays",
                path("delays.csv").toString()));
    arguments.addAll(Arrays.asList(options));
    return run(arguments.toArray(String[]::new));
  }
}
