package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.StampKind;
import java.net.InetSocketAddress;

/** A socket with somebody at its wire. Overriding a method is meddling. */
class MeddlingSocket implements UdpSocket {
  private final UdpSocket real;

  MeddlingSocket(UdpSocket real) {
    this.real = real;
  }

  @Override
  public InetSocketAddress localAddress() {
    return real.localAddress();
  }

  @Override
  public StampKind transmitKind() {
    return real.transmitKind();
  }

  @Override
  public StampKind receiveKind() {
    return real.receiveKind();
  }

  @Override
  public StampClock newClock() {
    return real.newClock();
  }

  @Override
  public boolean receive(ReceivedDatagram into, long timeout) {
    return real.receive(into, timeout);
  }

  @Override
  public boolean takeTransmitStamp(TransmitStamp into) {
    return real.takeTransmitStamp(into);
  }

  @Override
  public boolean reply(ReceivedDatagram datagram, int length) {
    return send(datagram.octets, 0, length, datagram.from());
  }

  @Override
  public boolean send(byte[] octets, int from, int length, PeerAddress to) {
    return real.send(octets, from, length, to);
  }

  @Override
  public void wakeup() {
    real.wakeup();
  }

  @Override
  public boolean isClosed() {
    return real.isClosed();
  }

  @Override
  public void close() {
    real.close();
  }
}
