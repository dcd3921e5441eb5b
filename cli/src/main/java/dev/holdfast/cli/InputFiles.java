package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Opens the files that a user names, with coded errors. */
final class InputFiles {
  private InputFiles() {}

  /** What a parser that knows no files makes of a source; its problems then name the source. */
  static <T> T parsed(String source, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (CodedException e) {
      Problem found = e.problem();
      throw found.source() != null
          ? e
          : new CodedException(
              new Problem(found.code(), source, found.line(), found.field(), found.reason()), e);
    }
  }

  /**
   * Opens a CSV file; columns that are not known are named in a warning, since a typo hides there.
   */
  static CsvReader csv(Path path, List<String> required, Set<String> optional, ProblemLog log) {
    return csv(path, path, required, optional, log);
  }

  /** As the other, from a copy that is read in the place of the file that the user named. */
  static CsvReader csv(
      Path path, Path readFrom, List<String> required, Set<String> optional, ProblemLog log) {
    InputStream in = BoundedFiles.open(readFrom);
    try {
      CsvReader reader = opened(in, path, required);
      for (String column : reader.header()) {
        if (!required.contains(column) && !optional.contains(column)) {
          log.warn(path + ": column " + Problem.quote(column) + " is not known and is ignored");
        }
      }
      return reader;
    } catch (IOException e) {
      throw BoundedFiles.unreadable(path, e);
    }
  }

  private static CsvReader opened(InputStream in, Path path, List<String> required)
      throws IOException {
    try {
      return CsvReader.open(in, path.toString(), required);
    } catch (CodedException | IOException e) {
      in.close();
      throw e;
    }
  }

  static CodedException unwritable(Path path, IOException cause) {
    return new CodedException(
        Problem.in(path.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(cause.getMessage())),
        cause);
  }
}
