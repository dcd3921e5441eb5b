package dev.holdfast.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The reflector in C, compiled by the C compiler of this machine in the run that measures it. */
final class CompiledReflector implements AutoCloseable {
  private static final String SOURCE = "reflector.c";

  private final Path folder;
  private final Optional<Path> program;

  private CompiledReflector(Path folder, Optional<Path> program) {
    this.folder = folder;
    this.program = program;
  }

  /** Compiles it; says so in one line where that does not go. */
  static CompiledReflector compile() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("reflector");
    Path source = folder.resolve(SOURCE);
    try (InputStream in = CompiledReflector.class.getResourceAsStream("/" + SOURCE)) {
      if (in == null) {
        throw new IOException(SOURCE + " is not on the class path");
      }
      Files.copy(in, source);
    }
    Path program = folder.resolve("reflector");
    boolean made =
        Cores.runs("gcc", "-O2", "-o", program.toString(), source.toString(), "-lcrypto");
    if (!made) {
      System.out.println(
          "The reflector in C is skipped: it needs gcc and the headers of libcrypto.");
    }
    return new CompiledReflector(folder, made ? Optional.of(program) : Optional.empty());
  }

  /** The program, if there is one. */
  Optional<Path> program() {
    return program;
  }

  @Override
  public void close() throws IOException {
    LedgerRates.delete(folder);
  }
}
