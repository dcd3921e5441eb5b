package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.StampKind;
import java.net.InetSocketAddress;

/**
 * A UDP socket with stamps. One thread receives; any thread may send, wake and close.
 *
 * <p>What a stranger or the network can cause is never an exception: port unreachable, a message
 * too long, no buffers, no route. It is a datagram that did not go, or nothing that came.
 */
public interface UdpSocket extends AutoCloseable {
  /** Where it is bound. */
  InetSocketAddress localAddress();

  /** Who stamps what goes. */
  StampKind transmitKind();

  /** Who stamps what comes. */
  StampKind receiveKind();

  /** A clock that shows what stamps are in; a new one for each thread that asks. */
  StampClock newClock();

  /**
   * Waits for a datagram.
   *
   * @param timeout nanoseconds; 0 does not wait
   * @return false where nothing came: the time is over, somebody called {@link #wakeup}, a stamp of
   *     something sent is there, or the socket is closed
   */
  boolean receive(ReceivedDatagram into, long timeout);

  /** Takes the stamp of something that was sent; false where there is none. */
  boolean takeTransmitStamp(TransmitStamp into);

  /** Sends the first octets of a datagram back to where it came from; false if they did not go. */
  boolean reply(ReceivedDatagram datagram, int length);

  /** Sends; false if it did not go. */
  boolean send(byte[] octets, int from, int length, PeerAddress to);

  /** Lets {@link #receive} return, now or the next time it would wait. */
  void wakeup();

  /** Whether it is closed. */
  boolean isClosed();

  /** Closes it; the thread that receives should be done with it. */
  @Override
  void close();
}
