package dev.holdfast.probe.net;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.PathDatagram;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Reflection;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.Sighting;
import dev.holdfast.probe.StampKind;
import dev.holdfast.probe.StampMac;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/**
 * A landmark's socket and clocks in a time of their own, with a host behind a wire whose delays are
 * known exactly. Everything takes time: reading clocks, sending, waking up.
 */
final class SimulatedWire implements UdpSocket, StampClock {
  static final PeerAddress HOST = PeerAddress.ofIpv4(0xC0000201, 8862);

  private static final long EPOCH = 1_790_000_000_000_000_000L;

  private record Coming(long at, byte[] octets) {}

  private record Left(long realtime, byte[] octets) {}

  private final SplittableRandom random;
  private final LongUnaryOperator offset;
  private final ReflectorSession host =
      new ReflectorSession(Loopback.SSID, StampMac.of(Loopback.KEY), 77);
  private final PriorityQueue<Coming> coming =
      new PriorityQueue<>(Comparator.comparingLong(Coming::at));
  private final PriorityQueue<Left> left =
      new PriorityQueue<>(Comparator.comparingLong(Left::realtime));
  private final Map<Integer, Long> truth = new ConcurrentHashMap<>();
  private long now = 1_000_000_000L;
  private volatile boolean closed;

  /**
   * A wire.
   *
   * @param offset how far realtime is ahead of the raw clock at a time of the raw clock
   */
  SimulatedWire(long seed, LongUnaryOperator offset) {
    this.random = new SplittableRandom(seed);
    this.offset = offset;
    byte[] path = new SessionPath(Loopback.SSID, Loopback.SESSION, Loopback.PATH_KEY).next();
    coming.add(new Coming(now, path));
  }

  /** How long a challenge and its answer truly were on the wire, by the challenge's number. */
  long truth(int sequence) {
    return truth.getOrDefault(sequence, 0L);
  }

  /** Time passes; now and then something else has the processor. */
  private void pass(int least, int most) {
    now += random.nextInt(least, most);
    if (random.nextInt(200) == 0) {
      now += random.nextInt(3_000_000);
    }
  }

  private long realtimeAt(long raw) {
    return EPOCH + raw + offset.applyAsLong(raw);
  }

  @Override
  public void read(ClockReading into) {
    long before = raw();
    long realtime = realtime();
    into.set(before, realtime, raw());
  }

  @Override
  public long raw() {
    pass(10, 60);
    return now;
  }

  @Override
  public long realtime() {
    pass(10, 60);
    return realtimeAt(now);
  }

  @Override
  public boolean send(byte[] octets, int from, int length, PeerAddress to) {
    pass(1_000, 3_000);
    long transmitted = now;
    byte[] packet = Arrays.copyOfRange(octets, from, from + length);
    // Headers of the layers below stand before it.
    byte[] looped = new byte[42 + length];
    System.arraycopy(packet, 0, looped, 42, length);
    left.add(new Left(realtimeAt(transmitted), looped));
    int sequence = Challenge.sequenceOf(packet, 0);
    long there = random.nextLong(10_000, 100_000_000);
    long back = random.nextLong(10_000, 100_000_000);
    int answer = Reflection.reflect(packet, length, host, 0, () -> 0, 64, Sighting.NOTHING);
    if (answer > 0) {
      truth.put(sequence, there + back);
      coming.add(new Coming(transmitted + there + back, packet));
    }
    pass(500, 2_000);
    return true;
  }

  @Override
  public boolean receive(ReceivedDatagram into, long timeout) {
    if (coming.isEmpty()) {
      LockSupport.parkNanos(20_000);
    }
    Coming next = coming.peek();
    if (next == null || next.at > now + timeout) {
      now += timeout;
      pass(500, 1_500);
      return false;
    }
    coming.poll();
    now = Math.max(now, next.at);
    pass(2_000, 60_000);
    System.arraycopy(next.octets, 0, into.octets, 0, next.octets.length);
    into.length = next.octets.length;
    into.truncated = false;
    into.upper = HOST.upper();
    into.lower = HOST.lower();
    into.port = HOST.port();
    into.realtime = next.octets.length == PathDatagram.LENGTH ? 0 : realtimeAt(next.at);
    return true;
  }

  @Override
  public boolean takeTransmitStamp(TransmitStamp into) {
    Left next = left.poll();
    if (next == null) {
      return false;
    }
    System.arraycopy(next.octets, 0, into.octets, 0, next.octets.length);
    into.length = next.octets.length;
    into.realtime = next.realtime;
    return true;
  }

  @Override
  public boolean reply(ReceivedDatagram datagram, int length) {
    return false;
  }

  @Override
  public InetSocketAddress localAddress() {
    return Loopback.any("192.0.2.9");
  }

  @Override
  public StampKind transmitKind() {
    return StampKind.KERNEL;
  }

  @Override
  public StampKind receiveKind() {
    return StampKind.KERNEL;
  }

  @Override
  public StampClock newClock() {
    return this;
  }

  @Override
  public void wakeup() {}

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
