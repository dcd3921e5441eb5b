package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One POST, to the very address that was looked at before, of whose answer only the status is read.
 *
 * <p>The client of the platform would look a name up by itself, after it was looked at here, and a
 * name may stand for another address by then. No redirect is followed; the whole takes at most the
 * time that it is given. Safe for many threads.
 */
final class WebhookPost {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_LINES = 500;
  private static final int LEAST_FINAL = 200;

  private final List<Network> allowed;
  private final SSLSocketFactory tls;
  private final Duration time;

  /** Why there is no status. */
  enum Failure {
    /** The name stands for nothing. */
    UNRESOLVED,
    /** The name stands for an address that nothing is sent to. */
    ADDRESS,
    /** Nobody listens there, or the connection broke. */
    CONNECTION,
    /** TLS failed: no certificate that is believed, or not of this name. */
    TLS,
    /** It took too long. */
    TIME,
    /** What answered does not speak HTTP. */
    ANSWER;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * What came of it.
   *
   * @param status of HTTP, 200 to 599; null where there is none
   * @param failure why not; null where there is one
   */
  record Outcome(@Nullable Integer status, @Nullable Failure failure) {
    boolean isGood() {
      return status != null && status < 300;
    }
  }

  WebhookPost(List<Network> allowed, SSLSocketFactory tls, Duration time) {
    this.allowed = List.copyOf(allowed);
    this.tls = requireNonNull(tls, "tls");
    this.time = requireNonNull(time, "time");
  }

  Outcome send(WebhookAddress to, Map<String, String> headers, byte[] body) {
    InetAddress[] found;
    try {
      found = InetAddress.getAllByName(to.host());
    } catch (UnknownHostException e) {
      return new Outcome(null, Failure.UNRESOLVED);
    }
    for (InetAddress each : found) {
      // A name that stands for an open and a closed address is up to no good.
      if (!to.mayReach(each, allowed)) {
        return new Outcome(null, Failure.ADDRESS);
      }
    }
    AtomicBoolean late = new AtomicBoolean();
    Socket socket = new Socket(Proxy.NO_PROXY);
    // One who answers an octet now and then would outlast any limit on a single read.
    Thread watch = Thread.ofVirtual().start(() -> closeLater(socket, late));
    try (socket) {
      socket.connect(new InetSocketAddress(found[0], to.port()), (int) time.toMillis());
      try (Socket way = to.isSecure() ? secured(socket, to) : socket) {
        write(way.getOutputStream(), to, headers, body);
        return status(new BufferedInputStream(way.getInputStream()));
      }
    } catch (SSLException e) {
      return new Outcome(null, late.get() ? Failure.TIME : Failure.TLS);
    } catch (InterruptedIOException e) {
      return new Outcome(null, Failure.TIME);
    } catch (IOException e) {
      return new Outcome(null, late.get() ? Failure.TIME : Failure.CONNECTION);
    } finally {
      watch.interrupt();
    }
  }

  private void closeLater(Socket socket, AtomicBoolean late) {
    try {
      Thread.sleep(time);
      late.set(true);
      socket.close();
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // It is closed, or will be by whoever uses it.
      return;
    }
  }

  private Socket secured(Socket socket, WebhookAddress to) throws IOException {
    SSLSocket secured = (SSLSocket) tls.createSocket(socket, to.host(), to.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private static void write(
      OutputStream out, WebhookAddress to, Map<String, String> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(to.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(to.authority()).append("\r\n");
    head.append("Connection: close\r\nContent-Type: application/json\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /** The first status that is not of a beginning (100 to 199). */
  private static Outcome status(InputStream in) throws IOException {
    for (int lines = 0; lines < MOST_LINES; lines++) {
      String line = line(in);
      if (line == null) {
        return new Outcome(null, Failure.CONNECTION);
      }
      Matcher status = STATUS.matcher(line);
      if (!status.matches()) {
        return new Outcome(null, Failure.ANSWER);
      }
      int number = Integer.parseInt(status.group(1));
      if (number >= LEAST_FINAL) {
        return new Outcome(number, null);
      }
      while (line != null && !line.isEmpty() && lines++ < MOST_LINES) {
        line = line(in);
      }
    }
    return new Outcome(null, Failure.ANSWER);
  }

  /** A line without its end; null where the connection ended. */
  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int octet = in.read();
    while (octet >= 0 && octet != '\n' && line.length() < LONGEST_LINE) {
      line.append((char) octet);
      octet = in.read();
    }
    if (octet < 0 && line.isEmpty()) {
      return null;
    }
    String text = line.toString();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
