package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of addresses. */
final class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.168.4.0/23, 192.168.5.255, true",
    "192.168.4.0/23, 192.168.6.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "127.0.0.1/32, 127.0.0.1, true",
    "127.0.0.1/32, 127.0.0.2, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe80::1, false",
    "fd00::/8, 10.0.0.1, false",
    "10.0.0.0/8, ::1, false"
  })
  void an_address_is_in_a_network_whose_leading_bits_it_has(
      String network, String address, boolean held) {
    assertThat(Network.parse(network).holds(InetAddress.ofLiteral(address))).isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "fd00::/129",
        "10.0.0.1/8",
        "host/8",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.0/1e1"
      })
  void what_is_no_network_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
  }

  @Test
  void it_prints_as_it_is_read() {
    assertThat(Network.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
  }
}
