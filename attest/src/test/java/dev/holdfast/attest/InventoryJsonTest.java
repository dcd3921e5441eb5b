package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Reported;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class InventoryJsonTest {
  private static final String CHIP =
      """
      {"model":"NVIDIA H100","aliases":[{"kind":"pdi","value":"0x0000000000000001"},
      {"kind":"uuid","value":"GPU-1"}],"untold":{"board-serial":"","ueid":null},
      "seat":{"slot":"","tray":null,"module":"7"},"vbios":"96","pciBus":null}\
      """;

  private static String inventory(String chips) {
    return """
    {"source":"nvml","host":"node-1","at":"2026-01-31T08:00:00Z","driver":"580",
    "signs":{"disk":["a","b"]},"switches":[],"chips":[%s]}\
    """
        .formatted(chips);
  }

  private static Inventory read(String json) {
    return InventoryJson.read(
        (ObjectNode) Inventories.json(json.getBytes(UTF_8), "test", 1 << 20), "test");
  }

  private static void refused(String json, @Nullable String field, String reason) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_INVENTORY);
          assertThat(e.problem().field()).isEqualTo(field);
          assertThat(e.problem().reason()).contains(reason);
        });
  }

  @Test
  void every_inventory_reads_as_it_was_written() {
    Invented invented = new Invented(71);
    for (int i = 0; i < Counts.of(500); i++) {
      Inventory inventory = invented.inventory();
      ObjectNode written = InventoryJson.write(inventory);
      assertThat(InventoryJson.read(written, "again")).as("try " + i).isEqualTo(inventory);
      assertThat(InventoryJson.write(InventoryJson.read(written, "again"))).isEqualTo(written);
    }
  }

  @Test
  void the_three_ways_of_having_no_value_are_told_apart() {
    Chip chip = read(inventory(CHIP)).chips().getFirst();
    assertThat(chip.seat().slot()).isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip.seat().tray()).isEqualTo(Reported.Absent.NOT_AVAILABLE);
    assertThat(chip.seat().cluster()).isEqualTo(Reported.Absent.MISSING);
    assertThat(chip.seat().module()).isEqualTo(Reported.of("7"));
    assertThat(chip.told(Alias.Kind.UUID)).isEqualTo(Reported.of("GPU-1"));
    assertThat(chip.told(Alias.Kind.BOARD_SERIAL)).isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip.told(Alias.Kind.UEID)).isEqualTo(Reported.Absent.NOT_AVAILABLE);
    assertThat(chip.told(Alias.Kind.ROM_SERIAL)).isEqualTo(Reported.Absent.MISSING);
  }

  @Test
  void every_refusal_names_the_field() {
    String good = inventory(CHIP);
    refused(good.replace("nvml", "guess"), "/source", "no source");
    refused(good.replace("node-1", " node"), "/host", "blanks");
    refused(good.replace("08:00:00Z", "08:00:00.000Z"), "/at", "not a time");
    refused(good.replace("2026-01-31T08:00:00Z", "soon"), "/at", "not a time");
    refused(good.replace("\"at\":\"2026", "\"at\":\"1926"), "/at", "1970 to 9999");
    refused(good.replace("\"a\",\"b\"", "\"b\",\"a\""), "/signs/disk", "order");
    refused(good.replace("\"a\",\"b\"", "\"a\",\"a\""), "/signs/disk", "order");
    refused(good.replace("\"a\",\"b\"", ""), "/signs/disk", "empty");
    refused(good.replace("\"disk\"", "\"moon\""), "/signs/moon", "no sign of a host");
    refused(
        good.replace("\"kind\":\"pdi\"", "\"kind\":\"module-serial\""),
        "/chips/0/aliases",
        "order");
    for (String signed : List.of("rom-serial", "device-name", "ueid")) {
      refused(
          good.replace("\"kind\":\"pdi\"", "\"kind\":\"" + signed + "\""),
          "/chips/0/aliases/0/kind",
          "no host tells it");
    }
    refused(good.replace("\"kind\":\"pdi\"", "\"kind\":\"x\""), "/chips/0/aliases/0/kind", "alias");
    refused(good.replace("\"ueid\":null", "\"ueid\":\"7\""), "/chips/0/untold/ueid", "neither");
    refused(good.replace("\"ueid\":null", "\"uuid\":null"), "/chips/0/untold", "both told");
    refused(good.replace("\"slot\":\"\"", "\"slot\":7"), "/chips/0/seat/slot", "not a text");
    refused(good.replace("\"slot\"", "\"slots\""), "/chips/0/seat", "unknown name");
    refused(good.replace("\"vbios\"", "\"bios\""), "/chips/0", "unknown name");
    refused(good.replace("\"switches\":[],", ""), "/switches", "missing");
    refused(good.replace("\"source\":", "\"extra\":1,\"source\":"), null, "unknown name");
  }

  @Test
  void what_meters_say_has_bounds_and_a_place_of_its_own() {
    String metered = inventory(CHIP.replace("\"vbios\"", "\"meter\":{%s},\"vbios\""));
    assertThat(read(inventory(CHIP)).chips().getFirst().meter()).isNull();
    assertThat(read(metered.formatted("\"watts\":68.92")).chips().getFirst().meter())
        .isEqualTo(new Meter(68.92, null));
    assertThat(read(metered.formatted("\"millijoules\":9007199254740991,\"watts\":0")))
        .extracting(each -> each.chips().getFirst().meter())
        .isEqualTo(new Meter(0.0, (1L << 53) - 1));
    refused(metered.formatted(""), "/chips/0/meter", "watts, millijoules or both");
    refused(metered.formatted("\"watts\":-1"), "/chips/0/meter", "less than a million watts");
    refused(metered.formatted("\"watts\":1e6"), "/chips/0/meter", "less than a million watts");
    refused(metered.formatted("\"watts\":\"7\""), "/chips/0/meter/watts", "not a number");
    refused(metered.formatted("\"millijoules\":0.5"), "/chips/0/meter/millijoules", "whole");
    refused(
        metered.formatted("\"millijoules\":9007199254740992"),
        "/chips/0/meter/millijoules",
        "2^53 - 1");
    refused(metered.formatted("\"watts\":1,\"volts\":1"), "/chips/0/meter", "unknown name");
    refused(
        inventory(CHIP.replace("\"vbios\"", "\"meter\":null,\"vbios\"")),
        "/chips/0/meter",
        "not a JSON object");
  }

  @Test
  void nothing_grows_without_bound() {
    refused(inventory((CHIP + ",").repeat(128) + CHIP), "/chips", "more than 128");
    String names =
        "{\"kind\":\"pdi\",\"value\":\"1\"},".repeat(16) + "{\"kind\":\"pdi\",\"value\":\"1\"}";
    refused(
        inventory(CHIP.replaceFirst("(?s)\"aliases\":\\[.*?\\]", "\"aliases\":[" + names + "]")),
        "/chips/0/aliases",
        "more than 16");
    refused(
        inventory(CHIP).replace("\"a\",\"b\"", "\"a\"" + ",\"b\"".repeat(64)),
        "/signs/disk",
        "more than 64");
    refused(
        inventory(CHIP)
            .replace(
                "\"switches\":[]",
                "\"switches\":[{}" + ",{}".repeat(Inventory.MOST_SWITCHES) + "]"),
        "/switches",
        "more than 256");
    refused(inventory(CHIP.replace("GPU-1", "G".repeat(201))), "/chips/0/aliases/1/value", "200");
  }
}
