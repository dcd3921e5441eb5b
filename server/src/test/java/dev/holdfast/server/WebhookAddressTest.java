package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where notifications may be sent to. */
final class WebhookAddressTest {
  private static final WebhookAddress OPEN = WebhookAddress.parse("https://hooks.example/in?a=b");

  @Test
  void an_address_is_taken_apart() {
    assertThat(OPEN.host()).isEqualTo("hooks.example");
    assertThat(OPEN.port()).isEqualTo(443);
    assertThat(OPEN.path()).isEqualTo("/in?a=b");
    assertThat(OPEN.authority()).isEqualTo("hooks.example");
    assertThat(OPEN.isSecure()).isTrue();
    WebhookAddress here = WebhookAddress.parse("http://[::1]:8080");
    assertThat(here.host()).isEqualTo("::1");
    assertThat(here.port()).isEqualTo(8080);
    assertThat(here.path()).isEqualTo("/");
    assertThat(here.isSecure()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/",
        "http://localhost/",
        "http://10.0.0.1/",
        "ftp://hooks.example/",
        "https://user:pass@hooks.example/",
        "https://hooks.example/#x",
        "https:///in",
        "hooks",
        "https://hooks.example:0/",
        "https://hooks.example:70000/",
        "https://hooks.example/ x",
        "https://hooks.example/\r\nX: y",
        "file:///etc/passwd",
        "https://ho\u00f6ks.example/",
        ""
      })
  void nothing_is_sent_elsewhere(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> WebhookAddress.parse(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "203.0.113.1",
        "::1",
        "::",
        "fe80::1",
        "fec0::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:db8::1"
      })
  void a_name_that_stands_for_an_address_within_is_not_followed(String address) {
    assertThat(OPEN.mayReach(InetAddress.ofLiteral(address), List.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "192.169.0.1", "2606:4700::1111"})
  void what_is_on_the_open_net_is_reached(String address) {
    assertThat(OPEN.mayReach(InetAddress.ofLiteral(address), List.of())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"10.1.2.3, true", "10.2.2.3, false", "169.254.169.254, false"})
  void settings_open_a_network_within(String address, boolean open) {
    List<Network> allowed = List.of(Network.parse("10.1.0.0/16"));
    assertThat(OPEN.mayReach(InetAddress.ofLiteral(address), allowed)).isEqualTo(open);
  }

  @Test
  void only_who_says_so_literally_means_this_machine() {
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    assertThat(WebhookAddress.parse("http://127.0.0.1:1/").mayReach(here, List.of())).isTrue();
    assertThat(WebhookAddress.parse("https://[::1]:1/").mayReach(here, List.of())).isTrue();
    assertThat(OPEN.mayReach(here, List.of())).isFalse();
    assertThat(WebhookAddress.parse("https://localhost/").mayReach(here, List.of())).isFalse();
  }
}
