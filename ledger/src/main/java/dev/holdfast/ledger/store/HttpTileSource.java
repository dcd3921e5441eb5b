package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A log that is reached over HTTP (C2SP tlog-tiles); nothing that it gives is trusted.
 *
 * <p>An answer is read no further than the largest that a log can have, compressed or not, and no
 * longer than the time limit. A redirect is a failure: the reader says where a log is, not the log.
 *
 * <p>One instance serves many threads.
 */
public final class HttpTileSource implements TileSource, AutoCloseable {
  /** Enough over the octets themselves for what gzip adds to those that do not compress. */
  private static final int GZIP_EXTRA = 64 * 1024;

  private static final int LARGEST_TILE = TileId.FULL * Hash.LENGTH;
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;

  private final URI base;
  private final BoundedHttp http;

  private HttpTileSource(URI base, Duration timeout) {
    this.base = BoundedHttp.base(base);
    this.http = new BoundedHttp(timeout);
  }

  /**
   * The log below an address.
   *
   * @param base its prefix, such as {@code https://example.com/log/}, with or without its last
   *     slash
   * @param timeout for each file; more than zero
   * @throws CodedException USAGE where it is not an http or https address, or has a user, a query
   *     or a fragment
   */
  public static HttpTileSource at(URI base, Duration timeout) {
    return new HttpTileSource(base, timeout);
  }

  @Override
  public Optional<byte[]> tile(TileId tile) throws IOException {
    return get(tile.path(), tile.isBundle() ? LARGEST_BUNDLE : LARGEST_TILE);
  }

  @Override
  public Optional<byte[]> checkpoint() throws IOException {
    return get("checkpoint", LARGEST_CHECKPOINT);
  }

  private Optional<byte[]> get(String path, int most) throws IOException {
    URI address = base.resolve(path);
    BoundedHttp.Answer answer =
        http.send(
            HttpRequest.newBuilder(address).header("Accept-Encoding", "gzip, identity").GET(),
            (long) most + GZIP_EXTRA);
    return switch (answer.status()) {
      case OK -> Optional.of(BoundedHttp.decoded(address, answer, most));
      case NOT_FOUND -> Optional.empty();
      default ->
          throw new IOException(address + ": status " + answer.status() + " " + answer.quoted());
    };
  }

  /** The address, for messages. */
  @Override
  public String toString() {
    return base.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
