package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.Diagnosis;
import dev.holdfast.probe.ErrorEstimate;
import dev.holdfast.probe.KeyedQuestions;
import dev.holdfast.probe.Location;
import dev.holdfast.probe.Nonce;
import dev.holdfast.probe.PathDatagram;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.PlainQuestions;
import dev.holdfast.probe.PlainStamp;
import dev.holdfast.probe.Questions;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.StampTimestamp;
import dev.holdfast.probe.TimestampInformation;
import dev.holdfast.probe.Told;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReflectorTest {
  private static final long SECOND = 1_000_000_000L;

  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final ReflectorSessions sessions = new ReflectorSessions();
  private final UdpSocket landmark = Loopback.hostSocket();
  private final UdpSocket stranger = Loopback.hostSocket();
  private final StampMac mac = StampMac.of(Loopback.KEY);
  private Reflector reflector = started(ReflectorSettings.defaults());

  private Reflector started(ReflectorSettings settings) {
    Reflector made =
        new Reflector(Loopback.hostSocket(), sessions, settings, new SplittableRandom(7));
    made.start();
    return made;
  }

  private void settle(ReflectorSettings settings) {
    reflector.close();
    reflector = started(settings);
  }

  @AfterEach
  void close() {
    reflector.close();
    landmark.close();
    stranger.close();
  }

  private static PeerAddress address(UdpSocket socket) {
    return SocketAddresses.of(socket.localAddress());
  }

  private PeerAddress host() {
    return SocketAddresses.of(reflector.localAddress());
  }

  private void addSession() {
    sessions.add(
        new ReflectorSession(Loopback.SSID, StampMac.of(Loopback.KEY), 77),
        address(landmark),
        null);
  }

  private void challenge(UdpSocket from, int sequence) {
    byte[] packet = new byte[Challenge.LENGTH];
    new Challenge(
            Loopback.SSID,
            sequence,
            StampTimestamp.of(Instant.EPOCH),
            ErrorEstimate.UNKNOWN,
            Nonce.copyOf(Loopback.octets(sequence, Nonce.LENGTH), 0))
        .write(packet, 0, mac);
    from.send(packet, 0, packet.length, host());
  }

  private void plain(UdpSocket from, int sequence, int length) {
    byte[] packet = new byte[length];
    PlainStamp.write(packet, sequence, StampTimestamp.of(Instant.EPOCH), 0);
    from.send(packet, 0, length, host());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void it_answers_sleeping_and_spinning_and_stops(boolean spinning) {
    settle(ReflectorSettings.defaults().withSpinning(spinning));
    addSession();
    for (int i = 0; i < 100; i++) {
      challenge(landmark, i);
      assertThat(landmark.receive(datagram, SECOND)).isTrue();
      assertThat(datagram.length()).isEqualTo(Challenge.LENGTH);
    }
    // Counted after it left, so the answer may be here before.
    Loopback.await(() -> reflector.counts().reflected() == 100);
    reflector.close();
    assertThat(reflector.isRunning()).isFalse();
  }

  @Test
  void a_session_is_of_one_landmark_address() {
    addSession();
    challenge(stranger, 1);
    Loopback.await(() -> reflector.counts().silent(Silence.NO_SESSION) == 1);
    challenge(landmark, 1);
    assertThat(landmark.receive(datagram, SECOND)).isTrue();
    sessions.remove(Loopback.SSID, address(landmark));
    challenge(landmark, 2);
    Loopback.await(() -> reflector.counts().silent(Silence.NO_SESSION) == 2);
  }

  @Test
  void a_session_gets_no_more_answers_a_second_than_its_limit() {
    settle(new ReflectorSettings(false, false, 10, 10, true));
    addSession();
    for (int i = 0; i < 50; i++) {
      challenge(landmark, i);
    }
    // Counted after it is dealt with, so not all that were received may be in the counts yet.
    Loopback.await(
        () -> reflector.counts().reflected() + reflector.counts().silent(Silence.LIMITED) == 50);
    assertThat(reflector.counts().reflected()).isBetween(10L, 49L);
  }

  @Test
  void garbage_that_names_the_session_does_not_use_up_its_answers() {
    settle(new ReflectorSettings(false, false, 10, 10, true));
    addSession();
    byte[] garbage = new byte[Challenge.LENGTH];
    garbage[26] = (byte) (Loopback.SSID >> 8);
    garbage[27] = (byte) Loopback.SSID;
    for (int i = 0; i < 100; i++) {
      landmark.send(garbage, 0, garbage.length, host());
    }
    challenge(landmark, 1);
    assertThat(landmark.receive(datagram, SECOND)).isTrue();
    assertThat(reflector.counts().silent(Silence.NOT_AUTHENTIC)).isEqualTo(100);
  }

  @Test
  void plain_packets_are_not_answered_unless_that_is_wanted() {
    plain(stranger, 1, PlainStamp.LENGTH);
    Loopback.await(() -> reflector.counts().silent(Silence.NO_SESSION) == 1);
    assertThat(stranger.receive(datagram, 0)).isFalse();
  }

  @Test
  void plain_mode_answers_as_long_as_it_was_asked_and_within_a_limit_for_each_source() {
    settle(new ReflectorSettings(false, true, 10, 20, true));
    plain(stranger, 1, 43 + 1);
    assertThat(stranger.receive(datagram, SECOND)).isTrue();
    assertThat(datagram.length()).isEqualTo(PlainStamp.LENGTH);
    PlainStamp.Reply reply = PlainStamp.read(datagram.octets(), datagram.length());
    assertThat(reply).isNotNull().extracting(PlainStamp.Reply::answered).isEqualTo(1);
    for (int i = 0; i < 100; i++) {
      plain(stranger, i, PlainStamp.LENGTH);
    }
    Loopback.await(
        () -> reflector.counts().plain() + reflector.counts().silent(Silence.LIMITED) == 101);
    assertThat(reflector.counts().plain()).isBetween(20L, 100L);
  }

  private static PlainQuestions diagnosing() {
    return new PlainQuestions(true);
  }

  private Diagnosis told(Questions questions) {
    byte[] packet = questions.write(7, StampTimestamp.of(Instant.EPOCH));
    landmark.send(packet, 0, packet.length, host());
    assertThat(landmark.receive(datagram, SECOND)).isTrue();
    assertThat(datagram.length()).isEqualTo(packet.length);
    assertThat(questions.refusal(packet, datagram.octets(), datagram.length())).isNull();
    return requireNonNull(questions.answer(1, 1, datagram.octets(), datagram.length()).diagnosis());
  }

  private Diagnosis expected() {
    return new Diagnosis(
        new Told.Said<>(new Location(address(landmark), host())),
        new Told.Said<>(TimestampInformation.OF_SOFTWARE));
  }

  @Test
  void who_asks_is_told_where_packets_came_from_and_how_they_are_stamped() {
    settle(ReflectorSettings.defaults().withPlain(true));
    assertThat(told(diagnosing())).isEqualTo(expected());
  }

  @Test
  void a_session_is_told_the_same_under_its_key() {
    addSession();
    assertThat(told(new KeyedQuestions(Loopback.SSID, mac, new SplittableRandom(8))))
        .isEqualTo(expected());
  }

  @Test
  void a_reflector_that_is_told_to_say_nothing_says_nothing() {
    settle(ReflectorSettings.defaults().withPlain(true).withTelling(false));
    PeerAddress nowhere = new PeerAddress(0, 0, 0);
    assertThat(told(diagnosing()))
        .isEqualTo(
            new Diagnosis(
                new Told.Said<>(new Location(nowhere, nowhere)),
                new Told.Said<>(TimestampInformation.UNTOLD)));
  }

  @Test
  void a_keyed_session_is_never_answered_in_plain_mode() {
    settle(ReflectorSettings.defaults().withPlain(true));
    addSession();
    byte[] garbage = new byte[Challenge.LENGTH];
    garbage[26] = (byte) (Loopback.SSID >> 8);
    garbage[27] = (byte) Loopback.SSID;
    landmark.send(garbage, 0, garbage.length, host());
    Loopback.await(() -> reflector.counts().silent(Silence.NOT_AUTHENTIC) == 1);
    assertThat(landmark.receive(datagram, 0)).isFalse();
  }

  @Test
  void a_new_session_sends_its_path_at_once_and_again_with_a_greater_counter() {
    sessions.add(
        new ReflectorSession(Loopback.SSID, StampMac.of(Loopback.KEY), 77),
        address(landmark),
        new SessionPath(Loopback.SSID, Loopback.SESSION, Loopback.PATH_KEY));
    StampMac pathMac = StampMac.of(Loopback.PATH_KEY);
    for (int i = 1; i <= 2; i++) {
      assertThat(landmark.receive(datagram, 10 * SECOND)).isTrue();
      assertThat(PathDatagram.read(datagram.octets(), datagram.length(), Loopback.SESSION, pathMac))
          .isEqualTo(new PathDatagram(Loopback.SSID, Loopback.SESSION, i));
    }
  }
}
