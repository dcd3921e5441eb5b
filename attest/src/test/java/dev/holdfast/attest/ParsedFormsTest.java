package dev.holdfast.attest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports are read as the manufacturer's own tools read them. */
final class ParsedFormsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonMapper JSON = new JsonMapper();

  /** What the manufacturer's tools call a field, in the order of a report of an accelerator. */
  private static final Map<String, OpaqueField> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("VBIOS_VERSION", OpaqueField.VBIOS_VERSION);
    NAMES.put("BOARD_ID", OpaqueField.BOARD_ID);
    NAMES.put("CHIP_SKU", OpaqueField.CHIP_SKU);
    NAMES.put("CHIP_SKU_MOD", OpaqueField.CHIP_SKU_MODIFIER);
    NAMES.put("PROJECT", OpaqueField.PROJECT);
    NAMES.put("PROJECT_SKU", OpaqueField.PROJECT_SKU);
    NAMES.put("PROJECT_SKU_MOD", OpaqueField.PROJECT_SKU_MODIFIER);
    NAMES.put("DRIVER_VERSION", OpaqueField.DRIVER_VERSION);
    NAMES.put("GPU_INFO", OpaqueField.GPU_INFO);
    NAMES.put("MSRSCNT", OpaqueField.MEASUREMENT_COUNTS);
    NAMES.put("CPRINFO", OpaqueField.CP_RINFO);
    NAMES.put("NVDEC0_STATUS", OpaqueField.NVDEC0_STATUS);
    NAMES.put("FWID", OpaqueField.FIRMWARE_ID);
    NAMES.put("PROTECTED_PCIE_STATUS", OpaqueField.PROTECTED_PCIE_STATUS);
  }

  @Test
  void a_report_of_a_switch_is_read_as_its_parsed_form_says() {
    JsonNode parsed = parsed("switch_spdm_parsed_output.json");
    SpdmReport report =
        SpdmReport.parse(
            SharedGpu.pieces("switch_evidence_ls10.json").getFirst().report(), "switch");
    sameFrame(report, parsed);
    JsonNode opaque = opaque(parsed);
    assertThat(report.ownPdi()).contains(hex(opaque, "DEVICE_PDI"));
    assertThat(report.seenBySwitch().orElseThrow())
        .isEqualTo(texts(opaque.get("OPAQUE_FIELD_ID_SWITCH_GPU_PDIS")));
    assertThat(report.ports().orElseThrow())
        .isEqualTo(
            texts(opaque.get("OPAQUE_FIELD_ID_SWITCH_PORT")).stream()
                .map(each -> Integer.parseInt(each, 16))
                .toList());
    assertThat(report.disabledPorts().orElseThrow())
        .isEqualTo(
            numbers(opaque.get("OPAQUE_FIELD_ID_DISABLED_PORTS")).stream()
                .map(each -> each != 0)
                .toList());
    assertThat(report.counts().orElseThrow())
        .isEqualTo(numbers(opaque.get("OPAQUE_FIELD_ID_MSRSCNT")));
    assertThat(field(report, OpaqueField.SWITCH_LOCK_STATUS))
        .isEqualTo(hex(opaque, "SWITCH_LOCK_STATUS"));
    assertThat(field(report, OpaqueField.SWITCH_POSITION))
        .isEqualTo(hex(opaque, "SWITCH_POSITION_ID"));
    assertThat(field(report, OpaqueField.VBIOS_VERSION)).isEqualTo(hex(opaque, "VBIOS_VERSION"));
    assertThat(report.vbios()).contains("96.10.55.00.01");
  }

  @Test
  void a_report_of_an_accelerator_made_again_from_its_parsed_form_is_read_as_that_form_says() {
    // The octets that the form was made from are not there, so they are put together from it. The
    // form leaves out fields 34 and 36: its opaque length shows that twelve octets are missing.
    JsonNode parsed = parsed("spdm_parsed_output.json");
    JsonNode request = parsed("spdm_req_parsed_output.json");
    SpdmReport report = SpdmReport.parse(octets(request, parsed), "rebuilt");
    sameFrame(report, parsed);
    assertThat(HEX.formatHex(report.nonce())).isEqualTo(plain(request.get("Nonce").asString()));
    JsonNode opaque = opaque(parsed);
    NAMES.forEach((name, field) -> {
      if (field != OpaqueField.MEASUREMENT_COUNTS) {
        assertThat(field(report, field)).as(name).isEqualTo(hex(opaque, name));
      }
    });
    assertThat(report.counts().orElseThrow())
        .isEqualTo(numbers(opaque.get("OPAQUE_FIELD_ID_MSRSCNT")));
    assertThat(report.text(OpaqueField.DRIVER_VERSION)).contains("580.159.03");
    assertThat(report.links()).isEmpty();
  }

  private static void sameFrame(SpdmReport report, JsonNode parsed) {
    JsonNode blocks = parsed.get("MeasurementRecord").get("MeasurementBlocks");
    assertThat(report.measurements()).hasSize(parsed.get("NumberOfBlocks").asInt());
    for (SpdmReport.Measurement each : report.measurements()) {
      JsonNode block = blocks.get(String.valueOf(each.index()));
      assertThat(each.type()).isEqualTo(block.get("DMTFSpecMeasurementValueType").asInt());
      assertThat(each.value())
          .isEqualTo(plain(block.get("DMTFSpecMeasurementValue").asString()))
          .hasSize(2 * block.get("DMTFSpecMeasurementValueSize").asInt());
    }
    assertThat(HEX.formatHex(report.responderNonce()))
        .isEqualTo(plain(parsed.get("Nonce").asString()));
    assertThat(HEX.formatHex(report.signature()))
        .isEqualTo(plain(parsed.get("Signature").asString()));
  }

  private static byte[] octets(JsonNode request, JsonNode parsed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HEX.parseHex("11e001ff"));
    out.writeBytes(HEX.parseHex(plain(request.get("Nonce").asString())));
    out.write(0);
    out.writeBytes(HEX.parseHex("11600000"));
    out.write(parsed.get("NumberOfBlocks").asInt());
    little(out, parsed.get("MeasurementRecordLength").asInt(), 3);
    parsed
        .get("MeasurementRecord")
        .get("MeasurementBlocks")
        .properties()
        .forEach(each -> {
          byte[] value =
              HEX.parseHex(plain(each.getValue().get("DMTFSpecMeasurementValue").asString()));
          out.write(Integer.parseInt(each.getKey()));
          out.write(1);
          little(out, value.length + 3, 2);
          out.write(each.getValue().get("DMTFSpecMeasurementValueType").asInt());
          little(out, value.length, 2);
          out.writeBytes(value);
        });
    out.writeBytes(HEX.parseHex(plain(parsed.get("Nonce").asString())));
    little(out, parsed.get("OpaqueLength").asInt(), 2);
    JsonNode opaque = opaque(parsed);
    NAMES.forEach((name, field) -> {
      JsonNode value = opaque.get("OPAQUE_FIELD_ID_" + name);
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      if (value.isArray()) {
        value.forEach(each -> little(octets, each.asInt(), 4));
      } else {
        octets.writeBytes(HEX.parseHex(plain(value.asString())));
      }
      little(out, field.number(), 2);
      little(out, octets.size(), 2);
      out.writeBytes(octets.toByteArray());
    });
    for (OpaqueField each : List.of(OpaqueField.OPAQUE_DATA_VERSION, OpaqueField.FEATURE_FLAG)) {
      little(out, each.number(), 2);
      little(out, 2, 2);
      little(out, 1, 2);
    }
    out.writeBytes(HEX.parseHex(plain(parsed.get("Signature").asString())));
    return out.toByteArray();
  }

  private static void little(ByteArrayOutputStream out, int value, int size) {
    for (int i = 0; i < size; i++) {
      out.write(value >> (Byte.SIZE * i));
    }
  }

  private static JsonNode parsed(String name) {
    return JSON.readTree(SharedGpu.octets(name));
  }

  /** One of the files has them one level deeper. */
  private static JsonNode opaque(JsonNode parsed) {
    JsonNode opaque = parsed.get("OpaqueData");
    return opaque.size() == 1 ? opaque.iterator().next() : opaque;
  }

  private static String field(SpdmReport report, OpaqueField field) {
    return HEX.formatHex(report.field(field).orElseThrow());
  }

  private static String hex(JsonNode opaque, String name) {
    return plain(opaque.get("OPAQUE_FIELD_ID_" + name).asString());
  }

  private static String plain(String digits) {
    return digits.substring(2);
  }

  private static List<String> texts(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(each -> all.add(plain(each.asString())));
    return all;
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> all = new ArrayList<>();
    array.forEach(each -> all.add(each.asInt()));
    return all;
  }
}
