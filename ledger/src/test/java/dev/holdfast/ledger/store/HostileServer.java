package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers every request with whatever a test wants, octet by octet. */
final class HostileServer implements AutoCloseable {
  /** What it sends to each client once the request's first line has come. */
  @FunctionalInterface
  interface Answer {
    void send(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final AtomicInteger requests = new AtomicInteger();

  HostileServer(Answer answer) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!socket.isClosed()) {
            try {
              Socket client = socket.accept();
              Thread.ofVirtual().start(() -> serve(client, answer));
            } catch (IOException e) {
              return;
            }
          }
        });
  }

  private void serve(Socket client, Answer answer) {
    try (client) {
      if (client.getInputStream().read() >= 0) {
        requests.incrementAndGet();
        answer.send(client.getOutputStream());
        client.getOutputStream().flush();
        // Read until the client leaves, so that closing does not tear the answer away from it.
        client.shutdownOutput();
        client.setSoTimeout(5000);
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // The client has had enough, as it should.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that sends these headers and this body. */
  static HostileServer sending(String head, byte[] body) throws IOException {
    return new HostileServer(out -> {
      out.write(("HTTP/1.1 " + head + "\r\n\r\n").getBytes(ISO_8859_1));
      out.write(body);
    });
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/log/");
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
