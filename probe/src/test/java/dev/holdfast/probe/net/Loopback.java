package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.StampMac;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A landmark and a host with real sockets on one machine. */
final class Loopback implements AutoCloseable {
  static final int SSID = 0x1234;
  static final byte[] KEY = octets(1, StampMac.KEY_LENGTH);
  static final byte[] PATH_KEY = octets(2, StampMac.KEY_LENGTH);
  static final SessionId SESSION = SessionId.of(octets(3, SessionId.LENGTH));
  static final long NEVER = Long.MAX_VALUE;
  static final RoundSettings QUICK =
      new RoundSettings(16, Duration.ofMillis(2), Duration.ofMillis(500));

  private static final long LONGEST_WAIT = 20_000_000_000L;

  final SenderSessions sessions = new SenderSessions(new SplittableRandom(5));
  final ReflectorSessions reflected = new ReflectorSessions();
  final SessionSender sender;
  final Reflector reflector;

  Loopback(String address, Stamps senderStamps, Stamps reflectorStamps) {
    this(
        UdpSockets.open(any(address), senderStamps),
        UdpSockets.open(any(address), reflectorStamps),
        ReflectorSettings.defaults());
  }

  Loopback(UdpSocket atLandmark, UdpSocket atHost, ReflectorSettings settings) {
    sender = new SessionSender(atLandmark, sessions, new SplittableRandom(6), new SecureRandom());
    reflector = new Reflector(atHost, reflected, settings, new SplittableRandom(7));
    sender.start();
    reflector.start();
  }

  static UdpSocket landmarkSocket() {
    return UdpSockets.open(any("127.0.0.1"), Stamps.BOTH);
  }

  static UdpSocket hostSocket() {
    return UdpSockets.open(any("127.0.0.1"), Stamps.RECEIVE);
  }

  /** A port that the system chooses. */
  static InetSocketAddress any(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 0);
  }

  static byte[] octets(long seed, int length) {
    byte[] octets = new byte[length];
    new SplittableRandom(seed).nextBytes(octets);
    return octets;
  }

  /** Opens the session at both ends and waits for its path. */
  Loopback withSession() {
    sessions.open(SESSION, SSID, KEY, PATH_KEY, NEVER);
    host(KEY);
    await(() -> sessions.path(SESSION).isPresent());
    return this;
  }

  /** The host takes part in the session, with some key. */
  void host(byte[] key) {
    reflected.add(
        new ReflectorSession(SSID, StampMac.of(key), 77),
        landmark(),
        new SessionPath(SSID, SESSION, PATH_KEY));
  }

  PeerAddress landmark() {
    return SocketAddresses.of(sender.localAddress());
  }

  PeerAddress host() {
    return SocketAddresses.of(reflector.localAddress());
  }

  RoundMeasurement measure() throws InterruptedException {
    return measure(QUICK);
  }

  RoundMeasurement measure(RoundSettings settings) throws InterruptedException {
    try {
      return sender.measure(SESSION, settings).get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static void await(BooleanSupplier condition) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > LONGEST_WAIT) {
        throw new AssertionError("did not come true");
      }
      LockSupport.parkNanos(200_000);
    }
  }

  @Override
  public void close() {
    sender.close();
    reflector.close();
  }
}
