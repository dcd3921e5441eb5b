package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.DurableFiles;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that a command of an authority has written, and what it says of them. */
final class AuthorityOutput {
  private final Surroundings surroundings;
  private final OutputOptions output;
  private final Map<String, String> said = new LinkedHashMap<>();

  AuthorityOutput(Surroundings surroundings, OutputOptions output) {
    this.surroundings = surroundings;
    this.output = output;
  }

  /**
   * A file beside others: the same name with another ending.
   *
   * @throws CodedException FILE_UNWRITABLE where there is one already
   */
  static Path fresh(Path base, String ending) {
    Path file = base.resolveSibling(base.getFileName() + ending);
    requireFresh(file);
    return file;
  }

  /** Nothing is overwritten: a certificate may be the only copy of who somebody is. */
  static void requireFresh(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.FILE_UNWRITABLE,
              "there is such a file already, and nothing is overwritten"));
    }
  }

  /** Writes a file that everybody may read. */
  void write(String what, Path file, byte[] octets) {
    try {
      DurableFiles.replace(file, octets);
    } catch (IOException e) {
      throw InputFiles.unwritable(file, e);
    }
    wrote(what, file);
  }

  void wrote(String what, Path file) {
    said.put(what, file.toString());
  }

  void say(String what, String value) {
    said.put(what, value);
  }

  /** Prints everything. */
  void finish() {
    if (output.form == OutputOptions.Form.JSON) {
      surroundings.out().println(Json.mapper().writeValueAsString(said));
    } else {
      said.forEach(
          (what, value) -> surroundings.out().println(what + ": " + Problem.printable(value)));
    }
  }
}
