package dev.holdfast.cli;

import com.google.code.externalsorting.ExternalSort;
import dev.holdfast.base.BoundedFiles;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts rows by target on disk, so that memory stays flat however many there are.
 *
 * <p>Rows are lines of tab-separated fields of which the first is the target; a target holds no
 * control character, so no tab. Files are made in a folder of their own that only this user may
 * read, and go when it is closed.
 */
final class RowSorter implements Closeable {
  /** The order of lines: by target, then by the rest, so that equal inputs sort equally. */
  private static final Comparator<String> BY_TARGET =
      Comparator.comparing(RowSorter::target).thenComparing(Comparator.naturalOrder());

  /** What one part may take in memory while it is sorted, octets. */
  private static final long MEMORY = 128L << 20;

  private final Path folder;

  RowSorter() throws IOException {
    folder = Files.createTempDirectory("holdfast-sort");
  }

  static String target(String line) {
    int tab = line.indexOf('\t');
    return tab < 0 ? line : line.substring(0, tab);
  }

  /** A file that can be read twice: the one given, or a copy of a pipe. */
  Path rereadable(Path path) throws IOException {
    if (Files.isRegularFile(path) || !Files.exists(path)) {
      return path;
    }
    Path copy = folder.resolve("copy");
    try (InputStream in = BoundedFiles.open(path)) {
      Files.copy(in, copy);
    }
    return copy;
  }

  /** A file to write unsorted lines to. */
  BufferedWriter writer(String name) throws IOException {
    return Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8);
  }

  /** Sorts a file that was written; returns the sorted one. */
  Path sort(String name) throws IOException {
    Path unsorted = folder.resolve(name);
    Path sorted = folder.resolve(name + ".sorted");
    List<File> parts;
    try (BufferedReader reader = Files.newBufferedReader(unsorted, StandardCharsets.UTF_8)) {
      parts =
          ExternalSort.sortInBatch(
              reader,
              Files.size(unsorted),
              BY_TARGET,
              ExternalSort.DEFAULTMAXTEMPFILES,
              MEMORY,
              StandardCharsets.UTF_8,
              folder.toFile(),
              /* distinct= */ false,
              /* numHeader= */ 0,
              /* usegzip= */ false,
              /* parallel= */ false);
    }
    ExternalSort.mergeSortedFiles(
        parts,
        sorted.toFile(),
        BY_TARGET,
        StandardCharsets.UTF_8,
        /* distinct= */ false,
        /* append= */ false,
        /* usegzip= */ false);
    Files.delete(unsorted);
    return sorted;
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
