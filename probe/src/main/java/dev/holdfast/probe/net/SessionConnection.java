package dev.holdfast.probe.net;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.SessionMessage;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.StampMac;
import dev.holdfast.trust.IdentityCertificate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A conversation over TLS: frames of a length (4) and so many octets. For one thread. */
final class SessionConnection implements AutoCloseable {
  private final SSLSocket socket;
  private final IdentityCertificate own;
  private final IdentityCertificate peer;
  private final DataInputStream in;
  private final DataOutputStream out;

  SessionConnection(SSLSocket socket, IdentityCertificate own, IdentityCertificate peer)
      throws IOException {
    this.socket = socket;
    this.own = own;
    this.peer = peer;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Who is at the other end, certified. */
  IdentityCertificate peer() {
    return peer;
  }

  InetAddress address() {
    return socket.getInetAddress();
  }

  void say(SessionMessage message) {
    send(message.octets());
  }

  void send(byte[] octets) {
    try {
      out.writeInt(octets.length);
      out.write(octets);
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  SessionMessage hear() {
    return SessionMessage.read(receive(SessionMessage.LONGEST), peer.toString());
  }

  /** A frame of at most so many octets. */
  byte[] receive(int longest) {
    try {
      int length = in.readInt();
      if (length < 0 || length > longest) {
        throw new CodedException(
            Problem.in(
                peer.toString(),
                ErrorCode.MALFORMED_SESSION_MESSAGE,
                "a frame of " + length + " octets is longer than " + longest));
      }
      // Grows with what comes, not with what is announced.
      byte[] octets = in.readNBytes(length);
      if (octets.length != length) {
        throw new EOFException("the frame was cut off");
      }
      return octets;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * A key of 32 octets that only the two ends of this connection can derive (RFC 8446 section 7.5).
   *
   * @param host the name of the host, whichever end it is
   * @param landmark the name of the landmark
   */
  byte[] exported(String label, SessionTerms terms, String host, String landmark) {
    try {
      return ((ExtendedSSLSession) socket.getSession())
          .exportKeyingMaterialData(
              label, terms.exporterContext(host, landmark), StampMac.KEY_LENGTH);
    } catch (SSLException e) {
      throw new IllegalStateException("JDK 25 exports keys of TLS 1.3", e);
    }
  }

  String ownName() {
    return own.identity().name();
  }

  String peerName() {
    return peer.identity().name();
  }

  private CodedException failed(IOException e) {
    return new CodedException(
        Problem.in(
            peer.toString(),
            ErrorCode.PEER_FAILED,
            "the conversation broke off: " + Problem.printable(String.valueOf(e.getMessage()))),
        e);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Everything that counts was acknowledged before.
    }
  }
}
