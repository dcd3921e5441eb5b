package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.sim.SimulatedDevice;
import dev.holdfast.sim.SimulatedManufacturer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What users see of chips' evidence, real and minted. */
final class AttestVerifyTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
  private static final List<String> HERE =
      List.of("00000000000000a1", "00000000000000a2", "00000000000000a3", "00000000000000a4");
  private static final List<String> THERE =
      List.of("00000000000000b1", "00000000000000b2", "00000000000000b3", "00000000000000b4");

  @TempDir private Path folder = Path.of("");
  private final SimulatedManufacturer maker =
      new SimulatedManufacturer(5, FROM, FROM.plus(Duration.ofDays(365)));
  private String root = "";

  @BeforeEach
  void writeRoot() throws IOException {
    root = Files.write(folder.resolve("root.pem"), maker.rootPem()).toString();
  }

  private Desk.Result run(String... arguments) {
    return new Desk(folder)
        .run(
            Stream.concat(Stream.of("attest"), Stream.concat(Arrays.stream(arguments), at()))
                .toArray(String[]::new));
  }

  private static Stream<String> at() {
    return Stream.of("--at", NOW.toString());
  }

  private static Path shared(String name) {
    Path file =
        Path.of(System.getProperty("holdfast.shared", "../shared"), "data/gpu").resolve(name);
    assumeTrue(Files.exists(file), () -> "there is no " + file);
    return file;
  }

  private SimulatedDevice chip(String id) {
    return maker.claiming("GH100", SimulatedDevice.GPU, id);
  }

  /** Evidence of chips by their ids, each with the switches that it names. */
  private String evidence(String name, Map<String, List<String>> neighbours) throws IOException {
    byte[] nonce = Arrays.copyOf(name.getBytes(UTF_8), 32);
    List<Map<String, String>> pieces = new ArrayList<>();
    neighbours.forEach((id, switches) -> pieces.add(piece(chip(id), nonce, switches)));
    return Files.writeString(folder.resolve(name), Json.mapper().writeValueAsString(pieces))
        .toString();
  }

  private static Map<String, String> piece(
      SimulatedDevice chip, byte[] nonce, @Nullable List<String> switches) {
    return Map.of(
        "arch",
        "HOPPER",
        "nonce",
        HexFormat.of().formatHex(nonce),
        "evidence",
        Base64.getEncoder().encodeToString(chip.report(nonce, switches)),
        "certificate",
        Base64.getEncoder().encodeToString(chip.chainPem()));
  }

  // ---- verify

  @Test
  void every_real_file_is_answered_and_the_one_with_the_wrong_signature_refused_for_it() {
    String folderOfAll = shared("attestation").toString();
    List<String> files = new ArrayList<>(List.of("verify", "--output", "json"));
    for (String name :
        List.of(
            "hopperAttestationReport.txt",
            "hopperCertChain.txt",
            "hopperAttestationReportInvalidSignature.txt",
            "blackwellAttestationReport.txt",
            "blackwellCertChain.txt",
            "hopper_evidence.json",
            "multi_gpu_hopper.json",
            "multi_switch_ls10.json",
            "switch_evidence_ls10.json",
            "nras_v4_request.sample.json")) {
      files.add(folderOfAll + "/" + name);
    }
    Desk.Result result = run(files.toArray(String[]::new));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.lines()).hasSize(16);
    for (JsonNode line : result.lines()) {
      boolean wrong = line.path("file").asString().endsWith("InvalidSignature.txt");
      assertThat(line.path("verdict").asString()).isEqualTo(wrong ? "refused" : "verified");
      if (wrong) {
        assertThat(line.path("reasons").get(0).path("code").asString())
            .isEqualTo("evidence.signature");
      } else {
        assertThat(line.path("chip").path("aliases")).hasSize(3);
        assertThat(line.path("simulated").asBoolean()).isFalse();
      }
    }
    JsonNode board =
        result.lines().stream()
            .filter(line -> line.path("file").asString().endsWith("multi_gpu_hopper.json"))
            .findFirst()
            .orElseThrow()
            .path("board");
    assertThat(board.path("grade").asString()).isEqualTo("intact");
    assertThat(board.path("members")).hasSize(4);
    assertThat(board.path("switches")).hasSize(4);
  }

  @Test
  void the_same_report_twice_is_told() {
    Desk.Result result = run("verify", shared("attestation/multi_switch_ls10.json").toString());
    assertThat(result.status()).isZero();
    assertThat(result.out().lines().filter(line -> line.contains("octet for octet"))).hasSize(3);
  }

  @Test
  void a_minted_chip_counts_only_under_its_own_root_and_is_called_simulated() throws IOException {
    String file = evidence("e.json", Map.of("00000000000000c1", HERE));
    Desk.Result unknown = run("verify", file);
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.out()).contains("lead to no trusted root");
    Desk.Result known = run("verify", file, "--root", root);
    assertThat(known.status()).isZero();
    assertThat(known.out())
        .contains(
            "● " + file + ": GH100 A01 GSP BROM 00000000000000c1 verified",
            "SIMULATED",
            "A relay is not excluded",
            "It answers the nonce that the file names",
            "Revocation was not checked");
  }

  @Test
  void a_nonce_of_the_readers_own_outweighs_that_of_the_file() throws IOException {
    String file = evidence("e.json", Map.of("00000000000000c1", HERE));
    Desk.Result result = run("verify", file, "--root", root, "--nonce", "ab".repeat(32));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("It answers the nonce");
    assertThat(run("verify", file, "--nonce", "ab").status()).isEqualTo(2);
  }

  @Test
  void revocation_is_looked_up_in_a_folder() throws IOException {
    String file = evidence("e.json", Map.of("00000000000000c1", HERE));
    Path lists = Files.createDirectory(folder.resolve("lists"));
    Files.write(
        lists.resolve("chips.crl"),
        maker.chipRevocations(NOW, NOW.plus(Duration.ofDays(30)), List.of()));
    String[] asked = {"verify", file, "--root", root, "--revocations", lists.toString()};
    assertThat(run(asked).out()).contains("Revocation was checked for 1 of 4 certificates");
    Files.write(
        lists.resolve("chips.crl"),
        maker.chipRevocations(
            NOW, NOW.plus(Duration.ofDays(30)), List.of(chip("00000000000000c1"))));
    assertThat(run(asked).status()).isEqualTo(1);
    assertThat(run(asked).out()).contains("was revoked at");
  }

  @Test
  void a_file_that_is_none_of_the_forms_is_named_and_the_others_are_checked() throws IOException {
    String good = evidence("e.json", Map.of("00000000000000c1", HERE));
    String bad = Files.writeString(folder.resolve("bad.json"), "{\"a\":1}").toString();
    Desk.Result result = run("verify", bad, good, "--root", root);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-7020", "bad.json");
    assertThat(result.out()).contains("verified");
  }

  @Test
  void a_real_token_is_read_and_without_its_services_keys_not_verified() {
    Desk.Result result =
        new Desk(folder)
            .run(
                "attest",
                "verify",
                shared("attestation/hopperClaimsv3_detached_eat.json").toString(),
                "--at",
                "2025-06-11T00:40:00Z",
                "--output",
                "json");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.lines().getFirst().path("result").asString()).isEqualTo("NOT_CHECKED");
  }

  // ---- board

  @Test
  void a_real_board_is_intact_with_four_chips_and_four_switches() {
    Desk.Result result =
        run("board", shared("attestation/multi_gpu_hopper.json").toString(), "--output", "json");
    assertThat(result.status()).isZero();
    JsonNode board = result.lines().getFirst();
    assertThat(board.path("grade").asString()).isEqualTo("intact");
    assertThat(board.path("members")).hasSize(4);
    assertThat(board.path("switches")).hasSize(4);
    assertThat(result.lines()).hasSize(1);
  }

  @Test
  void as_minted_evidence_moves_one_chip_and_then_more_a_real_board_falls_and_falls()
      throws IOException {
    Path real = shared("attestation/multi_gpu_hopper.json");
    String nvidia = shared("attestation/verifier_device_root.pem").toString();
    List<String> ids =
        List.of("2921ce551e4eeda3", "9bdffe09391c64d4", "8d8735ca47d6fc15", "a6cba1e9d9c7924e");
    String one = evidence("one.json", Map.of(ids.get(0), THERE));
    String two = evidence("two.json", Map.of(ids.get(1), List.of("00000000000000d1")));
    String three = evidence("three.json", Map.of(ids.get(2), List.of("00000000000000e1")));
    List<String> asked =
        new ArrayList<>(List.of("board", "--output", "json", "--root", root, "--root", nvidia));
    asked.add(real.toString());
    assertThat(grade(run(asked.toArray(String[]::new)))).isEqualTo("intact");
    asked.add(one);
    assertThat(grade(run(asked.toArray(String[]::new)))).isEqualTo("partial");
    asked.add(two);
    assertThat(grade(run(asked.toArray(String[]::new)))).isEqualTo("partial");
    asked.add(three);
    Desk.Result last = run(asked.toArray(String[]::new));
    assertThat(grade(last)).isEqualTo("scattered");
    JsonNode board = board(last);
    assertThat(board.path("since").asString()).isEqualTo(three);
    JsonNode gone = member(board, ids.get(0));
    assertThat(gone.path("away").asBoolean()).isTrue();
    assertThat(gone.path("onBoardUntil").asString()).isEqualTo(real.toString());
    assertThat(gone.path("file").asString()).isEqualTo(one);
    assertThat(gone.path("switches")).hasSize(4);
    asked.removeFirst();
    asked.removeIf(each -> each.equals("--output") || each.equals("json"));
    asked.addFirst("board");
    assertThat(run(asked.toArray(String[]::new)).out())
        .contains("scattered", "is away: on it until " + real);
  }

  @Test
  void a_rewritten_inventory_changes_only_the_grade_of_the_hosts_word() throws IOException {
    String signed =
        evidence("signed.json", Map.of("00000000000000c1", HERE, "00000000000000c2", HERE));
    String told = inventory("told.json", "4c4c4544-0001", "4c4c4544-0001");
    String again =
        evidence("again.json", Map.of("00000000000000c1", HERE, "00000000000000c2", HERE));
    String rewritten = inventory("rewritten.json", "4c4c4544-0001", "4c4c4544-0002");
    Desk.Result result =
        run("board", signed, told, again, rewritten, "--root", root, "--output", "json");
    assertThat(result.status()).isZero();
    assertThat(boards(result))
        .containsEntry("signed", "intact")
        .containsEntry("host-declared", "scattered");
  }

  /** Two hosts' Fleet Intelligence nodes would do; two inventories of one chip each are shorter. */
  private String inventory(String name, String first, String second) throws IOException {
    // Both chips are told by one host where the system's UUID is the same.
    Path xml = folder.resolve(name + ".xml");
    StringBuilder chips = new StringBuilder();
    String[] chassis = {first, second};
    for (int i = 0; i < 2; i++) {
      chips.append(
          """
          <gpu><product_name>NVIDIA GB200</product_name><pdi>0x00000000000000c%d</pdi>
          <uuid>GPU-0000000%d-0000-0000-0000-000000000001</uuid>
          <platformInfo><chassis_serial_number>%s</chassis_serial_number>
          <slot_number>1</slot_number><tray_index>2</tray_index></platformInfo></gpu>
          """
              .formatted(i + 1, i + 1, chassis[i]));
    }
    return Files.writeString(
            xml,
            "<?xml version=\"1.0\" ?>\n<nvidia_smi_log><driver_version>580.1</driver_version>"
                + "<attached_gpus>2</attached_gpus>"
                + chips
                + "</nvidia_smi_log>\n")
        .toString();
  }

  @Test
  void no_board_follows_from_chips_that_name_no_switches() throws IOException {
    Path chain = Files.write(folder.resolve("chain.pem"), chip("00000000000000c1").chainPem());
    Path report =
        Files.write(
            folder.resolve("report.bin"), chip("00000000000000c1").report(new byte[32], null));
    Desk.Result result =
        run("board", report.toString(), "--chain", chain.toString(), "--root", root);
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("No board follows");
  }

  private static String grade(Desk.Result result) {
    return board(result).path("grade").asString();
  }

  /** The board with the most chips. */
  private static JsonNode board(Desk.Result result) {
    return result.lines().stream()
        .filter(line -> line.path("kind").asString().equals("board"))
        .filter(line -> line.path("members").size() == 4)
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.toString()));
  }

  private static JsonNode member(JsonNode board, String chip) {
    for (JsonNode each : board.path("members")) {
      if (each.path("chip").asString().equals(chip)) {
        return each;
      }
    }
    throw new AssertionError(chip);
  }

  /** The grade of the first board of each basis. */
  private static Map<String, String> boards(Desk.Result result) {
    Map<String, String> grades = new TreeMap<>();
    result.lines().stream()
        .filter(line -> line.path("kind").asString().equals("board"))
        .filter(line -> line.path("members").size() == 2)
        .forEach(line ->
            grades.putIfAbsent(line.path("basis").asString(), line.path("grade").asString()));
    return grades;
  }
}
