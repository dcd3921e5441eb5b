package dev.holdfast.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  private static final String LANDMARK =
      """
      certificate: a.pem
      key: a.key
      authorities: ca.pem
      position: a.json
      spool: spool
      """;
  private static final String AGENT =
      """
      certificate: a.pem
      authorities: ca.pem
      revocations: crl.pem
      landmarks:
        - name: fra-1
          address: '[2001:db8::1]:8863'
        - name: tyo-1
          address: tyo-1.example.com:9000
      spool: spool
      pkcs11:
        configuration: chip.cfg
        alias: it's
        pin-file: pin
      """;

  private static final String FULL_AGENT =
      AGENT
          + """
          inventory-every: 90m
          evidence-every: 2m
          redfish:
            address: https://bmc.example.com/
            authorities: bmc-ca.pem
            credentials: bmc.secret
          """;

  private static LandmarkSettings landmark(String text) {
    return LandmarkSettings.of(ConfigurationFile.parse(text, "test.yaml"));
  }

  private static AgentSettings agent(String text) {
    return AgentSettings.of(ConfigurationFile.parse(text, "test.yaml"));
  }

  private static void refused(String text, String... parts) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> landmark(text))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
          assertThat(e.problem().sentence()).contains("test.yaml").contains(parts);
        });
  }

  @Test
  void whatIsNotSaidHasADefault() {
    LandmarkSettings settings = landmark(LANDMARK);
    assertThat(settings.sessionAddress().getPort()).isEqualTo(8863);
    assertThat(settings.probeAddress().getPort()).isEqualTo(8862);
    assertThat(settings.probePorts()).isEqualTo(1);
    assertThat(settings.transcriptLimit()).isEqualTo(256 << 20);
    assertThat(settings.every()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.revocations()).isEmpty();
    assertThat(settings.log()).isEqualTo(LogForm.TEXT);
  }

  @Test
  void anAgentLooksEachHourAndItsChipsSignEachFiveMinutes() {
    AgentSettings usual = agent(AGENT);
    assertThat(usual.inventoryEvery()).isEqualTo(Duration.ofHours(1));
    assertThat(usual.evidenceEvery()).isEqualTo(Duration.ofMinutes(5));
    assertThat(usual.redfish()).isEmpty();
    AgentSettings full = agent(FULL_AGENT);
    assertThat(full.inventoryEvery()).isEqualTo(Duration.ofMinutes(90));
    assertThat(full.evidenceEvery()).isEqualTo(Duration.ofMinutes(2));
    assertThat(full.redfish())
        .contains(
            new RedfishSettings(
                URI.create("https://bmc.example.com/"),
                Optional.of(Path.of("bmc-ca.pem")),
                Path.of("bmc.secret")));
  }

  @Test
  void everyRefusalOfAnAgentNamesLineAndKey() {
    refusedAgent(AGENT + "inventory-every: 59s\n", "inventory-every", "a minute to a day");
    refusedAgent(AGENT + "inventory-every: 2d\n", "inventory-every", "a minute to a day");
    refusedAgent(AGENT + "evidence-every: 1s\n", "evidence-every", "a minute to a day");
    refusedAgent(AGENT + "redfish:\n  address: https://b/\n", "redfish.credentials", "missing");
    refusedAgent(
        AGENT + "redfish:\n  address: http://b/\n  credentials: c\n",
        "redfish.address",
        "without TLS");
    refusedAgent(
        AGENT + "redfish:\n  address: https://b/\n  credentials: c\n  insecure: true\n",
        "redfish.insecure",
        "no such key");
  }

  private static void refusedAgent(String text, String... parts) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> agent(text))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
          assertThat(e.problem().sentence()).contains("test.yaml").contains(parts);
        });
  }

  @Test
  void whatIsPrintedReadsAsTheSame() {
    LandmarkSettings changed =
        landmark(
            LANDMARK
                + """
                session-address: 127.0.0.1:1
                probe-address: '[::1]:2'
                probe-ports: 3
                spool-limit: 3KiB
                transcript-limit: 2MiB
                round-every: 90s
                challenges: 20
                spacing: 7ms
                patience: 1s
                session-lifetime: 1h
                log: json
                """);
    assertThat(changed.spoolLimit()).isEqualTo(3 << 10);
    assertThat(landmark(changed.print())).isEqualTo(changed);
    assertThat(agent(agent(FULL_AGENT).print())).isEqualTo(agent(FULL_AGENT));
    AgentSettings agent = agent(AGENT);
    assertThat(agent.landmarks().getFirst().address()).isEqualTo(new HostPort("2001:db8::1", 8863));
    assertThat(agent(agent.print())).isEqualTo(agent);
  }

  @Test
  void everyRefusalNamesLineAndKey() {
    refused(LANDMARK + "rounds-every: 1s\n", ":6:", "rounds-every", "no such key");
    refused(LANDMARK + "spool: again\n", ":6:", "spool", "twice");
    refused(LANDMARK.replace("spool: spool\n", ""), "spool", "missing");
    refused(LANDMARK + "round-every: soon\n", ":6:", "round-every", "soon");
    refused(LANDMARK + "round-every: 10ms\n", ":6:", "round-every", "a second to a day");
    refused(LANDMARK + "round-every: 2d\n", ":6:", "round-every", "a second to a day");
    refused(LANDMARK + "challenges: 9\n", "challenges");
    refused(LANDMARK + "challenges: [1]\n", ":6:", "challenges", "single value");
    refused(LANDMARK + "session-address: example.com:1\n", "session-address", "IP address");
    refused(LANDMARK + "spool-limit: 1\n", "spool-limit", "512MiB");
    refused(LANDMARK + "session-lifetime: 2d\n", ":6:", "session-lifetime", "a day");
    refused(LANDMARK + "probe-ports: 0\n", "probe-ports", "1 to 16");
    refused(LANDMARK + "probe-ports: 17\n", "probe-ports", "1 to 16");
    refused(LANDMARK + "probe-address: 0.0.0.0:65535\nprobe-ports: 2\n", "probe-ports", "65,535");
    refused(LANDMARK + "transcript-limit: 1KiB\n", ":6:", "transcript-limit", "1MiB");
    refused(LANDMARK + "log: xml\n", "log", "text or json");
    refused(LANDMARK + "pkcs11: here\n", "pkcs11", "keys with values");
  }

  @Test
  void whatIsNoYamlIsRefusedWithItsLine() {
    refused("a: [1\nb: 2\n", "not YAML");
    refused("- a\n- b\n", "no keys with values");
    refused("", "no keys with values");
    refused("a: &x [1]\nb: *x\n", "test.yaml");
    refused("? [complex]\n: value\n", "test.yaml");
  }
}
