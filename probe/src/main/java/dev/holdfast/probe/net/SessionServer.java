package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionMessage;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.trust.Envelope;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The landmark's ear: hosts call, open sessions and countersign. One conversation a connection,
 * each on a virtual thread, at most {@value #MOST_CALLS} at a time; a call beyond that is closed.
 */
public final class SessionServer implements AutoCloseable {
  /** The most conversations at once. */
  public static final int MOST_CALLS = 256;

  private static final int BACKLOG = 128;
  private static final long PAUSE = 100_000_000;

  private final ServerSocket listening;
  private final SessionTls tls;
  private final SessionDesk desk;
  private final Consumer<Problem> problems;
  private final Semaphore room = new Semaphore(MOST_CALLS);
  private final Set<Socket> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;
  private @Nullable Thread thread;

  /**
   * Listens at once, and answers from {@link #start} on.
   *
   * @param bind an address of this machine, its port 0 for any
   * @param problems hears of calls that failed
   * @throws CodedException SOCKET_FAILED
   */
  public SessionServer(
      InetSocketAddress bind, SessionTls tls, SessionDesk desk, Consumer<Problem> problems) {
    this.tls = requireNonNull(tls, "tls");
    this.desk = requireNonNull(desk, "desk");
    this.problems = requireNonNull(problems, "problems");
    try {
      listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(bind, BACKLOG);
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(
              SocketAddresses.print(bind), ErrorCode.SOCKET_FAILED, String.valueOf(e.getMessage())),
          e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /** Answers calls from now on. */
  public void start() {
    thread = Thread.ofPlatform().name("session-server").daemon().start(this::listen);
  }

  private void listen() {
    while (!stopping) {
      Socket call;
      try {
        call = listening.accept();
      } catch (IOException e) {
        if (!stopping) {
          problems.accept(
              Problem.of(ErrorCode.SOCKET_FAILED, "accept: " + String.valueOf(e.getMessage())));
          // Where the process has no more descriptors, some come back soon.
          LockSupport.parkNanos(PAUSE);
        }
        continue;
      }
      if (!room.tryAcquire()) {
        closed(call);
        continue;
      }
      calls.add(call);
      Thread.ofVirtual()
          .name("session-call")
          .start(() -> {
            try {
              converse(call);
            } finally {
              calls.remove(call);
              closed(call);
              room.release();
            }
          });
    }
  }

  private void converse(Socket call) {
    try (SessionConnection connection = tls.answer(call)) {
      try {
        answer(connection);
      } catch (CodedException e) {
        problems.accept(e.problem());
        if (e.problem().code() != ErrorCode.PEER_FAILED) {
          connection.say(new SessionMessage.Refused(e.problem().sentence()));
        }
      }
    } catch (CodedException e) {
      problems.accept(e.problem());
    }
  }

  private void answer(SessionConnection connection) {
    switch (connection.hear()) {
      case SessionMessage.Open open -> open(connection);
      case SessionMessage.Countersign(SessionId session) -> countersign(connection, session);
      case SessionMessage other -> throw unexpected(connection, other);
    }
  }

  private void open(SessionConnection connection) {
    SessionTerms terms = desk.terms(connection.peer());
    String host = connection.peerName();
    String landmark = connection.ownName();
    desk.open(
        connection.peer(),
        terms,
        connection.exported(SessionTerms.SESSION_KEY, terms, host, landmark),
        connection.exported(SessionTerms.PATH_KEY, terms, host, landmark));
    connection.say(new SessionMessage.Opened(terms));
  }

  private void countersign(SessionConnection connection, SessionId session) {
    List<byte[]> pending = desk.pending(connection.peer(), session);
    connection.say(new SessionMessage.Pending(pending.size()));
    if (pending.isEmpty()) {
      return;
    }
    pending.forEach(connection::send);
    switch (connection.hear()) {
      case SessionMessage.Signed signed -> {
        desk.countersigned(connection.peer(), connection.receive(Envelope.LONGEST));
        connection.say(new SessionMessage.Taken());
      }
      case SessionMessage.Nothing nothing -> desk.objected(connection.peer());
      case SessionMessage other -> throw unexpected(connection, other);
    }
  }

  private static CodedException unexpected(SessionConnection connection, SessionMessage message) {
    return new CodedException(
        Problem.in(
            connection.peer().toString(),
            ErrorCode.MALFORMED_SESSION_MESSAGE,
            "nobody waits for a message of " + message.getClass().getSimpleName()));
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is given up anyway.
    }
  }

  /** Stops listening and breaks off the calls under way. */
  @Override
  public void close() {
    stopping = true;
    try {
      listening.close();
    } catch (IOException e) {
      // Its thread ends in any case.
    }
    calls.forEach(SessionServer::closed);
    Thread started = thread;
    if (started != null) {
      Threads.join(started);
    }
  }
}
