package dev.holdfast.ledger.store;

import dev.holdfast.ledger.TileId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a log shows over HTTP, whatever the server (C2SP tlog-tiles, "APIs"): {@code checkpoint} and
 * {@code tile/…}, and nothing else of its folder.
 *
 * <p>Only the one spelling of a tile's name reaches the disk, so no path leads out of the folder or
 * to the writer's own files. A partial tile that gave way to its full one is not found; clients
 * fall back to the full one.
 */
public final class LogResources {
  private static final String OCTETS = "application/octet-stream";
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final LogLayout layout;

  /** The resources of a log. */
  public LogResources(LogFolder log) {
    layout = log.layout();
  }

  /**
   * The answer to a GET.
   *
   * @param path what follows the log's prefix, still encoded as it came, without a slash before it
   * @param acceptEncoding the request's header of this name, or empty
   * @throws IOException where the disk failed
   */
  public HttpReply get(String path, String acceptEncoding) throws IOException {
    if (path.equals("checkpoint")) {
      return open(layout.checkpoint(), HttpReply.TEXT, "no-cache");
    }
    Optional<TileId> tile = TileId.parse(path);
    if (tile.isEmpty()) {
      return notFound();
    }
    HttpReply reply = open(layout.tile(tile.get()), OCTETS, FOREVER);
    if (reply.status() != 200 || !tile.get().isBundle()) {
      // Hashes do not get smaller.
      return reply;
    }
    HttpReply varying = reply.with("Vary", "Accept-Encoding");
    return acceptsGzip(acceptEncoding) ? varying.zipped() : varying;
  }

  private static HttpReply open(Path file, String contentType, String caching) throws IOException {
    // Opened before its length is asked: the file may be replaced by another at any moment.
    try {
      InputStream content = Files.newInputStream(file);
      try {
        return HttpReply.of(contentType, caching, content, content.available());
      } catch (IOException | RuntimeException e) {
        content.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      return notFound();
    }
  }

  private static HttpReply notFound() {
    return HttpReply.line(404, "the log has nothing here");
  }

  /** Whether an Accept-Encoding header (RFC 9110 section 12.5.3) admits gzip. */
  static boolean acceptsGzip(String acceptEncoding) {
    return Arrays.stream(acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .filter(item -> item.matches("(x-)?gzip([ \t]*;.*)?"))
        .anyMatch(item -> !item.matches(".*;[ \t]*q[ \t]*=[ \t]*0(\\.0*)?[ \t]*"));
  }
}
