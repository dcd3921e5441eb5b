package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Questions;
import dev.holdfast.probe.Refusal;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.StampKind;
import dev.holdfast.probe.Timings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks a reflector some questions, as ping does: for diagnosis, and for calibration against
 * routers. What it measures bounds nothing and is no round.
 *
 * <p>Runs in the caller's thread; one at a time on a socket.
 */
public final class QuestionSender {
  private final UdpSocket socket;
  private final Questions form;
  private final RandomGenerator random;
  private final StampClock clock;
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final TransmitStamp stamp = new TransmitStamp();
  private final ClockReading came = new ClockReading();

  /**
   * A sender on a socket that stays the caller's.
   *
   * @param form what it sends
   * @param random draws gaps, and where sequence numbers begin
   */
  public QuestionSender(UdpSocket socket, Questions form, RandomGenerator random) {
    this.socket = requireNonNull(socket, "socket");
    this.form = requireNonNull(form, "form");
    this.random = requireNonNull(random, "random");
    this.clock = socket.newClock();
  }

  /** A question that is under way. */
  private static final class Question {
    final ClockReading sent = new ClockReading();
    final byte[] packet;
    long transmitted;
    boolean answered;

    Question(byte[] packet) {
      this.packet = packet;
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
    Question question = new Question(form.write(sequence, StampClocks.timestamp(clock.realtime())));
    clock.read(question.sent);
    socket.send(question.packet, 0, question.packet.length, to);
    return question;
  }

  private void takeStamps(List<Question> questions, int first) {
    while (socket.takeTransmitStamp(stamp)) {
      int at = stamp.length() - form.length();
      Question question =
          at < 0 ? null : find(questions, form.sequenceAt(stamp.octets(), at) - first);
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
    boolean readable = datagram.length() >= form.shortestAnswer();
    int index = readable ? form.answered(datagram.octets()) - first : -1;
    Question question = find(questions, index);
    if (question == null) {
      refused.merge(readable ? Refusal.NOT_AWAITED : Refusal.TOO_SHORT, 1, Integer::sum);
      return true;
    }
    Refusal refusal = form.refusal(question.packet, datagram.octets(), datagram.length());
    if (refusal != null || question.answered) {
      refused.merge(refusal == null ? Refusal.DUPLICATE : refusal, 1, Integer::sum);
      return true;
    }
    question.answered = true;
    long stamped =
        question.transmitted != 0 && datagram.realtime() != 0
            ? RoundTrip.between(question.sent, question.transmitted, datagram.realtime(), came)
            : -1;
    long roundTrip = stamped >= 0 ? stamped : RoundTrip.outer(question.sent, came);
    answers.add(form.answer(index + 1, roundTrip, datagram.octets(), datagram.length()));
    return stamped >= 0;
  }
}
