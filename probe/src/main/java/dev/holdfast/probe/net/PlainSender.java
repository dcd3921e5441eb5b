package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.PlainStamp;
import dev.holdfast.probe.Refusal;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.StampKind;
import dev.holdfast.probe.StampTimestamp;
import dev.holdfast.probe.Timings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  /** Asks as the settings say. */
  public Timings ask(PeerAddress to, RoundSettings settings) {
    int first = random.nextInt();
    List<Question> questions = new ArrayList<>();
    List<Timings.Answer> answers = new ArrayList<>();
    Map<Refusal, Integer> refused = new EnumMap<>(Refusal.class);
    boolean kernel = socket.receiveKind() == StampKind.KERNEL;
    long due = clock.raw();
    while (answers.size() < settings.challenges()) {
      long now = clock.raw();
      if (now >= due) {
        if (questions.size() == settings.challenges()) {
          break;
        }
        questions.add(send(to, first + questions.size()));
        boolean last = questions.size() == settings.challenges();
        due = now + (last ? settings.patience().toNanos() : settings.gap(random));
      }
      boolean something = socket.receive(datagram, Math.max(0, due - clock.raw()));
      clock.read(came);
      takeStamps(questions, first);
      if (something) {
        kernel &= take(questions, first, answers, refused);
      }
    }
    return new Timings(answers, kernel ? StampKind.KERNEL : StampKind.PROCESS, refused);
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
      List<Question> questions,
      int first,
      List<Timings.Answer> answers,
      Map<Refusal, Integer> refused) {
    PlainStamp.Reply reply = PlainStamp.read(datagram.octets(), datagram.length());
    Question question = reply == null ? null : find(questions, reply.answered() - first);
    Refusal refusal = refusal(reply, question);
    if (reply == null || question == null || refusal != null) {
      refused.merge(requireNonNull(refusal), 1, Integer::sum);
      return true;
    }
    question.answered = true;
    long stamped =
        question.transmitted != 0 && datagram.realtime() != 0
            ? RoundTrip.between(question.sent, question.transmitted, datagram.realtime(), came)
            : -1;
    long roundTrip = stamped >= 0 ? stamped : RoundTrip.outer(question.sent, came);
    answers.add(new Timings.Answer(reply.answered() - first + 1, roundTrip, reply.word()));
    return stamped >= 0;
  }

  private static @Nullable Refusal refusal(
      PlainStamp.@Nullable Reply reply, @Nullable Question question) {
    if (reply == null) {
      return Refusal.TOO_SHORT;
    }
    if (question == null) {
      return Refusal.NOT_AWAITED;
    }
    if (reply.sent().bits() != question.timestamp) {
      return Refusal.OTHER_TIMESTAMP;
    }
    return question.answered ? Refusal.DUPLICATE : null;
  }
}
