package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of sockets as values, and back. */
public final class SocketAddresses {
  private SocketAddresses() {}

  /** The value of an address that is resolved. */
  public static PeerAddress of(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("the address is not resolved");
    }
    return PeerAddress.of(address.getAddress().getAddress(), address.getPort());
  }

  /** The address of a value. */
  public static InetSocketAddress of(PeerAddress address) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address.octets()), address.port());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }

  /** As people write it: {@code host:port}, an IPv6 address in brackets. */
  public static String print(InetSocketAddress address) {
    InetAddress resolved = address.getAddress();
    String host = resolved == null ? address.getHostString() : resolved.getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
