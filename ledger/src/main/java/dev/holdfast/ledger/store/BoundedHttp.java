package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Speaks HTTP with a server that is not trusted: neither the size of its answers nor the time it
 * takes for them is its own to choose, and it sends nobody elsewhere (no redirects).
 *
 * <p>One instance serves many threads.
 */
final class BoundedHttp implements AutoCloseable {
  private static final int SHOWN = 200;

  private final HttpClient client;
  private final Duration timeout;

  /**
   * Allows so much time for each whole exchange, from the connection to the last octet.
   *
   * @param timeout more than zero
   */
  BoundedHttp(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("no time at all: " + timeout);
    }
    this.timeout = timeout;
    client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** An answer: all of it, as it came. */
  record Answer(int status, String contentType, String contentEncoding, byte[] octets) {
    /** The beginning of what a server says about itself, as it may stand in a reason. */
    String quoted() {
      int length = Math.min(octets.length, SHOWN);
      String text = new String(octets, 0, length, java.nio.charset.StandardCharsets.UTF_8);
      return Problem.quote(text.strip());
    }
  }

  /**
   * The address below which a log or a witness is, with a slash at its end.
   *
   * @throws CodedException USAGE where it is not an http or https address of a host, or has a user,
   *     a query or a fragment
   */
  static URI base(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
      throw unusable(address.toString(), "it is not an http or https address");
    }
    if (address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw unusable(
          // Not the whole: what stands before the @ may be a secret.
          address.getHost(), "the address has a user, a query or a fragment");
    }
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    return URI.create(
        scheme + "://" + address.getRawAuthority() + (path.endsWith("/") ? path : path + "/"));
  }

  /** As {@link #base(URI)}, of text. */
  static URI base(String address) {
    try {
      return base(new URI(address));
    } catch (URISyntaxException e) {
      throw unusable(address, "it is not an address: " + e.getReason());
    }
  }

  private static CodedException unusable(String address, String reason) {
    return new CodedException(
        Problem.of(ErrorCode.USAGE, Problem.quote(address) + " cannot be used: " + reason));
  }

  /**
   * Sends a request and takes the whole answer, of any status.
   *
   * @param most octets of the body at most
   * @throws IOException where there is no whole answer, or it is larger; names the address
   */
  Answer send(HttpRequest.Builder builder, long most) throws IOException {
    HttpRequest request = builder.timeout(timeout).build();
    CompletableFuture<HttpResponse<byte[]>> future =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), most));
    try {
      // The request's own time limit ends with the headers; this one holds for the body too.
      HttpResponse<byte[]> response = future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.headers().firstValue("Content-Encoding").orElse(""),
          response.body());
    } catch (TimeoutException e) {
      throw new NoAnswerException(request.uri() + " did not answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(request.uri() + ": interrupted");
    } catch (ExecutionException e) {
      throw failed(request.uri(), e.getCause() == null ? e : e.getCause());
    } finally {
      future.cancel(true);
    }
  }

  private static IOException failed(URI address, Throwable cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String text = address + ": " + Problem.printable(String.valueOf(message));
    return cause instanceof java.net.http.HttpTimeoutException
            || cause instanceof java.net.ConnectException
        ? new NoAnswerException(text, cause)
        : new IOException(text, cause);
  }

  /**
   * The octets of an answer, decompressed where it came compressed.
   *
   * @param most octets at most, whatever they were compressed to
   */
  static byte[] decoded(URI address, Answer answer, int most) throws IOException {
    String encoding = answer.contentEncoding().strip().toLowerCase(Locale.ROOT);
    if (encoding.isEmpty() || encoding.equals("identity")) {
      return within(address, answer.octets(), most);
    }
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      throw new IOException(address + ": encoded with " + Problem.quote(encoding) + ", not gzip");
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.octets()))) {
      return within(address, in.readNBytes(most + 1), most);
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new IOException(
          address + ": it is not whole in gzip: " + String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] within(URI address, byte[] octets, int most) throws IOException {
    if (octets.length > most) {
      throw new IOException(address + ": the answer has more than " + most + " octets");
    }
    return octets;
  }

  /** Lets connections go; requests under way fail. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
