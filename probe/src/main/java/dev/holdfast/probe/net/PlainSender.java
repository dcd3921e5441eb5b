package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.PlainStamp;
import dev.holdfast.probe.StampKind;
import dev.holdfast.probe.StampTimestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks a reflector in the unauthenticated mode (RFC 8762 section 4.1.1), as ping does: for
 * diagnosis, and for calibration against routers. What it measures bounds nothing, since anybody on
 * the way can answer, and before the question came.
 *
 * <p>Runs in the caller's thread; one at a time on a socket.
 */
public final class PlainSender {
  private static final long PATIENCE = 2_000_000_000L;

  private final UdpSocket socket;
  private final RandomGenerator random;
  private final StampClock clock;
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final TransmitStamp stamp = new TransmitStamp();
  private final ClockReading came = new ClockReading();

  /**
   * A sender on a socket that stays the caller's.
   *
   * @param random draws gaps, and where sequence numbers begin
   */
  public PlainSender(UdpSocket socket, RandomGenerator random) {
    this.socket = requireNonNull(socket, "socket");
    this.random = requireNonNull(random, "random");
    this.clock = socket.newClock();
  }

  /**
   * An answer.
   *
   * @param number of the question, from 1
   * @param roundTrip nanoseconds, at least what it truly took
   * @param timeToLive of the question as it arrived, the reflector's word
   * @param turnaround nanoseconds for which the reflector says it held the question, its word
   */
  public record Answer(int number, long roundTrip, int timeToLive, long turnaround) {}

  /**
   * What came of asking.
   *
   * @param stamps whose clock counted: the kernel's only if it did for every answer
   * @param refused packets that answer nothing that is awaited, by reason
   */
  public record Outcome(List<Answer> answers, StampKind stamps, Map<String, Integer> refused) {
    public Outcome {
      answers = List.copyOf(answers);
      refused = Map.copyOf(refused);
    }
  }

  /** A question that is under way. */
  private static final class Question {
    final ClockReading sent = new ClockReading();
    final long timestamp;
    long transmitted;
    boolean answered;

    Question(long timestamp) {
      this.timestamp = timestamp;
    }
  }

  /** Asks so many times, and waits two seconds at most for the last answers. */
  public Outcome ask(PeerAddress to, int count, Duration interval) {
    int first = random.nextInt();
    List<Question> questions = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    Map<String, Integer> refused = new TreeMap<>();
    boolean kernel = socket.receiveKind() == StampKind.KERNEL;
    long due = clock.raw();
    while (answers.size() < count) {
      long now = clock.raw();
      if (now >= due) {
        if (questions.size() == count) {
          break;
        }
        questions.add(send(to, first + questions.size()));
        due =
            now
                + (questions.size() == count
                    ? PATIENCE
                    : (long) (interval.toNanos() * (0.5 + random.nextDouble())));
      }
      boolean something = socket.receive(datagram, Math.max(0, due - clock.raw()));
      clock.read(came);
      takeStamps(questions, first);
      if (something) {
        kernel &= take(questions, first, answers, refused);
      }
    }
    return new Outcome(answers, kernel ? StampKind.KERNEL : StampKind.PROCESS, refused);
  }

  private Question send(PeerAddress to, int sequence) {
    byte[] packet = new byte[PlainStamp.LENGTH];
    Question question = new Question(StampClocks.bits(clock.realtime()));
    PlainStamp.write(packet, sequence, new StampTimestamp(question.timestamp), 0);
    clock.read(question.sent);
    socket.send(packet, 0, packet.length, to);
    return question;
  }

  private void takeStamps(List<Question> questions, int first) {
    while (socket.takeTransmitStamp(stamp)) {
      int at = stamp.length() - PlainStamp.LENGTH;
      Question question =
          at < 0 ? null : find(questions, PlainStamp.sequenceAt(stamp.octets(), at) - first);
      if (question != null) {
        question.transmitted = stamp.realtime();
      }
    }
  }

  private static @Nullable Question find(List<Question> questions, int index) {
    return index < 0 || index >= questions.size() ? null : questions.get(index);
  }

  /** Takes a packet in; false where it counts and the kernel did not stamp both its ends. */
  private boolean take(
      List<Question> questions, int first, List<Answer> answers, Map<String, Integer> refused) {
    PlainStamp.Reply reply = PlainStamp.read(datagram.octets(), datagram.length());
    int index = reply == null ? -1 : reply.answered() - first;
    Question question = find(questions, index);
    String why =
        reply == null
            ? "too-short"
            : question == null
                ? "not-awaited"
                : reply.sent().bits() != question.timestamp
                    ? "other-timestamp"
                    : question.answered ? "duplicate" : "";
    if (reply == null || question == null || !why.isEmpty()) {
      refused.merge(why, 1, Integer::sum);
      return true;
    }
    question.answered = true;
    long stamped =
        question.transmitted != 0 && datagram.realtime() != 0
            ? RoundTrip.between(question.sent, question.transmitted, datagram.realtime(), came)
            : -1;
    long roundTrip = stamped >= 0 ? stamped : RoundTrip.outer(question.sent, came);
    answers.add(
        new Answer(
            index + 1,
            roundTrip,
            reply.timeToLive(),
            reply.received().nanosecondsUntil(reply.transmitted())));
    return stamped >= 0;
  }
}
