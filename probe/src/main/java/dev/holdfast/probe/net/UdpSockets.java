package dev.holdfast.probe.net;

import java.net.InetSocketAddress;

/** Opens sockets: the kernel's stamps where they are to be had, else Java's own socket. */
public final class UdpSockets {
  private UdpSockets() {}

  /**
   * Opens a socket.
   *
   * @param bind an address of this machine, its port 0 for any
   * @throws dev.holdfast.base.CodedException if that does not go, with the reason
   */
  public static UdpSocket open(InetSocketAddress bind, Stamps stamps) {
    return stamps != Stamps.PROCESS && kernelStamps()
        ? KernelSocket.open(bind, stamps)
        : ChannelSocket.open(bind);
  }

  /** Whether this machine's kernel stamps packets for us. */
  public static boolean kernelStamps() {
    return Linux.Platform.isKnown() && Native.USABLE;
  }

  /** Asked once. Native access may be denied, or the C library be an odd one. */
  private static final class Native {
    static final boolean USABLE = usable();

    private static boolean usable() {
      try {
        return new KernelClock().raw() > 0;
      } catch (LinkageError | RuntimeException e) {
        return false;
      }
    }
  }
}
