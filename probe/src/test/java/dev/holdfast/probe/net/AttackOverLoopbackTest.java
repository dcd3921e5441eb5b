package dev.holdfast.probe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Refusal;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AttackOverLoopbackTest {
  private static final int GARBAGE = 10_000;

  private static Loopback attacked(UdpSocket atLandmark, UdpSocket atHost) {
    return new Loopback(atLandmark, atHost, ReflectorSettings.defaults());
  }

  @Test
  void a_reflector_is_silent_on_garbage_and_still_answers() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(11);
    try (Loopback loopback =
            attacked(Loopback.landmarkSocket(), Loopback.hostSocket()).withSession();
        UdpSocket stranger = Loopback.hostSocket()) {
      long before = loopback.reflector.counts().received();
      for (int i = 1; i <= GARBAGE; i++) {
        byte[] octets = new byte[random.nextInt(0, 400)];
        random.nextBytes(octets);
        stranger.send(octets, 0, octets.length, loopback.host());
        long sent = i;
        if (i % 100 == 0) {
          Loopback.await(() -> loopback.reflector.counts().received() >= before + sent);
        }
      }
      ReflectorCounts counts = loopback.reflector.counts();
      assertThat(counts.reflected()).isZero();
      assertThat(counts.silent(Silence.NO_SESSION)).isEqualTo(GARBAGE);
      assertThat(stranger.receive(new ReceivedDatagram(), 0)).isFalse();
      assertThat(loopback.measure().accepted()).isEqualTo(16);
    }
  }

  @Test
  void a_host_with_another_key_stays_silent_and_the_round_bounds_nothing()
      throws InterruptedException {
    try (Loopback loopback = attacked(Loopback.landmarkSocket(), Loopback.hostSocket())) {
      loopback.sessions.open(
          Loopback.SESSION, Loopback.SSID, Loopback.KEY, Loopback.PATH_KEY, Loopback.NEVER);
      loopback.host(Loopback.octets(99, 32));
      Loopback.await(() -> loopback.sessions.path(Loopback.SESSION).isPresent());
      RoundMeasurement round = loopback.measure();
      assertThat(round.accepted()).isZero();
      assertThat(round.exchanges()).hasSize(16);
      assertThat(loopback.reflector.counts().silent()).containsEntry(Silence.NOT_AUTHENTIC, 16L);
    }
  }

  @Test
  void answers_without_the_key_are_refused_even_if_they_are_first() throws InterruptedException {
    try (UdpSocket liar = Loopback.hostSocket()) {
      UdpSocket watched =
          new MeddlingSocket(Loopback.landmarkSocket()) {
            @Override
            public boolean send(byte[] octets, int from, int length, PeerAddress to) {
              byte[] forged = Arrays.copyOfRange(octets, from, from + length);
              PeerAddress landmark = SocketAddresses.of(localAddress());
              liar.send(forged, 0, length, landmark);
              // The same with the fields of an answer filled in, as far as they can be seen.
              System.arraycopy(octets, from, forged, 48, 4);
              System.arraycopy(octets, from + 16, forged, 64, 10);
              liar.send(forged, 0, length, landmark);
              return super.send(octets, from, length, to);
            }
          };
      try (Loopback loopback = attacked(watched, Loopback.hostSocket()).withSession()) {
        RoundMeasurement round = loopback.measure();
        assertThat(round.accepted()).isEqualTo(16);
        assertThat(round.exchanges()).allMatch(each -> loopback.host().equals(each.from()));
        // A bounced challenge says that it answers number zero; the other has a wrong HMAC.
        assertThat(round.refused())
            .containsOnly(entry(Refusal.NOT_AWAITED, 16), entry(Refusal.WRONG_MAC, 16));
      }
    }
  }

  @Test
  void a_second_answer_to_a_nonce_does_not_count() throws InterruptedException {
    UdpSocket stutters =
        new MeddlingSocket(Loopback.hostSocket()) {
          @Override
          public boolean reply(ReceivedDatagram datagram, int length) {
            super.reply(datagram, length);
            return super.reply(datagram, length);
          }
        };
    try (Loopback loopback = attacked(Loopback.landmarkSocket(), stutters).withSession()) {
      RoundMeasurement round = loopback.measure();
      assertThat(round.accepted()).isEqualTo(16);
      // The one behind the last answer comes when the round is over.
      Loopback.await(() -> {
        SenderCounts counts = loopback.sender.counts();
        return counts.refused(Refusal.DUPLICATE) + counts.refused(Refusal.LATE) == 16;
      });
    }
  }

  @Test
  void answers_in_another_order_belong_to_their_own_challenges() throws InterruptedException {
    UdpSocket turns =
        new MeddlingSocket(Loopback.hostSocket()) {
          private final Deque<byte[]> kept = new ArrayDeque<>();

          @Override
          public boolean reply(ReceivedDatagram datagram, int length) {
            kept.push(Arrays.copyOf(datagram.octets, length));
            if (kept.size() == 4) {
              for (byte[] each : kept) {
                send(each, 0, each.length, datagram.from());
              }
              kept.clear();
            }
            return true;
          }
        };
    try (Loopback loopback = attacked(Loopback.landmarkSocket(), turns).withSession()) {
      RoundMeasurement round = loopback.measure();
      assertThat(round.accepted()).isEqualTo(16);
      assertThat(round.refused()).isEmpty();
      for (int i = 0; i < 16; i += 4) {
        // The first of four waits for the three after it.
        assertThat(round.exchanges().get(i).roundTripNanoseconds())
            .isGreaterThan(round.exchanges().get(i + 3).roundTripNanoseconds());
      }
    }
  }

  @Test
  void an_answer_behind_the_end_of_its_round_is_late() throws InterruptedException {
    Deque<byte[]> kept = new ArrayDeque<>();
    UdpSocket keeps =
        new MeddlingSocket(Loopback.hostSocket()) {
          @Override
          public boolean reply(ReceivedDatagram datagram, int length) {
            synchronized (kept) {
              kept.add(Arrays.copyOf(datagram.octets, length));
            }
            return true;
          }
        };
    try (Loopback loopback = attacked(Loopback.landmarkSocket(), keeps).withSession()) {
      RoundMeasurement round =
          loopback.measure(new RoundSettings(10, Duration.ofMillis(1), Duration.ofMillis(20)));
      assertThat(round.accepted()).isZero();
      assertThat(round.interrupted()).isFalse();
      synchronized (kept) {
        for (byte[] each : kept) {
          loopback.reflector.send(each, loopback.landmark());
        }
      }
      Loopback.await(() -> loopback.sender.counts().refused(Refusal.LATE) == 10);
    }
  }

  @Test
  void a_captured_challenge_that_is_played_again_gets_no_answer() throws InterruptedException {
    byte[] captured = new byte[Challenge.LENGTH];
    UdpSocket watched =
        new MeddlingSocket(Loopback.landmarkSocket()) {
          @Override
          public boolean send(byte[] octets, int from, int length, PeerAddress to) {
            System.arraycopy(octets, from, captured, 0, length);
            return super.send(octets, from, length, to);
          }
        };
    try (Loopback loopback = attacked(watched, Loopback.hostSocket()).withSession()) {
      assertThat(loopback.measure().accepted()).isEqualTo(16);
      for (int i = 0; i < 100; i++) {
        // From the landmark's own address, as one who spoofs it would.
        watched.send(captured, 0, captured.length, loopback.host());
      }
      Loopback.await(() -> loopback.reflector.counts().silent(Silence.NOT_AUTHENTIC) == 100);
      assertThat(loopback.reflector.counts().reflected()).isEqualTo(16);
    }
  }
}
