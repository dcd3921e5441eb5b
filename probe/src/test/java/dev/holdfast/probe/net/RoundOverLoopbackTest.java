package dev.holdfast.probe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.StampKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundOverLoopbackTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, BOTH, RECEIVE",
    "127.0.0.1, BOTH, PROCESS",
    "127.0.0.1, PROCESS, RECEIVE",
    "127.0.0.1, PROCESS, PROCESS",
    "::1, BOTH, RECEIVE",
    "::1, PROCESS, PROCESS"
  })
  void an_honest_round_is_answered_in_full(String address, Stamps landmark, Stamps host)
      throws InterruptedException {
    try (Loopback loopback = new Loopback(address, landmark, host).withSession()) {
      RoundMeasurement round = loopback.measure();
      assertThat(round.accepted()).isEqualTo(16);
      assertThat(round.interrupted()).isFalse();
      assertThat(round.refused()).isEmpty();
      assertThat(round.addresses()).containsExactly(loopback.host());
      assertThat(round.exchanges())
          .allMatch(each -> each.roundTripNanoseconds() > 0)
          .allMatch(each -> loopback.host().equals(each.from()));
      assertThat(round.end()).isAfterOrEqualTo(round.begin());
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "::1"})
  void the_kernel_measures_where_it_can(String address) throws InterruptedException {
    assumeTrue(UdpSockets.kernelStamps(), "no kernel stamps on this machine");
    try (Loopback loopback = new Loopback(address, Stamps.BOTH, Stamps.RECEIVE).withSession()) {
      RoundMeasurement round = loopback.measure();
      assertThat(round.transmit()).isEqualTo(StampKind.KERNEL);
      assertThat(round.receive()).isEqualTo(StampKind.KERNEL);
      assertThat(loopback.sender.counts().unstamped()).isLessThan(round.accepted());
    }
  }
}
