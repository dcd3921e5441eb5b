package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerAddressTest {
  private static PeerAddress of(String address) throws UnknownHostException {
    return PeerAddress.of(InetAddress.getByName(address).getAddress(), 8862);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "0.0.0.0", "255.255.255.255"})
  void an_ipv4_address_is_written_as_everybody_does(String address) throws UnknownHostException {
    assertThat(of(address)).hasToString(address + ":8862");
    assertThat(of(address).octets()).isEqualTo(InetAddress.getByName(address).getAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::1",
        "::",
        "::1",
        "fe80::",
        "2001:db8:0:1:1:1:1:1",
        "2001:0:0:1::1",
        "2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7:8"
      })
  void an_ipv6_address_is_written_as_rfc_5952_says(String address) throws UnknownHostException {
    assertThat(of(address)).hasToString("[" + address + "]:8862");
    assertThat(of(address).octets()).isEqualTo(InetAddress.getByName(address).getAddress());
  }

  @Test
  void the_mapped_form_of_an_ipv4_address_is_the_ipv4_address() {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
    assertThat(PeerAddress.of(mapped, 1)).isEqualTo(PeerAddress.ofIpv4(0x0A000001, 1));
  }

  @Test
  void what_is_no_address_is_refused() {
    assertThatThrownBy(() -> PeerAddress.of(new byte[5], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PeerAddress.ofIpv4(0, 65536))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
