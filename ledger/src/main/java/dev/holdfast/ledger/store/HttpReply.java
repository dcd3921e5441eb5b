package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;

/**
 * An answer over HTTP, for any server to send: status, headers, and what follows them.
 *
 * <p>Large files are streamed, so that a client that reads slowly costs no memory. To be closed,
 * sent or not.
 */
public final class HttpReply implements Closeable {
  static final String TEXT = "text/plain; charset=utf-8";
  private static final int PIECE = 16 * 1024;

  private final int status;
  private final Map<String, String> headers;
  private final InputStream content;
  private final OptionalLong length;
  private final boolean compressed;

  private HttpReply(
      int status,
      Map<String, String> headers,
      InputStream content,
      OptionalLong length,
      boolean compressed) {
    this.status = status;
    this.headers = headers;
    this.content = content;
    this.length = length;
    this.compressed = compressed;
  }

  /** These octets. */
  static HttpReply of(int status, String contentType, String caching, byte[] octets) {
    return new HttpReply(
        status,
        headers(contentType, caching),
        new ByteArrayInputStream(octets),
        OptionalLong.of(octets.length),
        false);
  }

  /** What a stream holds, which the reply then owns. */
  static HttpReply of(String contentType, String caching, InputStream content, long length) {
    return new HttpReply(
        200, headers(contentType, caching), content, OptionalLong.of(length), false);
  }

  /** One line that says what is wrong; not to be kept by anybody. */
  static HttpReply problem(int status, Problem problem) {
    return line(status, problem.sentence());
  }

  /** One short line of text, not to be kept by anybody. */
  static HttpReply line(int status, String line) {
    return of(status, TEXT, "no-store", (Problem.printable(line) + "\n").getBytes(UTF_8));
  }

  private static Map<String, String> headers(String contentType, String caching) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", caching);
    // What a log's entries hold is not its own: a browser shall not guess and run it.
    headers.put("X-Content-Type-Options", "nosniff");
    return headers;
  }

  /** The same with another header. */
  HttpReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, more, content, length, compressed);
  }

  /** The same, compressed with gzip while it is sent. */
  HttpReply zipped() {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("Content-Encoding", "gzip");
    return new HttpReply(status, more, content, OptionalLong.empty(), true);
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The headers, without those for the length and the form of transfer. */
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  /** The octets of the body, or empty where they are known only when they are sent. */
  public OptionalLong length() {
    return length;
  }

  /** Writes the body, once; the target stays open. */
  public void writeTo(OutputStream out) throws IOException {
    if (!compressed) {
      content.transferTo(out);
      return;
    }
    GZIPOutputStream zip = new GZIPOutputStream(out, PIECE);
    content.transferTo(zip);
    zip.finish();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
