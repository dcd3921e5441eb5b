package dev.holdfast.cli;

import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.StatementSink;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Simulated traffic in a folder: declaration, statements one a line, blobs by hash. */
final class TrafficFolder implements StatementSink, Closeable {
  private final Path folder;
  private final Path blobs;
  private final Path statements;
  private final OutputStream lines;
  private final Progress progress;

  private TrafficFolder(Path folder, Path blobs, Path statements, Progress progress)
      throws IOException {
    this.folder = folder;
    this.blobs = blobs;
    this.statements = statements;
    this.progress = progress;
    lines =
        new BufferedOutputStream(Files.newOutputStream(statements, StandardOpenOption.CREATE_NEW));
  }

  /** A new folder. */
  static TrafficFolder make(Path folder, Progress progress) throws IOException {
    Path blobs = folder.resolve("blobs");
    Files.createDirectories(blobs);
    return new TrafficFolder(folder, blobs, folder.resolve("statements.ndjson"), progress);
  }

  void declare(byte[] declaration) throws IOException {
    Files.write(folder.resolve("declaration.json"), declaration);
  }

  @Override
  public void keep(Sha256 name, byte[] octets) {
    Path file = blobs.resolve(name.hex());
    try {
      Files.write(file, octets);
    } catch (IOException e) {
      throw InputFiles.unwritable(file, e);
    }
    progress.step();
  }

  @Override
  public void say(List<Envelope> envelopes) {
    try {
      for (Envelope each : envelopes) {
        lines.write(each.octets());
        lines.write('\n');
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(statements, e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
