package dev.holdfast.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A box without any key that passes everything on: what a smuggler leaves behind so that the old
 * site still seems to answer. It has an address of its own for each landmark.
 *
 * <p>Arguments: for each landmark its own address and the landmark's, as {@code OWN=LANDMARK}.
 */
final class Relay {
  static final int SESSION_PORT = 8863;
  static final int PROBE_PORT = 8862;
  private static final int LONGEST = 2048;

  private final InetAddress own;
  private final InetAddress landmark;
  private volatile @Nullable InetSocketAddress host;

  private Relay(InetAddress own, InetAddress landmark) {
    this.own = own;
    this.landmark = landmark;
  }

  /** Runs the relay until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (String argument : arguments) {
      String[] ends = argument.split("=", -1);
      new Relay(InetAddress.ofLiteral(ends[0]), InetAddress.ofLiteral(ends[1])).start();
    }
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  private void start() throws IOException {
    ServerSocket server = new ServerSocket(SESSION_PORT, 50, own);
    Thread.ofPlatform().daemon().start(() -> accept(server));
    DatagramSocket inner = new DatagramSocket(PROBE_PORT, own);
    DatagramSocket outer = new DatagramSocket();
    Thread.ofPlatform().daemon().start(() -> inward(inner, outer));
    Thread.ofPlatform().daemon().start(() -> outward(outer, inner));
  }

  private void accept(ServerSocket server) {
    while (true) {
      try {
        Socket from = server.accept();
        Socket to = new Socket(landmark, SESSION_PORT);
        Thread.ofVirtual().start(() -> pipe(from, to));
        Thread.ofVirtual().start(() -> pipe(to, from));
      } catch (IOException e) {
        System.out.println("relay: " + e.getMessage());
      }
    }
  }

  private static void pipe(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // One end is gone, and so is the other now.
    }
  }

  /** From the host to the landmark. */
  private void inward(DatagramSocket inner, DatagramSocket outer) {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    while (true) {
      try {
        packet.setLength(LONGEST);
        inner.receive(packet);
        host = (InetSocketAddress) packet.getSocketAddress();
        packet.setSocketAddress(new InetSocketAddress(landmark, PROBE_PORT));
        outer.send(packet);
      } catch (IOException e) {
        System.out.println("relay: " + e.getMessage());
      }
    }
  }

  /** From the landmark to the host. */
  private void outward(DatagramSocket outer, DatagramSocket inner) {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    while (true) {
      try {
        packet.setLength(LONGEST);
        outer.receive(packet);
        InetSocketAddress to = host;
        if (to != null) {
          packet.setSocketAddress(to);
          inner.send(packet);
        }
      } catch (IOException e) {
        System.out.println("relay: " + e.getMessage());
      }
    }
  }
}
