package dev.holdfast.bench;

import dev.holdfast.probe.PeerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What both ends of a measurement know: session ids from 1 on, and their keys. */
final class BenchSessions {
  /** Sessions of one reflector, as many as an agent with tens of landmarks has. */
  static final int OF_ONE = 16;

  private static final int KEY = 32;

  private BenchSessions() {}

  /** The key of a session; {@code reflector.c} makes the same. */
  static byte[] key(int ssid) {
    byte[] key = new byte[KEY];
    for (int i = 0; i < KEY; i++) {
      key[i] = (byte) (ssid * 31 + i * 7 + 1);
    }
    return key;
  }

  /** A port of this machine's own network. */
  static InetSocketAddress here(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  /** The same as a value. */
  static PeerAddress peer(int port) {
    return PeerAddress.ofIpv4(0x7F000001, port);
  }
}
