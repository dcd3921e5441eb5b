package dev.holdfast.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The lab's wire: holds a TUN device in each namespace and hands IP packets from one to the other
 * after the delay, jitter, reordering and loss of a simulated network.
 *
 * <p>A packet takes the great-circle distance at {@value #KM_PER_MS} km/ms, two thirds of the speed
 * in fibre, since cables take detours; the jitter is exponential. One packet in fifty is held up by
 * up to {@value #HELD_UP_MS} ms, so that packets overtake each other; one in five hundred is lost.
 *
 * <p>Argument: a file with a {@link WireNode} on each line. Ends when its standard input does.
 */
final class Wire {
  private static final double KM_PER_MS = 133.3;
  private static final double BASE_MS = 0.03;
  private static final double JITTER_MS = 0.1;
  private static final double HELD_UP = 0.02;
  private static final double HELD_UP_MS = 4;
  private static final double LOST = 0.002;
  private static final int MOST_UNDER_WAY = 100_000;
  private static final long SPIN = TimeUnit.MICROSECONDS.toNanos(60);
  private static final long SEED = 20_261_128;
  private static final int IPV4_HEADER = 20;

  private final List<WireNode> nodes;
  private final Map<Integer, Integer> byIndex = new HashMap<>();
  private final Tun[] tuns;
  private final PriorityBlockingQueue<Flight> flights = new PriorityBlockingQueue<>(1024);
  private volatile Thread writer = Thread.currentThread();
  private long number;

  private record Flight(long due, long number, byte[] packet, int to)
      implements Comparable<Flight> {
    @Override
    public int compareTo(Flight other) {
      int byTime = Long.compare(due - other.due, 0);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private Wire(List<WireNode> nodes) {
    this.nodes = nodes;
    this.tuns = new Tun[nodes.size()];
  }

  /** The least that the simulated network lets a packet take to another node and back, in ms. */
  static double leastRoundTrip(WireNode one, WireNode other) {
    return 2 * least(one, other);
  }

  private static double least(WireNode one, WireNode other) {
    return BASE_MS
        + one.kilometresTo(other) / KM_PER_MS
        + one.extraMilliseconds()
        + other.extraMilliseconds();
  }

  /** Runs the wire; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Wire wire =
        new Wire(Files.readAllLines(Path.of(arguments[0])).stream().map(WireNode::parse).toList());
    wire.make();
    wire.start();
    System.out.println("ready");
    System.out.flush();
    while (System.in.read() >= 0) {
      // Whoever started the wire is still there.
    }
  }

  private void make() throws IOException, InterruptedException {
    long process = ProcessHandle.current().pid();
    for (int i = 0; i < tuns.length; i++) {
      WireNode node = nodes.get(i);
      String device = "hf" + process + "w" + i;
      tuns[i] = Tun.make(device);
      byIndex.put(node.index(), i);
      Commands.run("ip", "link", "set", device, "netns", node.name());
      Commands.inside(node.name(), "ip", "link", "set", device, "name", "w0");
      Commands.inside(node.name(), "ip", "addr", "add", node.address() + "/32", "dev", "w0");
      Commands.inside(node.name(), "ip", "link", "set", "lo", "up");
      Commands.inside(node.name(), "ip", "link", "set", "w0", "up");
      Commands.inside(node.name(), "ip", "route", "add", "default", "dev", "w0");
    }
  }

  private void start() {
    SplittableRandom random = new SplittableRandom(SEED);
    writer = Thread.ofPlatform().name("writer").daemon().start(this::write);
    for (int i = 0; i < tuns.length; i++) {
      int from = i;
      SplittableRandom own = random.split();
      Thread.ofPlatform()
          .name("reader " + nodes.get(i).name())
          .daemon()
          .start(() -> read(from, own));
    }
  }

  private void read(int from, SplittableRandom random) {
    Tun.Reader reader = tuns[from].new Reader();
    while (true) {
      byte[] packet;
      try {
        packet = reader.read();
      } catch (IOException e) {
        return;
      }
      long now = System.nanoTime();
      int to = destination(packet);
      if (to >= 0 && random.nextDouble() >= LOST && flights.size() < MOST_UNDER_WAY) {
        long due = now + (long) (delay(from, to, random) * 1e6);
        flights.add(new Flight(due, next(), packet, to));
        Flight first = flights.peek();
        if (first != null && first.due() == due) {
          LockSupport.unpark(writer);
        }
      }
    }
  }

  private synchronized long next() {
    return number++;
  }

  /** The node that has an address of IPv4, or -1: what else the kernel says goes nowhere. */
  private int destination(byte[] packet) {
    if (packet.length < IPV4_HEADER
        || packet[0] >> 4 != 4
        || packet[16] != 10
        || packet[17] != 77) {
      return -1;
    }
    return byIndex.getOrDefault(packet[18] & 0xFF, -1);
  }

  private double delay(int from, int to, SplittableRandom random) {
    double delay =
        least(nodes.get(from), nodes.get(to)) - JITTER_MS * Math.log(1 - random.nextDouble());
    return random.nextDouble() < HELD_UP ? delay + random.nextDouble() * HELD_UP_MS : delay;
  }

  /** Sleeps until shortly before a packet is due, and spins for the rest. */
  private void write() {
    Tun.Writer[] writers = new Tun.Writer[tuns.length];
    for (int i = 0; i < tuns.length; i++) {
      writers[i] = tuns[i].new Writer();
    }
    while (true) {
      Flight first = flights.peek();
      if (first == null) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        continue;
      }
      long left = first.due() - System.nanoTime();
      if (left > SPIN) {
        LockSupport.parkNanos(left - SPIN);
      } else if (left > 0) {
        Thread.onSpinWait();
      } else {
        Flight taken = flights.poll();
        if (taken != null) {
          var _ = writers[taken.to()].write(taken.packet());
        }
      }
    }
  }
}
