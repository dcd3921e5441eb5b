package dev.holdfast.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;

/**
 * Sends packets to landmarks under the address of a host elsewhere, whose answers it does not see:
 * noise, and things of the length of answers.
 *
 * <p>Arguments: the address and port to speak under, then the landmarks. Sends to each of them a
 * hundred packets a second for a minute.
 */
final class Spoofer {
  private static final int PACKETS = 6_000;
  private static final int ANSWER = 152;
  private static final long SEED = 11;

  private Spoofer() {}

  /** Runs it; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED);
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(
          new InetSocketAddress(
              InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1])));
      System.out.println("ready");
      for (int i = 0; i < PACKETS; i++) {
        for (int landmark = 2; landmark < arguments.length; landmark++) {
          byte[] octets = new byte[i % 2 == 0 ? ANSWER : random.nextInt(1, 400)];
          random.nextBytes(octets);
          var _ =
              channel.send(
                  ByteBuffer.wrap(octets),
                  new InetSocketAddress(
                      InetAddress.ofLiteral(arguments[landmark]), Relay.PROBE_PORT));
        }
        Thread.sleep(10);
      }
    }
  }
}
