package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class AttestInventoryTest {
  private static final String LOG =
      """
      <?xml version="1.0" ?>
      <!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
      <nvidia_smi_log><driver_version>580.1</driver_version>
      <gpu><product_name>NVIDIA H100 80GB HBM3 of a very long name</product_name>
      <uuid>GPU-12345678-1234-1234-1234-123456789012</uuid><serial>N/A</serial>
      <platformInfo><slot_number>14</slot_number><module_id>7</module_id></platformInfo></gpu>
      <gpu><uuid>GPU-12345678-1234-1234-1234-123456789012</uuid></gpu>
      </nvidia_smi_log>
      """;

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Desk.Result run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "attest";
    all[1] = "inventory";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new Desk(folder).run(all);
  }

  @Test
  void sentences_come_first_and_then_a_line_for_each_chip() throws IOException {
    Desk.Result result = run(file("a.xml", LOG));
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("a.xml (nvidia-smi) tells of 1 × NVIDIA H100", "Driver: 580.1.")
        .contains("This is the host’s word; nothing of it is proof.")
        .contains("▲ Contradiction: more than one of them is called uuid:GPU-12345678")
        .contains("NVIDIA H100 80GB HBM3 o… uuid:GPU-12345678-1234-1234-1234-123456789012")
        .contains("slot 14, module 7");
    assertThat(result.out().lines().filter(line -> line.matches("[0-9].*"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qx-a100.xml", "qx-h100.xml", "qx-b200.xml", "qx-gb200.xml"})
  void a_line_of_a_real_capture_has_at_most_a_hundred_columns(String name) {
    Path capture =
        Path.of(System.getProperty("holdfast.shared", "../shared"), "data/gpu/nvidia-smi", name);
    Assumptions.assumeTrue(Files.isReadable(capture), "shared data is absent: " + capture);
    Desk.Result result = run(capture.toString(), "--language", "ja");
    assertThat(result.status()).isZero();
    assertThat(result.out().lines().filter(line -> line.matches("[0-9].*")))
        .isNotEmpty()
        .allMatch(line -> ReportText.columns(line) <= 100);
  }

  @Test
  void json_is_one_object_a_line_with_file_and_form() throws IOException {
    Desk.Result result = run("--output", "json", file("a.xml", LOG), file("b.xml", LOG));
    assertThat(result.lines()).hasSize(2);
    JsonNode first = result.lines().getFirst();
    assertThat(first.path("file").asString()).endsWith("a.xml");
    assertThat(first.path("format").asString()).isEqualTo("nvidia-smi");
    assertThat(first.path("source").asString()).isEqualTo("nvidia-smi");
    assertThat(first.path("chips").get(0).path("untold").get("board-serial").isNull()).isTrue();
    assertThat(first.path("chips").get(0).path("seat").path("module").asString()).isEqualTo("7");
    assertThat(first.has("host")).isFalse();
  }

  @Test
  void a_file_that_is_malformed_harms_no_other() throws IOException {
    Desk.Result result =
        run(file("bad.xml", "<nvidia_smi_log>"), file("a.xml", LOG), folder + "/none.xml");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).contains("a.xml (nvidia-smi)");
    assertThat(result.err())
        .contains("HF-7001", "bad.xml", "not well-formed")
        .contains("HF-2002", "none.xml");
  }

  @Test
  void a_file_is_needed() {
    assertThat(run().err()).startsWith("HF-2001 ").contains("FILE");
    assertThat(new Desk(folder).run("attest").status()).isEqualTo(2);
  }
}
