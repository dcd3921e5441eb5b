package dev.holdfast.attest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real and constructed data about accelerators; shared data that a clone lacks. */
final class Captures {
  private Captures() {}

  /** A file below {@code data/gpu}; whoever asks is skipped where it is absent. */
  static byte[] read(String name) {
    Path file = Path.of(System.getProperty("holdfast.shared", "../shared"), "data/gpu", name);
    Assumptions.assumeTrue(Files.isReadable(file), "shared data is absent: " + file);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
