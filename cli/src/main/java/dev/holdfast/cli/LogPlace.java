package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.store.HttpTileSource;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.ledger.store.NoAnswerException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where a log is to be read: a folder, or an http or https address. */
final class LogPlace implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final TileSource files;

  private LogPlace(String name, TileSource files) {
    this.name = name;
    this.files = files;
  }

  /** The place that a user names. */
  static LogPlace of(String name) {
    if (!isAddress(name)) {
      return of(Path.of(name));
    }
    try {
      return new LogPlace(name, HttpTileSource.at(new URI(name), PATIENCE));
    } catch (URISyntaxException e) {
      throw new CodedException(
          Problem.of(ErrorCode.USAGE, Problem.quote(name) + " is not an address"), e);
    }
  }

  /** A folder, whatever its name. */
  static LogPlace of(Path folder) {
    return new LogPlace(folder.toString(), LogFolder.at(folder));
  }

  /** Whether a name is an address rather than a folder. */
  static boolean isAddress(String name) {
    return name.matches("(?i)https?://.*");
  }

  /** The files of the log, which nothing vouches for. */
  TileSource files() {
    return files;
  }

  /** The checkpoint, verified by nobody yet. */
  SignedCheckpoint checkpoint() {
    byte[] octets =
        reading(files::checkpoint)
            .orElseThrow(() ->
                new CodedException(
                    Problem.in(name, ErrorCode.NOT_A_LOG, "there is no checkpoint here")));
    return InputFiles.parsed(within("checkpoint"), () -> SignedCheckpoint.parse(octets));
  }

  /** The policy that the log's own folder holds, where it is a folder and holds one. */
  Optional<Policy> ownPolicy() {
    return files instanceof LogFolder folder ? reading(folder::policy) : Optional.empty();
  }

  /** Something that is read here. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads; what fails is the disk's or the peer's fault and says which. */
  <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (NoAnswerException e) {
      throw failed(ErrorCode.PEER_UNREACHABLE, e);
    } catch (IOException e) {
      throw failed(
          files instanceof LogFolder ? ErrorCode.FILE_UNREADABLE : ErrorCode.PEER_FAILED, e);
    }
  }

  private CodedException failed(ErrorCode code, IOException cause) {
    return new CodedException(Problem.in(name, code, String.valueOf(cause.getMessage())), cause);
  }

  private String within(String file) {
    return name.endsWith("/") ? name + file : name + "/" + file;
  }

  @Override
  public void close() {
    if (files instanceof HttpTileSource address) {
      address.close();
    }
  }

  /** As the user named it. */
  @Override
  public String toString() {
    return name;
  }
}
