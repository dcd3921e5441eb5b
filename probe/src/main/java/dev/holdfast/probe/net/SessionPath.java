package dev.holdfast.probe.net;

import dev.holdfast.probe.PathDatagram;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.StampMac;

/**
 * Makes the path datagrams of one session, each with a greater counter than the last. Belongs to
 * one thread.
 */
public final class SessionPath {
  private final int ssid;
  private final SessionId session;
  private final StampMac mac;
  private long counter;

  /**
   * The path of a session that was just opened.
   *
   * @param key the path key, 32 octets, copied
   */
  public SessionPath(int ssid, SessionId session, byte[] key) {
    this.ssid = ssid;
    this.session = session;
    this.mac = StampMac.of(key);
  }

  /** The next datagram. */
  public byte[] next() {
    counter++;
    return new PathDatagram(ssid, session, counter).octets(mac);
  }
}
