package dev.holdfast.cli;

import dev.holdfast.base.Problem;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports problems of a batch on standard error, and remembers the exit status they call for.
 *
 * <p>After {@value #SHOWN} of one code only their number is kept, so that a bad file of a million
 * lines does not bury the terminal.
 */
class ProblemLog {
  private static final int SHOWN = 100;

  private final PrintStream err;
  private final OutputOptions.Form form;
  private final JsonMapper mapper;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private int exitStatus;

  ProblemLog(PrintStream err, OutputOptions.Form form) {
    this.err = err;
    this.form = form;
    this.mapper = Json.mapper();
  }

  synchronized void add(Problem problem) {
    exitStatus = Math.max(exitStatus, problem.code().category().exitStatus());
    long count = counts.merge(problem.code().code(), 1L, Long::sum);
    if (count <= SHOWN) {
      err.println(
          form == OutputOptions.Form.JSON
              ? mapper.writeValueAsString(Map.of("error", ProblemJson.of(problem)))
              : problem.sentence());
    }
  }

  /** Something that is not wrong but may surprise; does not change the exit status. */
  synchronized void warn(String sentence) {
    err.println(
        form == OutputOptions.Form.JSON
            ? mapper.writeValueAsString(Map.of("warning", sentence))
            : sentence);
  }

  /** Says how many were not shown; returns the exit status. */
  synchronized int finish() {
    counts.forEach((code, count) -> {
      if (count > SHOWN) {
        err.println(code + " and " + (count - SHOWN) + " more like these");
      }
    });
    return exitStatus;
  }

  /** A log for a first look at a file that is read again: it keeps nothing. */
  static final class Silent extends ProblemLog {
    Silent() {
      super(new PrintStream(java.io.OutputStream.nullOutputStream()), OutputOptions.Form.TEXT);
    }
  }

  /** The JSON form of a problem. */
  record ProblemJson(
      String code,
      String category,
      @org.jspecify.annotations.Nullable String file,
      long line,
      @org.jspecify.annotations.Nullable String field,
      String reason) {
    static ProblemJson of(Problem problem) {
      return new ProblemJson(
          problem.code().code(),
          problem.code().category().name().toLowerCase(java.util.Locale.ROOT),
          problem.source(),
          problem.line(),
          problem.field(),
          problem.reason());
    }
  }
}
