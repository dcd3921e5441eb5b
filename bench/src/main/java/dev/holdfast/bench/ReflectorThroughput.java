package dev.holdfast.bench;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.ErrorEstimate;
import dev.holdfast.probe.Nonce;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.PlainStamp;
import dev.holdfast.probe.ReplyCheck;
import dev.holdfast.probe.ReplyChecker;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.StampTimestamp;
import dev.holdfast.probe.net.ReceivedDatagram;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSocket;
import dev.holdfast.probe.net.UdpSockets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How many questions a second our reflector answers, beside one in C: the same client, with many
 * questions under way, in turn in short rounds. Questions are made before each round and one answer
 * in 64 is checked fully, so that the client has less to do than the reflector.
 *
 * <p>What the processor is used for in the reflector's process is told too, since that holds even
 * where the client cannot ask fast enough. Arguments, both optional: rounds, and questions in each.
 */
public final class ReflectorThroughput {
  private static final int UNDER_WAY = 64;
  private static final int CHECKED = 64;
  private static final int WARM_UP = 5;
  private static final long PATIENCE = 1_000_000_000L;

  private final boolean pinned;
  private final int rounds;
  private final int questions;
  private final UdpSocket socket = UdpSockets.open(BenchSessions.here(0), Stamps.RECEIVE);
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final SplittableRandom random = new SplittableRandom(3);
  private final byte[] chance = new byte[Nonce.LENGTH];
  private final byte[][] packets;
  private final @Nullable Challenge[] challenges;
  private final StampMac mac = StampMac.of(new byte[StampMac.KEY_LENGTH]);
  private int first = random.nextInt();

  private ReflectorThroughput(boolean pinned, int rounds, int questions) {
    this.pinned = pinned;
    this.rounds = rounds;
    this.questions = questions;
    packets = new byte[questions][];
    challenges = new Challenge[questions];
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    int questions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50_000;
    System.out.println(Machine.describe(Path.of(System.getProperty("java.io.tmpdir"))));
    boolean pinned = Cores.takeFirst();
    try (CompiledReflector compiled = CompiledReflector.compile()) {
      if (compiled.program().isPresent()) {
        new ReflectorThroughput(pinned, rounds, questions).run(compiled.program().get());
      }
    }
  }

  private void run(Path program) throws IOException, InterruptedException {
    System.out.printf(
        "%s; %d rounds of %,d questions, %d under way%n%n",
        Cores.describe(pinned), rounds, questions, UNDER_WAY);
    System.out.println(
        "| packets | ours answers/s | C answers/s | ours/C | processor of ours, C us an answer"
            + " | ours/C | unanswered ours, C | wrong ours, C | client found nothing ours, C % |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    int port = socket.localAddress().getPort();
    RunningReflector.Waiting waiting = RunningReflector.Waiting.SLEEP;
    try (RunningReflector ours =
            RunningReflector.ours(pinned, port, waiting, BenchSessions.OF_ONE, 1);
        RunningReflector c =
            RunningReflector.c(pinned, program, port, waiting, BenchSessions.OF_ONE)) {
      for (boolean keyed : new boolean[] {false, true}) {
        for (int i = 0; i < WARM_UP; i++) {
          round(ours, keyed, new Sum());
          round(c, keyed, new Sum());
        }
        Sum ofOurs = new Sum();
        Sum ofC = new Sum();
        for (int i = 0; i < rounds; i++) {
          round(ours, keyed, ofOurs);
          round(c, keyed, ofC);
        }
        report(keyed, ofOurs, ofC);
      }
    } finally {
      socket.close();
    }
  }

  /** What came of the rounds of one reflector. */
  private static final class Sum {
    long asked;
    long answered;
    long wrong;
    long nanoseconds;
    long processor;
    long looks;
    long empty;

    double rate() {
      return answered * 1e9 / nanoseconds;
    }

    double processorOfOne() {
      return processor / 1e3 / answered;
    }
  }

  private void round(RunningReflector reflector, boolean keyed, Sum sum) throws IOException {
    make(keyed);
    long processor = Machine.processorTime(reflector.pid());
    long began = System.nanoTime();
    long heard = began;
    int sent = 0;
    int answered = 0;
    PeerAddress to = reflector.address();
    while (answered < questions) {
      while (sent < questions && sent - answered < UNDER_WAY) {
        socket.send(packets[sent], 0, packets[sent].length, to);
        sent++;
      }
      sum.looks++;
      if (socket.receive(datagram, 0)) {
        heard = 0;
        int index = answeredSequence(keyed) - first;
        // What comes from a round that was given up counts in none.
        if (index >= 0 && index < questions) {
          answered++;
          sum.wrong += keyed && isWrong(index) ? 1 : 0;
        }
      } else {
        sum.empty++;
        long now = System.nanoTime();
        heard = heard == 0 ? now : heard;
        if (now - heard > PATIENCE) {
          break;
        }
      }
    }
    // Waiting for what does not come is not counted.
    long ended = heard == 0 ? System.nanoTime() : heard;
    sum.nanoseconds += ended - began;
    sum.processor += Machine.processorTime(reflector.pid()) - processor;
    sum.asked += questions;
    sum.answered += answered;
  }

  private void make(boolean keyed) {
    first += questions;
    StampTimestamp now = StampTimestamp.ofEpoch(System.currentTimeMillis() / 1_000, 0);
    for (int i = 0; i < questions; i++) {
      if (keyed) {
        int ssid = 1 + i % BenchSessions.OF_ONE;
        random.nextBytes(chance);
        Challenge challenge =
            new Challenge(ssid, first + i, now, ErrorEstimate.UNKNOWN, Nonce.copyOf(chance, 0));
        packets[i] = new byte[Challenge.LENGTH];
        mac.rekey(BenchSessions.key(ssid));
        challenge.write(packets[i], 0, mac);
        challenges[i] = challenge;
      } else {
        packets[i] = new byte[PlainStamp.LENGTH];
        PlainStamp.write(packets[i], first + i, now, 0);
      }
    }
  }

  /** Whether an answer is one of those that are checked, and bounds nothing. */
  private boolean isWrong(int index) {
    Challenge challenge = challenges[index];
    if (index % CHECKED != 0 || challenge == null) {
      return false;
    }
    mac.rekey(BenchSessions.key(challenge.ssid()));
    return !(ReplyChecker.check(challenge, datagram.octets(), datagram.length(), mac)
        instanceof ReplyCheck.Accepted);
  }

  private int answeredSequence(boolean keyed) {
    if (keyed) {
      return datagram.length() == Challenge.LENGTH
          ? ReplyChecker.answeredSequence(datagram.octets())
          : first - 1;
    }
    PlainStamp.Reply reply = PlainStamp.read(datagram.octets(), datagram.length());
    return reply == null ? first - 1 : reply.answered();
  }

  private static void report(boolean keyed, Sum ours, Sum c) {
    System.out.printf(
        "| %s | %,.0f | %,.0f | %.3f | %.2f, %.2f | %.3f | %d, %d | %d, %d | %.0f, %.0f |%n",
        keyed ? "authenticated, 152 octets" : "plain, 44 octets",
        ours.rate(),
        c.rate(),
        ours.rate() / c.rate(),
        ours.processorOfOne(),
        c.processorOfOne(),
        ours.processorOfOne() / c.processorOfOne(),
        ours.asked - ours.answered,
        c.asked - c.answered,
        ours.wrong,
        c.wrong,
        100.0 * ours.empty / ours.looks,
        100.0 * c.empty / c.looks);
  }
}
