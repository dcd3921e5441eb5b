package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/** Where a landmark listens, its name looked up anew each time it is called. */
public record HostPort(String host, int port) {
  public HostPort {
    requireNonNull(host, "host");
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("a port has 16 bits");
    }
  }

  /** Looks the name up. */
  public InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
