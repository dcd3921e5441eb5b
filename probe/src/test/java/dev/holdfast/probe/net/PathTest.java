package dev.holdfast.probe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.SessionId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PathTest {
  private final SenderSessions sessions = new SenderSessions(new SplittableRandom(5));
  private final SessionSender sender =
      new SessionSender(
          Loopback.landmarkSocket(), sessions, new SplittableRandom(6), new SecureRandom());
  private final UdpSocket home = Loopback.hostSocket();
  private final UdpSocket elsewhere = Loopback.hostSocket();
  private final SessionPath path =
      new SessionPath(Loopback.SSID, Loopback.SESSION, Loopback.PATH_KEY);

  @BeforeEach
  void open() {
    sender.start();
    sessions.open(Loopback.SESSION, Loopback.SSID, Loopback.KEY, Loopback.PATH_KEY, Loopback.NEVER);
  }

  @AfterEach
  void close() {
    sender.close();
    home.close();
    elsewhere.close();
  }

  private static PeerAddress address(UdpSocket socket) {
    return SocketAddresses.of(socket.localAddress());
  }

  private void send(UdpSocket from, byte[] octets) {
    SenderCounts before = sender.counts();
    from.send(octets, 0, octets.length, SocketAddresses.of(sender.localAddress()));
    Loopback.await(() -> {
      SenderCounts counts = sender.counts();
      return counts.paths() + counts.badPaths() > before.paths() + before.badPaths();
    });
  }

  private Optional<PeerAddress> pathNow() {
    return sessions.path(Loopback.SESSION);
  }

  @Test
  void the_first_path_datagram_opens_the_path_and_a_later_one_moves_it() {
    assertThat(pathNow()).isEmpty();
    send(home, path.next());
    assertThat(pathNow()).contains(address(home));
    send(elsewhere, path.next());
    assertThat(pathNow()).contains(address(elsewhere));
  }

  @Test
  void a_path_datagram_that_is_played_again_moves_nothing() {
    byte[] first = path.next();
    byte[] second = path.next();
    send(home, second);
    send(elsewhere, second);
    send(elsewhere, first);
    assertThat(pathNow()).contains(address(home));
    assertThat(sender.counts().badPaths()).isEqualTo(2);
  }

  @Test
  void a_path_datagram_under_another_key_or_of_another_session_opens_nothing() {
    SessionId other = SessionId.of(Loopback.octets(8, SessionId.LENGTH));
    send(home, new SessionPath(Loopback.SSID, Loopback.SESSION, Loopback.KEY).next());
    send(home, new SessionPath(Loopback.SSID, other, Loopback.PATH_KEY).next());
    send(home, new SessionPath(77, Loopback.SESSION, Loopback.PATH_KEY).next());
    assertThat(pathNow()).isEmpty();
    assertThat(sender.counts().badPaths()).isEqualTo(3);
  }

  @Test
  void no_challenge_is_sent_before_there_is_a_path() {
    assertRefused(sender.measure(Loopback.SESSION, Loopback.QUICK), ErrorCode.NO_PATH);
    assertThat(sender.counts().sent()).isZero();
  }

  @Test
  void a_session_that_is_not_open_is_not_measured() {
    SessionId other = SessionId.of(Loopback.octets(8, SessionId.LENGTH));
    assertRefused(sender.measure(other, Loopback.QUICK), ErrorCode.SESSION_NOT_OPEN);
  }

  @Test
  void a_session_whose_time_is_over_is_closed() {
    sessions.close(Loopback.SESSION);
    sessions.open(Loopback.SESSION, Loopback.SSID, Loopback.KEY, Loopback.PATH_KEY, 1_000);
    Loopback.await(() -> !sessions.isOpen(Loopback.SESSION));
    assertRefused(sender.measure(Loopback.SESSION, Loopback.QUICK), ErrorCode.SESSION_NOT_OPEN);
  }

  @Test
  void a_session_has_one_round_at_a_time() throws Exception {
    send(home, path.next());
    RoundSettings slow = new RoundSettings(3, Duration.ofSeconds(20), Duration.ZERO);
    CompletableFuture<RoundMeasurement> first = sender.measure(Loopback.SESSION, slow);
    assertRefused(sender.measure(Loopback.SESSION, slow), ErrorCode.ROUND_RUNNING);
    // A round without a challenge would be cancelled instead.
    Loopback.await(() -> sender.counts().sent() >= 1);
    sessions.close(Loopback.SESSION);
    sender.close();
    assertThat(first.get(20, TimeUnit.SECONDS).interrupted()).isTrue();
  }

  @Test
  void challenges_follow_the_path_within_a_round_and_both_addresses_stand_in_it() throws Exception {
    send(home, path.next());
    CompletableFuture<RoundMeasurement> round =
        sender.measure(
            Loopback.SESSION, new RoundSettings(10, Duration.ofMillis(100), Duration.ofMillis(10)));
    ReceivedDatagram datagram = new ReceivedDatagram();
    Loopback.await(() -> home.receive(datagram, 1_000_000));
    send(elsewhere, path.next());
    Loopback.await(() -> elsewhere.receive(datagram, 1_000_000));
    assertThat(round.get(20, TimeUnit.SECONDS).addresses())
        .containsExactly(address(home), address(elsewhere));
  }

  @Test
  void stopping_ends_a_round_as_a_part_that_says_so() throws Exception {
    send(home, path.next());
    CompletableFuture<RoundMeasurement> round =
        sender.measure(
            Loopback.SESSION, new RoundSettings(100, Duration.ofMillis(100), Duration.ZERO));
    Loopback.await(() -> sender.counts().sent() >= 2);
    sender.close();
    RoundMeasurement part = round.get(20, TimeUnit.SECONDS);
    assertThat(part.interrupted()).isTrue();
    assertThat(part.accepted()).isZero();
    assertThat(part.exchanges()).hasSizeBetween(2, 99);
    assertThat(sender.measure(Loopback.SESSION, Loopback.QUICK)).isCancelled();
  }

  private static void assertRefused(CompletableFuture<RoundMeasurement> round, ErrorCode code) {
    assertThatThrownBy(() -> round.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            CodedException.class, thrown -> assertThat(thrown.problem().code()).isEqualTo(code));
  }
}
