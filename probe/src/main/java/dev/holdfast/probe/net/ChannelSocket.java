package dev.holdfast.probe.net;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.StampKind;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The socket that Java has everywhere. Nothing is stamped: who measures takes its own clock before
 * sending and after receiving. Waiting is cut to whole milliseconds.
 */
final class ChannelSocket implements UdpSocket {
  private static final int BUFFER = 1 << 20;

  private final DatagramChannel channel;
  private final Selector selector;
  private final InetSocketAddress localAddress;

  /** One octet more than is kept, which tells that a datagram was longer. */
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(ReceivedDatagram.CAPACITY + 1);

  private ChannelSocket(
      DatagramChannel channel, Selector selector, InetSocketAddress localAddress) {
    this.channel = channel;
    this.selector = selector;
    this.localAddress = localAddress;
  }

  static ChannelSocket open(InetSocketAddress bind) {
    DatagramChannel channel = null;
    Selector selector = null;
    try {
      channel =
          DatagramChannel.open(
              bind.getAddress() instanceof Inet6Address
                  ? StandardProtocolFamily.INET6
                  : StandardProtocolFamily.INET);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
      channel.bind(bind);
      channel.configureBlocking(false);
      selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      return new ChannelSocket(channel, selector, new InetSocketAddress(bind.getAddress(), port));
    } catch (IOException | UnsupportedOperationException e) {
      closeQuietly(selector);
      closeQuietly(channel);
      throw new CodedException(
          Problem.in(
              bind.toString(),
              ErrorCode.SOCKET_FAILED,
              "cannot open a UDP socket here: " + e.getMessage()),
          e);
    }
  }

  @SuppressWarnings("EmptyCatch") // What did not open need not close.
  private static void closeQuietly(@Nullable Closeable opened) {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      // The first failure is the one that counts.
    }
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public StampKind transmitKind() {
    return StampKind.PROCESS;
  }

  @Override
  public StampKind receiveKind() {
    return StampKind.PROCESS;
  }

  @Override
  public StampClock newClock() {
    return new JavaClock();
  }

  @Override
  public boolean receive(ReceivedDatagram into, long timeout) {
    if (tryReceive(into)) {
      return true;
    }
    if (timeout <= 0) {
      return false;
    }
    try {
      selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeout)));
      selector.selectedKeys().clear();
    } catch (IOException | ClosedSelectorException e) {
      return false;
    }
    return tryReceive(into);
  }

  private boolean tryReceive(ReceivedDatagram into) {
    try {
      incoming.clear();
      if (!(channel.receive(incoming) instanceof InetSocketAddress from)) {
        return false;
      }
      PeerAddress peer = SocketAddresses.of(from);
      incoming.flip();
      into.truncated = incoming.remaining() > ReceivedDatagram.CAPACITY;
      into.length = Math.min(incoming.remaining(), ReceivedDatagram.CAPACITY);
      incoming.get(into.octets, 0, into.length);
      into.upper = peer.upper();
      into.lower = peer.lower();
      into.port = peer.port();
      into.scope = from.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0;
      into.realtime = 0;
      into.timeToLive = 0;
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean takeTransmitStamp(TransmitStamp into) {
    return false;
  }

  @Override
  public boolean reply(ReceivedDatagram datagram, int length) {
    return send(datagram.octets, 0, length, datagram.from());
  }

  @Override
  public boolean send(byte[] octets, int from, int length, PeerAddress to) {
    try {
      return channel.send(ByteBuffer.wrap(octets, from, length), SocketAddresses.of(to)) == length;
    } catch (IOException | UnsupportedAddressTypeException e) {
      return false;
    }
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void close() {
    closeQuietly(channel);
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
