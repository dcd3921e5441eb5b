package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Delay;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.TargetId;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The delays of {@code --delays}, read so that memory does not grow with the number of targets.
 *
 * <p>A first pass surveys the file: are the rows of each target together, and what did landmarks
 * measure of each other? A second pass hands out target after target, straight from the file if
 * rows are together, else by way of a sort on disk.
 */
final class DelayFile {
  /** More rows than any set of landmarks measures of one target in a window. */
  private static final int MOST_ROWS_OF_A_TARGET = 200_000;

  /** Pairs of landmarks kept for calibration and audit. */
  private static final int MOST_MESH_PAIRS = 2_000_000;

  private static final Pattern TAB = Pattern.compile("\t");

  private final Path path;
  private final Path readFrom;
  private final LandmarkFile landmarks;
  private final ProblemLog log;

  /**
   * @param path as the user named it
   * @param readFrom where it can be read twice
   */
  DelayFile(Path path, Path readFrom, LandmarkFile landmarks, ProblemLog log) {
    this.path = path;
    this.readFrom = readFrom;
    this.landmarks = landmarks;
    this.log = log;
  }

  /**
   * What the first pass found.
   *
   * @param grouped rows of each target are together
   * @param rows how many rows there are
   * @param mesh what landmarks measured of each other, the least of each pair and direction
   */
  record Survey(boolean grouped, long rows, List<Measurement> mesh) {}

  private record Pair(LandmarkId from, String to) {}

  /** Surveys a file that is read again afterwards: problems are reported then. */
  Survey survey(Progress progress) {
    return survey(progress, new ProblemLog.Silent());
  }

  /** Surveys a file that is read only once, and reports its problems. */
  Survey surveyAloud(Progress progress) {
    return survey(progress, log);
  }

  private Survey survey(Progress progress, ProblemLog problems) {
    SeenTargets seen = new SeenTargets();
    Map<Pair, Measurement> mesh = new HashMap<>();
    boolean grouped = true;
    long rows = 0;
    TargetId last = null;
    try (CsvReader reader = open(problems)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows++;
        progress.step(rows);
        DelayRow parsed = parse(row.get(), problems);
        TargetId target = target(parsed);
        if (target != null && !target.equals(last)) {
          grouped &= !seen.add(target.value());
          last = target;
        }
        if (parsed instanceof DelayRow.Good(Measurement measurement)
            && landmarks.landmarks().containsKey(new LandmarkId(measurement.target().value()))
            && (mesh.size() < MOST_MESH_PAIRS || mesh.containsKey(pair(measurement)))) {
          mesh.merge(
              pair(measurement),
              measurement,
              (a, b) -> a.roundTrip().compareTo(b.roundTrip()) <= 0 ? a : b);
        }
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(path, e);
    }
    return new Survey(grouped, rows, List.copyOf(mesh.values()));
  }

  private static Pair pair(Measurement measurement) {
    return new Pair(measurement.landmark(), measurement.target().value());
  }

  private CsvReader open(ProblemLog warnings) {
    return InputFiles.csv(
        path,
        readFrom,
        List.of("landmark", "target", "min_rtt_ms"),
        Set.of("measured_at"),
        warnings);
  }

  private static @Nullable TargetId target(DelayRow row) {
    return switch (row) {
      case DelayRow.Good good -> good.measurement().target();
      case DelayRow.Bad bad -> bad.target();
    };
  }

  /** Hands out the targets of a file whose rows are together. */
  void stream(Progress progress, Consumer<TargetRows> consumer) {
    Collector collector = new Collector(consumer);
    long rows = 0;
    try (CsvReader reader = open(log)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        progress.step(++rows);
        collector.add(parse(row.get(), log));
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(path, e);
    }
    collector.finish();
  }

  private DelayRow parse(CsvRow row, ProblemLog problems) {
    DelayRow parsed = DelayRow.parse(row, landmarks);
    if (parsed instanceof DelayRow.Bad bad) {
      problems.add(bad.problem());
    }
    return parsed;
  }

  /** Hands out the targets in ascending order, sorted on disk. */
  void streamSorted(RowSorter sorter, Progress progress, Consumer<TargetRows> consumer) {
    try {
      long rows = 0;
      try (CsvReader reader = open(log);
          BufferedWriter writer = sorter.writer("delays")) {
        for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
          progress.step(++rows);
          write(parse(row.get(), log), writer);
        }
      }
      Collector collector = new Collector(consumer);
      try (BufferedReader reader =
          Files.newBufferedReader(sorter.sort("delays"), StandardCharsets.UTF_8)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          collector.add(read(line));
        }
      }
      collector.finish();
    } catch (IOException e) {
      throw InputFiles.unwritable(path, e);
    }
  }

  private static void write(DelayRow row, BufferedWriter writer) throws IOException {
    switch (row) {
      case DelayRow.Good(Measurement m) ->
          writer.write(
              m.target().value()
                  + "\t"
                  + m.landmark().value()
                  + "\t"
                  + m.roundTrip().milliseconds()
                  + "\t"
                  + (m.measuredAt() == null ? "" : m.measuredAt())
                  + "\n");
      case DelayRow.Bad bad -> {
        if (bad.target() != null) {
          writer.write(bad.target().value() + "\n");
        }
      }
    }
  }

  private DelayRow read(String line) {
    String[] fields = TAB.split(line, -1);
    TargetId target = new TargetId(fields[0]);
    if (fields.length < 4) {
      return new DelayRow.Bad(
          target, Problem.in(path.toString(), ErrorCode.BAD_IDENTIFIER, "reported before"));
    }
    return new DelayRow.Good(
        new Measurement(
            new LandmarkId(fields[1]),
            target,
            Delay.ofMillis(Double.parseDouble(fields[2])),
            fields[3].isEmpty() ? null : Instant.parse(fields[3])));
  }

  /** Puts rows that follow each other together. */
  private final class Collector {
    private final Consumer<TargetRows> consumer;
    private @Nullable TargetId target;
    private List<Measurement> measurements = new ArrayList<>();
    private boolean spoiled;

    Collector(Consumer<TargetRows> consumer) {
      this.consumer = consumer;
    }

    void add(DelayRow row) {
      TargetId next = target(row);
      if (next == null) {
        return;
      }
      if (!next.equals(target)) {
        finish();
        target = next;
      }
      switch (row) {
        case DelayRow.Bad bad -> spoiled = true;
        case DelayRow.Good good -> {
          if (measurements.size() < MOST_ROWS_OF_A_TARGET) {
            measurements.add(good.measurement());
          } else if (!spoiled) {
            spoiled = true;
            log.add(
                Problem.in(
                    path.toString(),
                    ErrorCode.TOO_MANY_ROWS,
                    "target "
                        + Problem.quote(next.value())
                        + " has more than "
                        + MOST_ROWS_OF_A_TARGET
                        + " rows"));
          }
        }
      }
    }

    void finish() {
      TargetId done = target;
      if (done != null) {
        consumer.accept(new TargetRows(done, List.copyOf(measurements), List.of(), spoiled));
      }
      target = null;
      measurements = new ArrayList<>();
      spoiled = false;
    }
  }
}
