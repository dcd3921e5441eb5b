package dev.holdfast.probe.net;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Role;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.store.HeldIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * TLS 1.3 with certificates on both sides (RFC 8446), for one conversation each: no resumption and
 * no early data, since every connection has a context of its own; no other version, and no other
 * protocol ({@value #PROTOCOL} by ALPN, RFC 7301).
 */
public final class SessionTls {
  /** The name of the protocol inside. */
  public static final String PROTOCOL = "holdfast-session/1";

  private static final String TLS = "TLSv1.3";

  /** How long a side waits for octets of the other. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HeldIdentity identity;
  private final CertificateVerifier verifier;
  private final Role peer;
  private final InstantSource clock;

  /**
   * One side of conversations.
   *
   * @param peer the role that the other side must be certified for
   */
  public SessionTls(
      HeldIdentity identity, CertificateVerifier verifier, Role peer, InstantSource clock) {
    this.identity = identity;
    this.verifier = verifier;
    this.peer = peer;
    this.clock = clock;
  }

  /** Who this side is. */
  public IdentityCertificate certificate() {
    return identity.certificate();
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance(TLS);
      context.init(
          new KeyManager[] {new IdentityKeyManager(identity)},
          new TrustManager[] {new IdentityTrustManager(verifier, peer, clock)},
          new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has TLS 1.3", e);
    }
  }

  /**
   * Calls a landmark.
   *
   * @throws CodedException PEER_UNREACHABLE; PEER_NOT_CERTIFIED where the handshake fails
   */
  SessionConnection call(InetSocketAddress address) {
    Socket plain = new Socket();
    try {
      plain.connect(address, (int) PATIENCE.toMillis());
    } catch (IOException e) {
      closed(plain);
      throw new CodedException(
          Problem.in(
              SocketAddresses.print(address),
              ErrorCode.PEER_UNREACHABLE,
              String.valueOf(e.getMessage())),
          e);
    }
    try {
      plain.setSoTimeout((int) PATIENCE.toMillis());
      SSLSocket socket =
          (SSLSocket)
              context()
                  .getSocketFactory()
                  .createSocket(plain, address.getHostString(), address.getPort(), true);
      return shaken(socket);
    } catch (IOException e) {
      closed(plain);
      throw failed(SocketAddresses.print(address), e);
    }
  }

  /** Answers a call; the socket is closed with the connection, or on failure. */
  SessionConnection answer(Socket plain) {
    String from =
        plain.getRemoteSocketAddress() instanceof InetSocketAddress address
            ? SocketAddresses.print(address)
            : "";
    try {
      plain.setSoTimeout((int) PATIENCE.toMillis());
      SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, null, true);
      socket.setNeedClientAuth(true);
      return shaken(socket);
    } catch (IOException e) {
      closed(plain);
      throw failed(from, e);
    }
  }

  private SessionConnection shaken(SSLSocket socket) throws IOException {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {TLS});
    parameters.setApplicationProtocols(new String[] {PROTOCOL});
    socket.setSSLParameters(parameters);
    if (!socket.getUseClientMode()) {
      socket.setNeedClientAuth(true);
    }
    socket.startHandshake();
    if (!PROTOCOL.equals(socket.getApplicationProtocol())) {
      throw new SSLException("the peer does not speak " + PROTOCOL);
    }
    X509Certificate[] chain =
        Arrays.copyOf(socket.getSession().getPeerCertificates(), 1, X509Certificate[].class);
    return new SessionConnection(
        socket, certificate(), IdentityCertificate.of(chain[0], "certificate of the peer"));
  }

  private static CodedException failed(String peer, IOException e) {
    ErrorCode code =
        e instanceof SSLException ? ErrorCode.PEER_NOT_CERTIFIED : ErrorCode.PEER_UNREACHABLE;
    return new CodedException(
        Problem.in(peer, code, Problem.printable(String.valueOf(e.getMessage()))), e);
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is given up anyway.
    }
  }
}
