package dev.holdfast.reading;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads documents from files and folders that somebody names.
 *
 * <p>A file that is named is read if it is text (UTF-8), whatever its ending; of a folder, with all
 * folders in it, those with the endings {@link #ENDINGS}, and every other is refused by its ending,
 * so that nothing is left out unsaid. Hidden files and folders (their names begin with a dot) and
 * symbolic links within a folder are passed over. The order is that of the names given, and within
 * a folder that of the names' characters, on every system. A file that is reached twice is read
 * once.
 */
public final class DocumentFiles {
  /** The endings of files that are taken out of a folder. */
  public static final List<String> ENDINGS =
      List.of(".txt", ".md", ".csv", ".json", ".jsonl", ".log");

  private static final int DEEPEST = 64;

  private final DocumentLimits limits;

  /** Reads no more than the usual limits. */
  public DocumentFiles() {
    this(DocumentLimits.USUAL);
  }

  public DocumentFiles(DocumentLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads everything.
   *
   * @param refused hears of each file that is not read, with its name and why; the others are
   * @throws CodedException INPUT_TOO_LARGE where there are more files or octets than may be
   */
  public List<Document> read(List<Path> paths, Consumer<Problem> refused) {
    List<Document> documents = new ArrayList<>();
    read(paths, documents::add, refused);
    return documents;
  }

  /** As the other, without holding more than one document. */
  public void read(List<Path> paths, Consumer<Document> to, Consumer<Problem> refused) {
    Reading reading = new Reading(to, refused);
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        reading.folder(path, 0);
      } else {
        reading.file(path);
      }
    }
  }

  /** One call of {@code read}. */
  private final class Reading {
    private final Consumer<Document> to;
    private final Consumer<Problem> refused;
    private final Set<Path> seen = new HashSet<>();
    private long octets;

    Reading(Consumer<Document> to, Consumer<Problem> refused) {
      this.to = to;
      this.refused = refused;
    }

    void folder(Path folder, int depth) {
      if (depth > DEEPEST) {
        refuse(
            folder,
            ErrorCode.INPUT_TOO_LARGE,
            "folders lie in each other more than " + DEEPEST + " deep");
        return;
      }
      List<Path> inside = new ArrayList<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(inside::add);
      } catch (IOException e) {
        refused.accept(BoundedFiles.unreadable(folder, e).problem());
        return;
      } catch (DirectoryIteratorException e) {
        refused.accept(BoundedFiles.unreadable(folder, new IOException(e)).problem());
        return;
      }
      inside.sort(Comparator.comparing(DocumentFiles::name));
      for (Path path : inside) {
        if (name(path).startsWith(".") || Files.isSymbolicLink(path)) {
          continue;
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          folder(path, depth + 1);
        } else if (ENDINGS.stream().anyMatch(name(path).toLowerCase(Locale.ROOT)::endsWith)) {
          file(path);
        } else {
          refuse(
              path,
              ErrorCode.NOT_TEXT,
              "of a folder only "
                  + String.join(" ", ENDINGS)
                  + " are read; name the file itself if it is text");
        }
      }
    }

    void file(Path file) {
      if (!seen.add(file.toAbsolutePath().normalize())) {
        return;
      }
      if (seen.size() > limits.files()) {
        throw new CodedException(
            Problem.in(
                file.toString(),
                ErrorCode.INPUT_TOO_LARGE,
                "there are more than " + limits.files() + " files; read fewer at once"));
      }
      if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
        refuse(file, ErrorCode.NOT_TEXT, "this is a device or a pipe, not a file");
        return;
      }
      Document document;
      try {
        byte[] content = BoundedFiles.read(file, limits.fileOctets());
        octets += content.length;
        document = new Document(file.toString(), TextForm.text(content, file.toString()));
        if (document.text().isBlank()) {
          refuse(file, ErrorCode.EMPTY_FILE, "there is no text in it");
          return;
        }
      } catch (CodedException e) {
        refused.accept(e.problem());
        return;
      }
      if (octets > limits.octets()) {
        throw new CodedException(
            Problem.in(
                file.toString(),
                ErrorCode.INPUT_TOO_LARGE,
                "with this file there are more than "
                    + limits.octets()
                    + " octets; read less at once"));
      }
      to.accept(document);
    }

    private void refuse(Path path, ErrorCode code, String why) {
      refused.accept(Problem.in(path.toString(), code, why));
    }
  }

  private static String name(Path path) {
    Path last = path.getFileName();
    return last == null ? "" : last.toString();
  }
}
