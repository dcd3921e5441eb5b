package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.Problem;
import dev.holdfast.policy.Decider;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.DecisionWords;
import dev.holdfast.policy.QuestionReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides every row of a file, on all cores, and prints the answers in the order of the rows. */
final class PolicyBatch {
  /** So many rows are handed to a core at once, since one row alone takes a few microseconds. */
  private static final int TOGETHER = 256;

  private final Surroundings surroundings;
  private final OutputOptions output;
  private final Decider decider;
  private final QuestionReader reader;
  private final Map<String, String> given;
  private final boolean traced;
  private final ProblemLog log;
  private final DecisionWords words;
  private final Map<String, String> columns = new LinkedHashMap<>();
  private boolean allFree = true;
  private long done;

  /** What became of one row: a line to print, or what is wrong with it. */
  private record Answer(String line, boolean free, @Nullable Problem problem) {}

  PolicyBatch(
      Surroundings surroundings,
      OutputOptions output,
      Decider decider,
      QuestionReader reader,
      Map<String, String> given,
      boolean traced) {
    this.surroundings = surroundings;
    this.output = output;
    this.decider = decider;
    this.reader = reader;
    this.given = given;
    this.traced = traced;
    log = new ProblemLog(surroundings.err(), output.form);
    words = new DecisionWords(surroundings.catalogue(output.language));
    QuestionReader.FIELDS.forEach(field -> columns.put(field, snake(field)));
  }

  /** The column of a field: {@code parent_hq} of {@code parentHq}. */
  static String snake(String field) {
    return field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Decides all; answers the exit status. */
  int decide(Path file) {
    long rows = lines(file) - 1;
    Set<String> known = Set.copyOf(columns.values());
    try (Progress progress = new Progress(surroundings, "deciding", "rows", rows);
        CsvReader csv = InputFiles.csv(file, List.of("item"), known, log);
        InOrder<List<CsvRow>, List<Answer>> work =
            new InOrder<>(
                Runtime.getRuntime().availableProcessors(),
                this::answers,
                answers -> {
                  answers.forEach(this::print);
                  done += answers.size();
                  progress.show(done);
                })) {
      List<CsvRow> together = new ArrayList<>(TOGETHER);
      for (Optional<CsvRow> row = csv.next(); row.isPresent(); row = csv.next()) {
        together.add(row.get());
        if (together.size() == TOGETHER) {
          work.add(List.copyOf(together));
          together.clear();
        }
      }
      work.add(List.copyOf(together));
      work.finish();
    } catch (IOException e) {
      throw BoundedFiles.unreadable(file, e);
    }
    int status = log.finish();
    return Math.max(status, allFree ? 0 : 1);
  }

  private List<Answer> answers(List<CsvRow> rows) {
    return rows.stream().map(this::answer).toList();
  }

  private Answer answer(CsvRow row) {
    try {
      Decision decision = decider.decide(reader.read(field -> text(row, field)));
      return new Answer(
          output.form == OutputOptions.Form.JSON
              ? PolicyDecideCommand.line(decision, traced)
              : DecisionText.mark(decision.outcome()) + " " + words.sentence(decision),
          decision.outcome().free(),
          null);
    } catch (CodedException e) {
      Problem found = e.problem();
      Problem placed =
          found.line() > 0
              ? found
              : row.fault(
                      found.code(),
                      columns.getOrDefault(String.valueOf(found.field()), "item"),
                      found.reason())
                  .problem();
      return new Answer("", true, placed);
    }
  }

  private Optional<String> text(CsvRow row, String field) {
    Optional<String> own = row.text(columns.getOrDefault(field, field));
    return own.isPresent() ? own : Optional.ofNullable(given.get(field));
  }

  private void print(Answer answer) {
    Problem problem = answer.problem();
    if (problem != null) {
      log.add(problem);
      return;
    }
    allFree &= answer.free();
    surroundings.out().println(answer.line());
  }

  /** How many lines a file has, for the progress bar. */
  private static long lines(Path file) {
    byte[] buffer = new byte[1 << 16];
    long lines = 0;
    try (InputStream in = BoundedFiles.open(file)) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(file, e);
    }
    return lines;
  }
}
