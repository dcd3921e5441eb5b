package dev.holdfast.probe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.probe.PeerAddress;
import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class UdpSocketTest {
  private static final long SECOND = 1_000_000_000L;

  private final ReceivedDatagram datagram = new ReceivedDatagram();

  private static UdpSocket open(String address, Stamps stamps) {
    return UdpSockets.open(Loopback.any(address), stamps);
  }

  private static PeerAddress at(String address, UdpSocket socket) {
    return PeerAddress.of(
        InetAddress.ofLiteral(address).getAddress(), socket.localAddress().getPort());
  }

  private static boolean send(UdpSocket socket, int length, PeerAddress to) {
    return socket.send(Loopback.octets(length, length), 0, length, to);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, BOTH", "127.0.0.1, RECEIVE", "127.0.0.1, PROCESS",
    "::1, BOTH", "::1, RECEIVE", "::1, PROCESS"
  })
  void what_is_sent_comes_as_it_was_and_says_from_where(String address, Stamps stamps) {
    try (UdpSocket here = open(address, stamps);
        UdpSocket there = open(address, stamps)) {
      for (int length : new int[] {0, 1, 152, ReceivedDatagram.CAPACITY}) {
        assertThat(send(here, length, at(address, there))).isTrue();
        assertThat(there.receive(datagram, SECOND)).isTrue();
        assertThat(Arrays.copyOf(datagram.octets(), datagram.length()))
            .isEqualTo(Loopback.octets(length, length));
        assertThat(datagram.truncated()).isFalse();
        assertThat(datagram.from()).isEqualTo(at(address, here));
        assertThat(there.reply(datagram, datagram.length())).isTrue();
        assertThat(here.receive(datagram, SECOND)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Stamps.class)
  void a_socket_of_both_families_hears_both(Stamps stamps) {
    try (UdpSocket both = open("::", stamps);
        UdpSocket four = open("127.0.0.1", stamps);
        UdpSocket six = open("::1", stamps)) {
      send(four, 10, at("127.0.0.1", both));
      assertThat(both.receive(datagram, SECOND)).isTrue();
      assertThat(datagram.from()).isEqualTo(at("127.0.0.1", four));
      assertThat(both.reply(datagram, 10)).isTrue();
      assertThat(four.receive(datagram, SECOND)).isTrue();
      send(six, 10, at("::1", both));
      assertThat(both.receive(datagram, SECOND)).isTrue();
      assertThat(datagram.from()).isEqualTo(at("::1", six));
      assertThat(send(both, 10, at("127.0.0.1", four))).isTrue();
      assertThat(four.receive(datagram, SECOND)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Stamps.class)
  void a_datagram_that_is_too_long_is_cut_off_and_says_so(Stamps stamps) {
    try (UdpSocket here = open("127.0.0.1", Stamps.PROCESS);
        UdpSocket there = open("127.0.0.1", stamps)) {
      send(here, ReceivedDatagram.CAPACITY + 1, at("127.0.0.1", there));
      assertThat(there.receive(datagram, SECOND)).isTrue();
      assertThat(datagram.truncated()).isTrue();
      assertThat(datagram.length()).isEqualTo(ReceivedDatagram.CAPACITY);
    }
  }

  @ParameterizedTest
  @EnumSource(Stamps.class)
  void errors_of_the_network_are_no_exceptions(Stamps stamps) {
    try (UdpSocket here = open("127.0.0.1", stamps);
        UdpSocket there = open("127.0.0.1", stamps)) {
      UdpSocket gone = open("127.0.0.1", stamps);
      gone.close();
      for (int i = 0; i < 10; i++) {
        send(here, 152, at("127.0.0.1", gone));
        here.receive(datagram, 1);
      }
      assertThat(send(here, 10, at("::1", there))).as("IPv6 from a socket of IPv4").isFalse();
      assertThat(here.send(new byte[70_000], 0, 70_000, at("127.0.0.1", there))).isFalse();
      assertThat(send(here, 10, PeerAddress.ofIpv4(0x7F000001, 0))).as("port zero").isFalse();
      assertThat(send(here, 10, at("127.0.0.1", there))).isTrue();
      assertThat(there.receive(datagram, SECOND)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Stamps.class)
  void who_waits_can_be_woken_before_and_while_waiting(Stamps stamps) throws InterruptedException {
    try (UdpSocket socket = open("127.0.0.1", stamps)) {
      socket.wakeup();
      assertThat(socket.receive(datagram, 3_600 * SECOND)).isFalse();
      Thread waiting =
          Thread.ofPlatform().start(() -> socket.receive(new ReceivedDatagram(), 3_600 * SECOND));
      Loopback.await(() ->
          waiting.getState() == Thread.State.RUNNABLE
              || waiting.getState() == Thread.State.TIMED_WAITING);
      socket.wakeup();
      waiting.join(20_000);
      assertThat(waiting.isAlive()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Stamps.class)
  void a_closed_socket_does_nothing_any_more(Stamps stamps) {
    UdpSocket socket = open("127.0.0.1", stamps);
    socket.close();
    socket.close();
    socket.wakeup();
    assertThat(socket.isClosed()).isTrue();
    assertThat(socket.receive(datagram, SECOND)).isFalse();
    assertThat(send(socket, 10, PeerAddress.ofIpv4(0x7F000001, 9))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Stamps.class)
  void an_address_that_is_taken_or_not_here_is_a_coded_error(Stamps stamps) {
    try (UdpSocket first = open("127.0.0.1", stamps)) {
      assertThatThrownBy(() -> UdpSockets.open(first.localAddress(), stamps))
          .isInstanceOfSatisfying(
              CodedException.class,
              thrown -> assertThat(thrown.problem().code()).isEqualTo(ErrorCode.SOCKET_FAILED));
    }
    assertThatThrownBy(() -> open("192.0.2.77", stamps)).isInstanceOf(CodedException.class);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "::1"})
  void the_kernel_says_when_something_left_and_came_and_how_far_it_may_still_go(String address) {
    assumeTrue(UdpSockets.kernelStamps(), "no kernel stamps on this machine");
    try (UdpSocket here = open(address, Stamps.BOTH);
        UdpSocket there = open(address, Stamps.RECEIVE)) {
      StampClock clock = here.newClock();
      for (int i = 0; i < 100; i++) {
        ClockReading before = new ClockReading();
        ClockReading after = new ClockReading();
        clock.read(before);
        send(here, 152, at(address, there));
        assertThat(there.receive(datagram, SECOND)).isTrue();
        TransmitStamp stamp = new TransmitStamp();
        assertThat(here.takeTransmitStamp(stamp)).isTrue();
        clock.read(after);
        assertThat(Arrays.copyOfRange(stamp.octets(), stamp.length() - 152, stamp.length()))
            .isEqualTo(Loopback.octets(152, 152));
        assertThat(stamp.realtime()).isBetween(before.realtime(), datagram.realtime());
        assertThat(datagram.realtime()).isLessThanOrEqualTo(after.realtime());
        assertThat(datagram.timeToLive()).isEqualTo(64);
        assertThat(here.takeTransmitStamp(stamp)).isFalse();
      }
    }
  }
}
