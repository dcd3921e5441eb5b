package dev.holdfast.probe.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.StampKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * A socket of Linux with the kernel's stamps.
 *
 * <p>Receiving tries first and waits only when there is nothing, for the socket and for an event
 * descriptor, which is how it is woken. It needs no privileges.
 */
final class KernelSocket implements UdpSocket {
  private static final short POLLIN = 1;
  private static final short POLLERR = 8;
  private static final long SECOND = 1_000_000_000L;

  /** How often a call is made again at once after an error that says nothing of the next. */
  private static final int TRIES = 3;

  private final int socket;
  private final int event;
  private final int family;
  private final Stamps stamps;
  private final InetSocketAddress localAddress;

  private final NativeMessage incoming = new NativeMessage();
  private final NativeMessage stamped = new NativeMessage();
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment waiting = arena.allocate(16, 8);
  private final MemorySegment waitingState = arena.allocate(Linux.state());
  private final MemorySegment timeout = arena.allocate(16, 8);
  private final MemorySegment drained = arena.allocate(8, 8);

  private final Object sending = new Object();
  private final MemorySegment sendState = arena.allocate(Linux.state());
  private final MemorySegment outgoing = arena.allocate(ReceivedDatagram.CAPACITY, 8);
  private final MemorySegment destination = arena.allocate(NativeAddress.LENGTH, 8);
  private final MemorySegment one = arena.allocate(8, 8);
  private volatile boolean closed;

  private KernelSocket(
      int socket, int event, int family, Stamps stamps, InetSocketAddress localAddress) {
    this.socket = socket;
    this.event = event;
    this.family = family;
    this.stamps = stamps;
    this.localAddress = localAddress;
    waiting.set(JAVA_INT, 0, socket);
    waiting.set(JAVA_SHORT, 4, POLLIN);
    waiting.set(JAVA_INT, 8, event);
    waiting.set(JAVA_SHORT, 12, POLLIN);
    one.set(JAVA_LONG, 0, 1);
  }

  /** Opens one; the setup closes what it opened where something fails. */
  static KernelSocket open(InetSocketAddress bind, Stamps stamps) {
    KernelSetup setup = KernelSetup.open(bind, stamps);
    return new KernelSocket(
        setup.socket(), setup.event(), setup.family(), stamps, setup.localAddress());
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public StampKind transmitKind() {
    return stamps == Stamps.BOTH ? StampKind.KERNEL : StampKind.PROCESS;
  }

  @Override
  public StampKind receiveKind() {
    return StampKind.KERNEL;
  }

  @Override
  public StampClock newClock() {
    return new KernelClock();
  }

  @Override
  public boolean receive(ReceivedDatagram into, long nanoseconds) {
    if (tryReceive(into)) {
      return true;
    }
    return nanoseconds > 0 && await(nanoseconds) && tryReceive(into);
  }

  private boolean tryReceive(ReceivedDatagram into) {
    for (int i = 0; i < TRIES && !closed; i++) {
      int length = incoming.receive(socket, 0);
      if (length >= 0) {
        fill(into, length);
        return true;
      }
      if (length == -Linux.EAGAIN) {
        return false;
      }
      // Anything else, such as a port that was unreachable before, is over by being told.
    }
    return false;
  }

  private void fill(ReceivedDatagram into, int length) {
    incoming.readControl();
    incoming.copyData(into.octets, length);
    NativeAddress.read(incoming.name(), into);
    into.length = length;
    into.truncated = incoming.truncated();
    into.realtime = incoming.realtime;
    into.timeToLive = incoming.timeToLive;
  }

  /** Waits; whether a datagram may be there. */
  private boolean await(long nanoseconds) {
    timeout.set(JAVA_LONG, 0, nanoseconds / SECOND);
    timeout.set(JAVA_LONG, 8, nanoseconds % SECOND);
    if (closed || Linux.ppoll(waitingState, waiting.address(), 2, timeout.address()) <= 0) {
      return false;
    }
    if ((waiting.get(JAVA_SHORT, 14) & POLLIN) != 0) {
      Linux.read(waitingState, event, drained.address(), 8);
    }
    return (waiting.get(JAVA_SHORT, 6) & (POLLIN | POLLERR)) != 0;
  }

  @Override
  public boolean takeTransmitStamp(TransmitStamp into) {
    if (stamps != Stamps.BOTH) {
      return false;
    }
    for (int i = 0; i < TRIES && !closed; i++) {
      int length = stamped.receive(socket, Linux.MSG_ERRQUEUE);
      if (length == -Linux.EAGAIN) {
        return false;
      }
      if (length >= 0) {
        stamped.readControl();
        if (stamped.realtime != 0) {
          stamped.copyData(into.octets, length);
          into.length = length;
          into.realtime = stamped.realtime;
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean reply(ReceivedDatagram datagram, int length) {
    return send(
        datagram.octets, 0, length, datagram.upper, datagram.lower, datagram.port, datagram.scope);
  }

  @Override
  public boolean send(byte[] octets, int from, int length, PeerAddress to) {
    return send(octets, from, length, to.upper(), to.lower(), to.port(), 0);
  }

  private boolean send(
      byte[] octets, int from, int length, long upper, long lower, int port, int scope) {
    synchronized (sending) {
      int size = NativeAddress.write(destination, family, upper, lower, port, scope);
      if (closed || size == 0 || length > ReceivedDatagram.CAPACITY) {
        return false;
      }
      MemorySegment.copy(octets, from, outgoing, JAVA_BYTE, 0, length);
      for (int i = 0; i < TRIES; i++) {
        int sent =
            Linux.sendto(
                sendState, socket, outgoing.address(), length, destination.address(), size);
        if (sent >= 0) {
          return true;
        }
        if (sent == -Linux.EAGAIN) {
          return false;
        }
      }
      return false;
    }
  }

  @Override
  public void wakeup() {
    synchronized (sending) {
      if (!closed) {
        Linux.write(sendState, event, one.address(), 8);
      }
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    synchronized (sending) {
      if (!closed) {
        closed = true;
        Linux.close(sendState, socket);
        Linux.close(sendState, event);
      }
    }
  }
}
