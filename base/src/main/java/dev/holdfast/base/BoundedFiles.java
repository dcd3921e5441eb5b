package dev.holdfast.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that somebody names, whole and no larger than is said, with coded errors. */
public final class BoundedFiles {
  private BoundedFiles() {}

  /**
   * Opens a file.
   *
   * @throws CodedException FILE_NOT_FOUND, for a folder too, or FILE_UNREADABLE
   */
  public static InputStream open(Path file) {
    if (Files.isDirectory(file)) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.FILE_NOT_FOUND, "this is a folder, not a file"));
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.FILE_NOT_FOUND, "there is no such file"), e);
    } catch (AccessDeniedException e) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.FILE_UNREADABLE, "no permission to read it"), e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The octets of a file.
   *
   * @param most more is refused, and not read
   * @throws CodedException INPUT_TOO_LARGE, or as {@link #open} does
   */
  public static byte[] read(Path file, int most) {
    try (InputStream in = open(file)) {
      return read(in, most, file.toString());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** As the other, of a stream. */
  public static byte[] read(InputStream in, int most, String source) throws IOException {
    byte[] octets = in.readNBytes(most + 1);
    if (octets.length > most) {
      throw new CodedException(
          Problem.in(source, ErrorCode.INPUT_TOO_LARGE, "it has more than " + most + " octets"));
    }
    return octets;
  }

  /** The coded error of a file that cannot be read. */
  public static CodedException unreadable(Path file, IOException cause) {
    return new CodedException(
        Problem.in(file.toString(), ErrorCode.FILE_UNREADABLE, String.valueOf(cause.getMessage())),
        cause);
  }
}
