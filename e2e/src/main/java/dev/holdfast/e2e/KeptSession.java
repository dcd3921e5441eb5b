package dev.holdfast.e2e;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.net.SessionClient.OpenedSession;
import dev.holdfast.probe.net.SocketAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/** The keys of a session, as one who opened it may hand them to another machine. */
record KeptSession(
    String landmark, SessionId id, int ssid, PeerAddress address, byte[] key, byte[] pathKey) {
  static KeptSession of(OpenedSession opened) {
    return new KeptSession(
        opened.landmark().identity().name(),
        opened.terms().id(),
        opened.terms().ssid(),
        opened.address(),
        opened.key(),
        opened.pathKey());
  }

  String line() {
    HexFormat hex = HexFormat.of();
    InetSocketAddress to = SocketAddresses.of(address);
    return String.join(
        " ",
        landmark,
        id.hex(),
        "" + ssid,
        to.getAddress().getHostAddress(),
        "" + to.getPort(),
        hex.formatHex(key),
        hex.formatHex(pathKey));
  }

  static KeptSession parse(String line) {
    String[] fields = line.split(" ", -1);
    HexFormat hex = HexFormat.of();
    return new KeptSession(
        fields[0],
        SessionId.of(hex.parseHex(fields[1])),
        Integer.parseInt(fields[2]),
        PeerAddress.of(InetAddress.ofLiteral(fields[3]).getAddress(), Integer.parseInt(fields[4])),
        hex.parseHex(fields[5]),
        hex.parseHex(fields[6]));
  }

  /** Without its keys. */
  @Override
  public String toString() {
    return "session " + id + " with " + landmark;
  }
}
