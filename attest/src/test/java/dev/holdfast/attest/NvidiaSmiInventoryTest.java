package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Reported;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NvidiaSmiInventoryTest {
  @TempDir private Path folder;

  private static String log(String inside) {
    return "<?xml version=\"1.0\" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM \"nvsmi_device_v12.dtd\">\n"
        + "<nvidia_smi_log>\n<driver_version>570.1</driver_version>\n"
        + inside
        + "\n</nvidia_smi_log>\n";
  }

  private static Inventory read(String xml) {
    return NvidiaSmiInventory.read(xml.getBytes(UTF_8), "test.xml");
  }

  private static Inventory capture(String name) {
    return NvidiaSmiInventory.read(Captures.read("nvidia-smi/" + name), name);
  }

  private static Chip chip(String fields) {
    return read(log("<gpu id=\"1\">" + fields + "</gpu>")).chips().getFirst();
  }

  private static void refused(String xml, String... parts) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> read(xml))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_INVENTORY);
          assertThat(e.problem().sentence()).contains("test.xml").contains(parts);
        });
  }

  private static List<String> values(Inventory inventory, Alias.Kind kind) {
    return inventory.chips().stream().flatMap(chip -> chip.told(kind).value().stream()).toList();
  }

  @Test
  void an_a100_whose_driver_tells_no_pdi_is_named_by_its_serial() {
    Inventory a100 = capture("qx-a100.xml");
    assertThat(a100.driver()).isEqualTo(Reported.of("570.148.08"));
    assertThat(a100.at()).as("its timestamp says no zone").isNull();
    assertThat(a100.chips()).hasSize(1);
    Chip chip = a100.chips().getFirst();
    assertThat(chip.model()).isEqualTo(Reported.of("NVIDIA A100-SXM4-40GB"));
    assertThat(chip.aliases()).containsExactly(new Alias(Alias.Kind.BOARD_SERIAL, "1650000000001"));
    assertThat(chip.told(Alias.Kind.UUID)).as("all zeros").isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip.told(Alias.Kind.PDI)).isEqualTo(Reported.Absent.MISSING);
    assertThat(chip.seat().module()).isEqualTo(Reported.of("7"));
    assertThat(chip.seat().chassisSerial()).isEqualTo(Reported.Absent.NOT_AVAILABLE);
    assertThat(chip.seat().cluster()).isEqualTo(Reported.Absent.NOT_AVAILABLE);
    assertThat(chip.pciBus()).isEqualTo(Reported.of("00000000:06:00.0"));
  }

  @Test
  void eight_h100_have_names_of_their_own_and_a_cluster_of_zeros_says_nothing() {
    Inventory h100 = capture("qx-h100.xml");
    assertThat(h100.chips()).hasSize(8);
    assertThat(values(h100, Alias.Kind.PDI)).hasSize(8).doesNotHaveDuplicates();
    assertThat(values(h100, Alias.Kind.BOARD_SERIAL)).hasSize(8).doesNotHaveDuplicates();
    assertThat(values(h100, Alias.Kind.UUID)).as("the first is scrubbed to zeros").hasSize(7);
    assertThat(h100.chips())
        .allSatisfy(chip -> {
          assertThat(chip.seat().cluster()).isEqualTo(Reported.Absent.EMPTY);
          assertThat(chip.seat().chassisSerial()).isEqualTo(Reported.Absent.NOT_AVAILABLE);
          assertThat(chip.vbios()).isEqualTo(Reported.of("96.00.99.00.01"));
        });
    assertThat(Inventories.repeated(h100)).isEmpty();
  }

  @Test
  void a_b200_has_an_empty_chassis_serial_where_an_h100_has_none() {
    Inventory b200 = capture("qx-b200.xml");
    assertThat(b200.chips()).hasSize(8);
    assertThat(values(b200, Alias.Kind.PDI)).contains("0x000000000000000b").hasSize(8);
    assertThat(b200.chips())
        .allSatisfy(chip -> {
          assertThat(chip.seat().chassisSerial()).isEqualTo(Reported.Absent.EMPTY);
          assertThat(chip.seat().slot()).isEqualTo(Reported.Absent.NOT_AVAILABLE);
        });
  }

  @Test
  void four_gb200_share_the_serials_of_two_modules_in_one_tray() {
    Inventory gb200 = capture("qx-gb200.xml");
    assertThat(gb200.chips()).hasSize(4);
    assertThat(values(gb200, Alias.Kind.MODULE_SERIAL))
        .containsExactly("1650000000001", "1650000000001", "1650000000002", "1650000000002");
    assertThat(values(gb200, Alias.Kind.BOARD_SERIAL)).isEmpty();
    assertThat(values(gb200, Alias.Kind.PDI)).hasSize(4).doesNotHaveDuplicates();
    assertThat(gb200.chips())
        .allSatisfy(chip -> {
          assertThat(chip.seat().chassisSerial()).isEqualTo(Reported.of("1820000000001"));
          assertThat(chip.seat().slot()).isEqualTo(Reported.of("14"));
          assertThat(chip.seat().tray()).isEqualTo(Reported.of("4"));
          assertThat(chip.seat().cluster())
              .isEqualTo(Reported.of("00000001-0000-0000-0000-000000000001"));
        });
    assertThat(Inventories.repeated(gb200)).isEmpty();
  }

  @Test
  void a_serial_that_two_chips_carry_is_no_boards_and_one_of_a_gb300_never_is() {
    String one = "<gpu><product_name>%s</product_name><serial>77</serial></gpu>";
    assertThat(read(log(one.formatted("X"))).chips().getFirst().aliases())
        .containsExactly(new Alias(Alias.Kind.BOARD_SERIAL, "77"));
    assertThat(read(log(one.formatted("NVIDIA GB300"))).chips().getFirst().aliases())
        .containsExactly(new Alias(Alias.Kind.MODULE_SERIAL, "77"));
    assertThat(read(log(one.formatted("X").repeat(2))).chips())
        .allSatisfy(chip ->
            assertThat(chip.aliases()).containsExactly(new Alias(Alias.Kind.MODULE_SERIAL, "77")));
  }

  @Test
  void the_board_id_is_no_name_since_it_follows_from_the_bus() {
    assertThat(chip("<board_id>0x5300</board_id>").aliases()).isEmpty();
  }

  @Test
  void not_available_empty_and_missing_are_three_things() {
    assertThat(chip("<serial>N/A</serial>").told(Alias.Kind.BOARD_SERIAL))
        .isEqualTo(Reported.Absent.NOT_AVAILABLE);
    assertThat(chip("<serial> </serial>").told(Alias.Kind.BOARD_SERIAL))
        .isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip("<serial/>").told(Alias.Kind.BOARD_SERIAL)).isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip("").told(Alias.Kind.BOARD_SERIAL)).isEqualTo(Reported.Absent.MISSING);
  }

  @Test
  void sentences_in_the_place_of_a_value_are_none() {
    for (String sentence :
        List.of(
            "Requested functionality has been deprecated",
            "[Not Supported]",
            "Unknown Error",
            "[GPU is lost]",
            "[N/A]")) {
      assertThat(chip("<uuid>" + sentence + "</uuid>").told(Alias.Kind.UUID))
          .as(sentence)
          .isEqualTo(Reported.Absent.NOT_AVAILABLE);
    }
  }

  @Test
  void fillings_in_the_place_of_a_name_are_empty() {
    assertThat(chip("<pdi>0x0000000000000000</pdi>").told(Alias.Kind.PDI))
        .isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip("<pdi>0xffffffffffffffff</pdi>").told(Alias.Kind.PDI))
        .isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip("<serial>0</serial>").told(Alias.Kind.BOARD_SERIAL))
        .isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip("<pdi>0xABC</pdi>").told(Alias.Kind.PDI))
        .isEqualTo(Reported.of("0x0000000000000abc"));
  }

  @Test
  void two_chips_of_one_name_are_kept_and_told() {
    Inventory inventory = read(log("<gpu><uuid>GPU-7</uuid></gpu>".repeat(2)));
    assertThat(inventory.chips()).hasSize(2);
    assertThat(Inventories.repeated(inventory))
        .containsExactly(new Alias(Alias.Kind.UUID, "GPU-7"));
  }

  @Test
  void a_chips_own_power_is_read_and_not_that_of_its_memory_or_module() {
    assertThat(capture("qx-a100.xml").chips().getFirst().meter()).isEqualTo(new Meter(49.68, null));
    assertThat(capture("qx-h100.xml").chips())
        .extracting(each -> each.meter())
        .startsWith(new Meter(68.92, null), new Meter(67.16, null))
        .hasSize(8)
        .doesNotContainNull();
    assertThat(capture("qx-gb200.xml").chips().getFirst().meter())
        .as("its module draws 467.68 W")
        .isEqualTo(new Meter(165.93, null));
  }

  @Test
  void older_drivers_tell_power_in_other_places() {
    assertThat(chip(power("gpu_power_readings", "power_draw", "70.1 W")).meter())
        .isEqualTo(new Meter(70.1, null));
    assertThat(chip(power("power_readings", "power_draw", "7 W")).meter())
        .isEqualTo(new Meter(7.0, null));
    assertThat(chip(power("gpu_power_readings", "instant_power_draw", "N/A")).meter()).isNull();
    assertThat(chip("").meter()).isNull();
    for (String text : List.of("70.1", "-1 W", "1e3 W", "70,1 W", "123456 W", "W")) {
      refused(
          log("<gpu>" + power("gpu_power_readings", "instant_power_draw", text) + "</gpu>"),
          "gpu[1]/gpu_power_readings/instant_power_draw",
          "such as 68.92 W");
    }
  }

  private static String power(String section, String element, String text) {
    return "<%1$s><%2$s>%3$s</%2$s></%1$s>".formatted(section, element, text);
  }

  @Test
  void older_drivers_tell_the_modules_place_beside_the_board() {
    assertThat(chip("<gpu_module_id>3</gpu_module_id>").seat().module())
        .isEqualTo(Reported.of("3"));
  }

  @Test
  void what_a_shell_of_windows_wrote_is_read() throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.write(new byte[] {(byte) 0xFF, (byte) 0xFE});
    octets.write(log("<gpu><uuid>GPU-7</uuid></gpu>").getBytes(UTF_16LE));
    assertThat(Inventories.read(octets.toByteArray(), "test.xml").inventory().chips()).hasSize(1);
  }

  @Test
  void a_doctype_that_names_a_dtd_elsewhere_is_passed_over_and_nothing_is_fetched()
      throws IOException {
    try (ServerSocket listening = new ServerSocket()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String address = "http://127.0.0.1:" + listening.getLocalPort() + "/a.dtd";
      assertThat(read(log("").replace("nvsmi_device_v12.dtd", address)).chips()).isEmpty();
      assertThat(read(log("").replace("SYSTEM", "PUBLIC \"x\"")).chips()).isEmpty();
      listening.setSoTimeout(200);
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(listening::accept);
    }
  }

  @Test
  void entities_are_neither_expanded_nor_fetched() throws IOException {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "GPU-secret");
    String doctype = "<!DOCTYPE nvidia_smi_log SYSTEM \"nvsmi_device_v12.dtd\">";
    String laughs =
        "<!DOCTYPE nvidia_smi_log [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    String file = "<!DOCTYPE nvidia_smi_log [<!ENTITY a SYSTEM \"" + secret.toUri() + "\">]>";
    String parameter =
        "<!DOCTYPE nvidia_smi_log [<!ENTITY % a SYSTEM \"" + secret.toUri() + "\"> %a;]>";
    String quoted = "<!-- > --><!DOCTYPE nvidia_smi_log SYSTEM '<\">' [<!ENTITY a \"ha\">]>";
    for (String hostile : List.of(laughs, file, parameter, quoted)) {
      refused(
          log("<gpu><uuid>&c;</uuid></gpu>").replace(doctype, hostile),
          "DOCTYPE declares entities",
          ":2:");
    }
    refused(log("<gpu><uuid>&a;</uuid></gpu>"), "refers to an entity", ":5:");
    assertThat(read(log("<gpu id=\"&a;\"/>")).chips()).as("no attribute is read").hasSize(1);
  }

  @Test
  void characters_that_xml_itself_escapes_are_read() {
    assertThat(chip("<product_name>A&amp;B &#67;<![CDATA[<D>]]></product_name>").model())
        .isEqualTo(Reported.of("A&B C<D>"));
  }

  @Test
  void every_refusal_names_line_and_field() {
    refused(
        log("<gpu><serial>1</serial><serial>2</serial></gpu>"), ":5:", "gpu[1]/serial", "twice");
    refused(
        log("<gpu/><gpu><pci><pci_bus_id>1<x/></pci_bus_id></pci></gpu>"),
        "gpu[2]/pci/pci_bus_id",
        "other elements");
    refused(log("<gpu><uuid>" + "x".repeat(201) + "</uuid></gpu>"), "gpu[1]/uuid", "200");
    refused(log("<gpu><uuid>" + "x".repeat(9000) + "</uuid></gpu>"), "gpu[1]/uuid", "1000");
    refused(log("<gpu/>".repeat(129)), "gpu", "more than 128");
    refused(log("<driver_version>1</driver_version>"), "driver_version", "twice");
    refused(log("<a>".repeat(40) + "</a>".repeat(40)), "deeper than 32");
    refused("<other/>", "first element is \"other\"");
    refused("<nvidia_smi_log>", "not well-formed");
    refused(log("") + "<more/>", "not well-formed");
    refused("", "not well-formed");
  }

  @Test
  void octets_that_are_no_text_or_too_many_are_refused() {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> NvidiaSmiInventory.read(new byte[] {'<', (byte) 0xC0}, "test.xml"))
        .satisfies(e -> assertThat(e.problem().reason()).contains("not text in UTF-8"));
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> NvidiaSmiInventory.read(new byte[BoundedXml.LONGEST + 1], "test.xml"))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE));
  }
}
