package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionMessage;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.Transcript;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The agent's mouth: calls landmarks, since its host may sit behind firewalls. */
public final class SessionClient {
  private final SessionTls tls;

  public SessionClient(SessionTls tls) {
    this.tls = requireNonNull(tls, "tls");
  }

  /**
   * A session that a landmark opened.
   *
   * @param landmark who
   * @param address where its challenges come from
   * @param key of challenges, 32 octets
   * @param pathKey of path datagrams, 32 octets
   */
  public record OpenedSession(
      IdentityCertificate landmark,
      SessionTerms terms,
      PeerAddress address,
      byte[] key,
      byte[] pathKey) {
    public OpenedSession {
      requireNonNull(landmark, "landmark");
      requireNonNull(terms, "terms");
      requireNonNull(address, "address");
    }

    /** Without its keys. */
    @Override
    public String toString() {
      return "session " + terms.id() + " with " + landmark;
    }
  }

  /**
   * Opens a session.
   *
   * @param landmark the name that the landmark must be certified for
   * @throws CodedException PEER_UNREACHABLE, PEER_NOT_CERTIFIED, PEER_FAILED, SESSION_REFUSED or
   *     MALFORMED_SESSION_MESSAGE
   */
  public OpenedSession open(InetSocketAddress address, String landmark) {
    try (SessionConnection connection = called(address, landmark)) {
      connection.say(new SessionMessage.Open());
      SessionMessage heard = connection.hear();
      if (!(heard instanceof SessionMessage.Opened(SessionTerms terms))) {
        throw refused(connection, heard, "it does not open a session");
      }
      String host = connection.ownName();
      return new OpenedSession(
          connection.peer(),
          terms,
          PeerAddress.of(connection.address().getAddress(), terms.port()),
          connection.exported(SessionTerms.SESSION_KEY, terms, host, landmark),
          connection.exported(SessionTerms.PATH_KEY, terms, host, landmark));
    }
  }

  /**
   * Asks for transcripts, and gives back what the host signs.
   *
   * @param session that this host has open with it
   * @param sign makes the envelope for transcripts of this landmark, or nothing where the host
   *     signs for none of them
   * @return how many transcripts there were
   * @throws CodedException as {@link #open}
   */
  public int countersign(
      InetSocketAddress address,
      String landmark,
      SessionId session,
      BiFunction<IdentityCertificate, List<byte[]>, Optional<Envelope>> sign) {
    try (SessionConnection connection = called(address, landmark)) {
      connection.say(new SessionMessage.Countersign(session));
      SessionMessage shown = connection.hear();
      if (!(shown instanceof SessionMessage.Pending(int count))) {
        throw refused(connection, shown, "it shows no transcripts");
      }
      if (count == 0) {
        return 0;
      }
      List<byte[]> transcripts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        transcripts.add(connection.receive(Transcript.LONGEST));
      }
      Optional<Envelope> signed = sign.apply(connection.peer(), transcripts);
      if (signed.isEmpty()) {
        connection.say(new SessionMessage.Nothing());
        return count;
      }
      connection.say(new SessionMessage.Signed());
      connection.send(signed.get().octets());
      SessionMessage heard = connection.hear();
      if (!(heard instanceof SessionMessage.Taken)) {
        throw refused(connection, heard, "it does not say that it took the signature");
      }
      return count;
    }
  }

  private SessionConnection called(InetSocketAddress address, String landmark) {
    SessionConnection connection = tls.call(address);
    if (!connection.peerName().equals(landmark)) {
      connection.close();
      throw new CodedException(
          Problem.in(
              SocketAddresses.print(address),
              ErrorCode.PEER_NOT_CERTIFIED,
              "this is " + connection.peer() + " and not " + Problem.quote(landmark)));
    }
    return connection;
  }

  private static CodedException refused(
      SessionConnection connection, SessionMessage heard, String otherwise) {
    return new CodedException(
        Problem.in(
            connection.peer().toString(),
            ErrorCode.SESSION_REFUSED,
            heard instanceof SessionMessage.Refused(String reason) ? reason : otherwise));
  }
}
