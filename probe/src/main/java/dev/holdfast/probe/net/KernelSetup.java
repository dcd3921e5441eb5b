package dev.holdfast.probe.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.PeerAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * Makes the descriptors of a {@link KernelSocket} and sets what is wanted of them.
 *
 * <p>A socket bound to an IPv6 address takes IPv4 too, where the address is the unspecified one.
 */
record KernelSetup(int socket, int event, int family, InetSocketAddress localAddress) {
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int EVENT_FLAGS = 0x80000 | 0x800;

  private static final int SOL_IP = 0;
  private static final int SOL_SOCKET = 1;
  private static final int SOL_IPV6 = 41;
  private static final int SO_RCVBUF = 8;
  private static final int SO_TIMESTAMPING = 37;
  private static final int IP_RECVTTL = 12;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV6_RECVHOPLIMIT = 51;

  private static final int TX_SOFTWARE = 1 << 1;
  private static final int RX_SOFTWARE = 1 << 3;
  private static final int SOFTWARE = 1 << 4;

  /** Octets of the receive buffer that are asked for; the system may give less. */
  private static final int BUFFER = 1 << 20;

  static KernelSetup open(InetSocketAddress bind, Stamps stamps) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linux.state());
      boolean six = bind.getAddress() instanceof Inet6Address;
      int family = six ? NativeAddress.INET6 : NativeAddress.INET;
      int socket = orFail(Linux.socket(state, family, SOCK_DGRAM | SOCK_CLOEXEC), bind);
      int event = -1;
      try {
        MemorySegment value = arena.allocate(JAVA_INT);
        MemorySegment address = arena.allocate(NativeAddress.LENGTH, 8);
        if (six) {
          set(state, socket, SOL_IPV6, IPV6_V6ONLY, 0, value);
          set(state, socket, SOL_IPV6, IPV6_RECVHOPLIMIT, 1, value);
        }
        // On a socket of IPv6 this is for what comes over IPv4; nothing depends on it.
        set(state, socket, SOL_IP, IP_RECVTTL, 1, value);
        set(state, socket, SOL_SOCKET, SO_RCVBUF, BUFFER, value);
        int flags = RX_SOFTWARE | SOFTWARE | (stamps == Stamps.BOTH ? TX_SOFTWARE : 0);
        orFail(set(state, socket, SOL_SOCKET, SO_TIMESTAMPING, flags, value), bind);
        orFail(bind(state, socket, family, bind, address), bind);
        event = orFail(Linux.eventfd(state, EVENT_FLAGS), bind);
        return new KernelSetup(socket, event, family, local(state, socket, arena, address, bind));
      } catch (RuntimeException e) {
        Linux.close(state, socket);
        if (event >= 0) {
          Linux.close(state, event);
        }
        throw e;
      }
    }
  }

  private static int set(
      MemorySegment state, int socket, int level, int name, int to, MemorySegment value) {
    value.set(JAVA_INT, 0, to);
    return Linux.setsockopt(state, socket, level, name, value.address(), 4);
  }

  private static int bind(
      MemorySegment state, int socket, int family, InetSocketAddress to, MemorySegment address) {
    PeerAddress peer = SocketAddresses.of(to);
    int scope = to.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0;
    int size = NativeAddress.write(address, family, peer.upper(), peer.lower(), peer.port(), scope);
    return Linux.bind(state, socket, address.address(), size);
  }

  private static InetSocketAddress local(
      MemorySegment state, int socket, Arena arena, MemorySegment address, InetSocketAddress bind) {
    MemorySegment size = arena.allocate(JAVA_INT);
    size.set(JAVA_INT, 0, NativeAddress.LENGTH);
    orFail(Linux.getsockname(state, socket, address.address(), size.address()), bind);
    ReceivedDatagram seen = new ReceivedDatagram();
    NativeAddress.read(address, seen);
    return new InetSocketAddress(bind.getAddress(), seen.port);
  }

  private static int orFail(int result, InetSocketAddress bind) {
    if (result < 0) {
      throw new CodedException(
          Problem.in(
              bind.toString(),
              ErrorCode.SOCKET_FAILED,
              "cannot open a UDP socket here: " + LinuxErrors.sentence(-result)));
    }
    return result;
  }
}
