package dev.holdfast.edge;

import static dev.holdfast.edge.FakeController.CHASSIS;
import static dev.holdfast.edge.FakeController.INTEGRITY;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedfishSourceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ACTION = INTEGRITY + "/HGX_IRoT_GPU_0/Actions/Sign";
  private static final String SIGNED = "{\"SignedMeasurements\":\"c2lnbmVk\"}";
  private static final RedfishLimits LIMITS =
      new RedfishLimits(20, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofMillis(10));

  @TempDir private Path folder;
  private FakeController controller;

  @BeforeEach
  void begin() throws IOException {
    controller = new FakeController();
  }

  @AfterEach
  void end() {
    controller.close();
  }

  private Path credentials(String text) {
    Path file = folder.resolve("credentials-" + text.hashCode());
    if (!Files.exists(file)) {
      OwnersFiles.create(file, text.getBytes(US_ASCII));
    }
    return file;
  }

  private RedfishSource source(URI address, Optional<Path> authorities) {
    return new RedfishSource(
        new RedfishSettings(address, authorities, credentials("root:secret\n")),
        LIMITS,
        InstantSource.fixed(NOW));
  }

  private RedfishSource source() {
    return source(controller.address("http"), Optional.empty());
  }

  private void refused(ErrorCode code, String... parts) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> source().look())
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(code);
          assertThat(e.problem().sentence()).contains(parts).doesNotContain("secret");
        });
  }

  private void responder() {
    controller.collection(INTEGRITY, "", INTEGRITY + "/HGX_IRoT_GPU_0");
    controller.put(
        INTEGRITY + "/HGX_IRoT_GPU_0",
        """
        {"@odata.type":"#ComponentIntegrity.v1_2_0.ComponentIntegrity","Id":"HGX_IRoT_GPU_0",
        "ComponentIntegrityEnabled":true,"SPDM":{"IdentityAuthentication":
        {"ResponderAuthentication":{"ComponentCertificate":{"@odata.id":"/redfish/v1/Chain"}}}},
        "Actions":{"#ComponentIntegrity.SPDMGetSignedMeasurements":{"target":"%s"}}}\
        """
            .formatted(ACTION));
    controller.put("/redfish/v1/Chain", "{\"CertificateString\":\"PEM\"}");
  }

  @Test
  void chips_switches_and_the_chassis_are_found_page_by_page() {
    controller.collection(
        CHASSIS,
        "/redfish/v1/Chassis/more",
        CHASSIS + "/HGX_GPU_SXM_1",
        CHASSIS + "/HGX_NVSwitch_0",
        CHASSIS + "/Self");
    controller.collection(
        "/redfish/v1/Chassis/more", "", CHASSIS + "/HGX_GPU_SXM_2", CHASSIS + "/HGX_GPU_SXM_1");
    controller.chassis("HGX_GPU_SXM_1", ",\"SerialNumber\":\"1\",\"Model\":\"H100\"");
    controller.chassis("HGX_GPU_SXM_2", ",\"SerialNumber\":\"2\"");
    controller.chassis("HGX_NVSwitch_0", ",\"SerialNumber\":\"3\"");
    controller.chassis("Self", ",\"ChassisType\":\"RackMount\",\"SerialNumber\":\"J1\"");
    Inventory inventory = source().look();
    assertThat(inventory.at()).isEqualTo(NOW);
    assertThat(inventory.chips())
        .extracting(chip -> chip.aliases().getFirst())
        .containsExactly(
            new Alias(Alias.Kind.BOARD_SERIAL, "1"), new Alias(Alias.Kind.BOARD_SERIAL, "2"));
    assertThat(inventory.switches()).hasSize(1);
    assertThat(inventory.signs().get(HostSign.CHASSIS_SERIAL)).containsExactly("J1");
    assertThat(controller.secrets)
        .containsOnly(
            "Authorization: Basic "
                + Base64.getEncoder().encodeToString("root:secret".getBytes(US_ASCII)));
  }

  @Test
  void the_meters_of_a_chip_are_read_where_its_chassis_says_that_they_are() {
    controller.collection(
        CHASSIS, "", CHASSIS + "/HGX_GPU_SXM_1", CHASSIS + "/HGX_GPU_SXM_2", CHASSIS + "/Self");
    for (String id : List.of("HGX_GPU_SXM_1", "HGX_GPU_SXM_2", "Self")) {
      controller.chassis(
          id,
          ",\"EnvironmentMetrics\":{\"@odata.id\":\"%s/%s/EnvironmentMetrics\"}"
              .formatted(CHASSIS, id));
    }
    controller.put(
        CHASSIS + "/HGX_GPU_SXM_1/EnvironmentMetrics",
        "{\"@odata.type\":\"#EnvironmentMetrics.v1_3_0.EnvironmentMetrics\",\"@odata.id\":\""
            + CHASSIS
            + "/HGX_GPU_SXM_1/EnvironmentMetrics\",\"PowerWatts\":{\"Reading\":71},"
            + "\"EnergyJoules\":{\"Reading\":120371}}");
    assertThat(source().look().chips())
        .extracting(Chip::meter)
        .as("the second has none, and nobody asks for those of the whole")
        .containsExactly(new Meter(71.0, 120_371_000L), null);
    assertThat(controller.requests)
        .contains("GET " + CHASSIS + "/HGX_GPU_SXM_2/EnvironmentMetrics")
        .doesNotContain("GET " + CHASSIS + "/Self/EnvironmentMetrics");
  }

  @Test
  void a_token_goes_in_a_header_of_its_own() {
    controller.collection(CHASSIS, "");
    assertThat(
            new RedfishSource(
                    new RedfishSettings(
                        controller.address("http"), Optional.empty(), credentials("abc123")),
                    InstantSource.fixed(NOW))
                .look()
                .chips())
        .isEmpty();
    assertThat(controller.secrets).containsExactly("X-Auth-Token: abc123");
  }

  @Test
  void credentials_that_others_can_read_are_not_even_looked_at() throws IOException {
    Path open = folder.resolve("open");
    Files.writeString(open, "root:secret");
    assertThat(open.toFile().setReadable(true, false)).isTrue();
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() ->
            new RedfishSource(
                    new RedfishSettings(controller.address("http"), Optional.empty(), open),
                    InstantSource.fixed(NOW))
                .look())
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.BAD_KEY_FILE));
    assertThat(controller.requests).isEmpty();
  }

  @Test
  void a_component_signs_the_nonce() {
    responder();
    controller.put(ACTION, SIGNED);
    byte[] nonce = new byte[32];
    nonce[0] = (byte) 0xAB;
    EvidenceSource.Gathered gathered = source().evidence(nonce);
    assertThat(gathered.problems()).isEmpty();
    EvidenceSource.ChipEvidence only = gathered.evidence().getFirst();
    assertThat(only.component()).isEqualTo("HGX_IRoT_GPU_0");
    assertThat(only.report()).isEqualTo("signed".getBytes(US_ASCII));
    assertThat(only.certificates()).isEqualTo("PEM".getBytes(US_ASCII));
    assertThat(only.signing()).isPositive();
    assertThat(controller.requests)
        .contains(
            "POST "
                + ACTION
                + " {\"MeasurementIndices\":[255],\"Nonce\":\"ab"
                + "00".repeat(31)
                + "\",\"SlotId\":0}");
  }

  @Test
  void a_task_is_asked_until_it_says_where_the_result_is() {
    responder();
    controller.put(
        ACTION,
        exchange ->
            FakeController.send(
                exchange,
                202,
                "{\"@odata.id\":\"/redfish/v1/TaskService/Tasks/0\",\"TaskState\":\"Running\"}"));
    controller.put(
        "/redfish/v1/TaskService/Tasks/0",
        exchange ->
            FakeController.send(
                exchange,
                200,
                controller.requests.size() < 6
                    ? "{\"@odata.id\":\"/redfish/v1/TaskService/Tasks/0\",\"TaskState\":\"Running\"}"
                    : "{\"TaskState\":\"Completed\",\"Payload\":{\"HttpHeaders\":"
                        + "[\"Host: x\",\"Location: "
                        + ACTION
                        + "/data\"]}}"));
    controller.put(ACTION + "/data", SIGNED);
    assertThat(source().evidence(new byte[32]).evidence()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"SignedMeasurements\":\"\"}",
        "{\"SignedMeasurements\":7}",
        "{\"TaskState\":\"Running\"}",
        "{\"TaskState\":\"Exception\"}",
        "{\"TaskState\":\"Completed\"}",
        "{\"TaskState\":\"Running\",\"@odata.id\":\"http://198.51.100.1/redfish/v1/x\"}",
        "{\"TaskState\":\"Completed\",\"Payload\":{\"HttpHeaders\":[\"Location: //198.51.100.1/x\"]}}"
      })
  void a_component_that_does_not_sign_is_told_with_its_reason(String answer) {
    responder();
    controller.put(ACTION, answer);
    EvidenceSource.Gathered gathered = source().evidence(new byte[32]);
    assertThat(gathered.evidence()).isEmpty();
    assertThat(gathered.problems()).hasSize(1);
  }

  @Test
  void a_task_that_never_ends_ends_here() {
    responder();
    String task = "{\"@odata.id\":\"/redfish/v1/Task\",\"TaskState\":\"Running\"}";
    controller.put(ACTION, task);
    controller.put("/redfish/v1/Task", task);
    assertThat(source().evidence(new byte[32]).problems().getFirst().sentence())
        .contains("more than 20 resources");
  }

  @Test
  void a_controller_without_such_resources_has_nothing() {
    assertThat(source().look().chips()).isEmpty();
    assertThat(source().evidence(new byte[32]).evidence()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://198.51.100.1/redfish/v1/Chassis/1",
        "//198.51.100.1/redfish/v1/Chassis/1",
        "/redfish/v1/../../etc",
        "/other",
        "file:///etc/passwd",
        "/redfish/v1/Chassis/a b",
        "/redfish/v1/Chassis/a?x=http://198.51.100.1",
        "@198.51.100.1/redfish/v1/Chassis"
      })
  void a_reference_to_anything_else_is_never_followed(String reference) {
    controller.collection(CHASSIS, "", reference);
    refused(ErrorCode.PEER_FAILED, "no resource of its own");
    controller.collection(CHASSIS, reference);
    refused(ErrorCode.PEER_FAILED, "no resource of its own");
    assertThat(controller.requests).containsOnly("GET " + CHASSIS);
  }

  @Test
  void what_redirects_is_not_followed() {
    controller.put(
        CHASSIS,
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
          FakeController.send(exchange, 302, "");
        });
    refused(ErrorCode.PEER_FAILED, "status 302");
  }

  @Test
  void circles_and_long_ways_end() {
    controller.collection(CHASSIS, CHASSIS);
    refused(ErrorCode.PEER_FAILED, "leads back to itself");
    for (int i = 0; i < 30; i++) {
      controller.collection(
          CHASSIS + (i == 0 ? "" : "/p" + i), CHASSIS + "/p" + (i + 1), new String[0]);
    }
    refused(ErrorCode.PEER_FAILED, "more than 20 resources");
  }

  @Test
  void answers_that_are_huge_slow_or_no_documents_are_refused() {
    controller.put(CHASSIS, "{\"Members\":[" + "1,".repeat(600_000) + "1]}");
    refused(ErrorCode.PEER_UNREACHABLE, CHASSIS);
    controller.put(
        CHASSIS,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 100; i++) {
              out.write(' ');
              out.flush();
              Thread.sleep(100);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    refused(ErrorCode.PEER_FAILED, "not answered in time");
    for (String wrong : new String[] {"[]", "{\"Members\":7}", "{\"Members\":[7]}", "{}"}) {
      controller.put(CHASSIS, wrong);
      refused(ErrorCode.PEER_FAILED, CHASSIS);
    }
    controller.put(CHASSIS, "{\"Members\":");
    refused(ErrorCode.MALFORMED_JSON, CHASSIS);
    controller.put(CHASSIS, exchange -> FakeController.send(exchange, 401, ""));
    refused(ErrorCode.PEER_FAILED, "status 401");
    controller.close();
    refused(ErrorCode.PEER_UNREACHABLE, CHASSIS);
  }

  @Test
  void a_certificate_is_checked_against_the_authorities_that_are_named() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Path pem = folder.resolve("bmc.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "bmc",
        "-keyalg",
        "EC",
        "-dname",
        "CN=bmc",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        keys.toString(),
        "-storepass",
        "changeit");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "bmc",
        "-keystore",
        keys.toString(),
        "-storepass",
        "changeit",
        "-file",
        pem.toString());
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    try (FakeController secured = new FakeController(server)) {
      secured.collection(CHASSIS, "");
      URI address = secured.address("https");
      assertThat(source(address, Optional.of(pem)).look().chips()).isEmpty();
      secured.secrets.clear();
      assertThatExceptionOfType(CodedException.class)
          .isThrownBy(() -> source(address, Optional.empty()).look())
          .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.PEER_UNREACHABLE));
      assertThat(secured.secrets).as("the password stays here").isEmpty();
      URI otherName = URI.create(address.toString().replace("127.0.0.1", "localhost"));
      assertThatExceptionOfType(CodedException.class)
          .isThrownBy(() -> source(otherName, Optional.of(pem)).look());
    }
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(
            () -> source(controller.address("http"), Optional.of(credentials("x:y"))).look())
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_CERTIFICATE));
  }

  private static SSLContext context(Path keys) throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, password);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://bmc.example.com/",
        "ftp://127.0.0.1/",
        "https:///",
        "https://root:secret@bmc/",
        "https://bmc/redfish",
        "https://bmc/?a",
        "bmc"
      })
  void an_address_is_that_of_a_host_over_tls(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> RedfishSettings.address(address));
  }
}
