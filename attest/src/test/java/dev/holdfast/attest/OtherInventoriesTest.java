package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Reported;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fleet Intelligence and Redfish, whose samples were constructed, and how forms are told apart. */
final class OtherInventoriesTest {
  private static Inventories.Read read(String text) {
    return Inventories.read(text.getBytes(UTF_8), "test.json");
  }

  private static void refused(String text, @Nullable String field, String reason) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> read(text))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_INVENTORY);
          assertThat(e.problem().field()).isEqualTo(field);
          assertThat(e.problem().reason()).contains(reason);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia-smi/qx-a100.xml, NVIDIA_SMI, 1",
    "nvidia-smi/qx-h100.xml, NVIDIA_SMI, 8",
    "nvidia-smi/qx-b200.xml, NVIDIA_SMI, 8",
    "nvidia-smi/qx-gb200.xml, NVIDIA_SMI, 4",
    "fleet-intelligence/node_upsert.sample.json, FLEET_INTELLIGENCE, 1",
    "redfish/chassis_HGX_GPU_SXM_1.sample.json, REDFISH, 1",
    "redfish/componentintegrity_HGX_IRoT_GPU_0.sample.json, REDFISH, 0"
  })
  void every_form_is_told_by_what_is_in_it(String name, InventoryFormat format, int chips) {
    Inventories.Read read = Inventories.read(Captures.read(name), name);
    assertThat(read.format()).isEqualTo(format);
    assertThat(read.inventory().chips()).hasSize(chips);
  }

  @Test
  void a_node_of_fleet_intelligence_tells_host_and_chips() {
    String name = "fleet-intelligence/node_upsert.sample.json";
    Inventory node = FleetIntelligenceInventory.read(Captures.read(name), name);
    assertThat(node.host()).isEqualTo("node-001");
    assertThat(node.at()).isNull();
    assertThat(node.driver()).isEqualTo(Reported.of("580.173.02"));
    assertThat(node.signs().get(HostSign.NETWORK_ADDRESS)).containsExactly("02:00:00:00:00:01");
    assertThat(node.signs().get(HostSign.DISK)).containsExactly("eui.0000000000000001");
    assertThat(node.signs()).containsKeys(HostSign.SYSTEM_UUID, HostSign.MACHINE_ID);
    Chip chip = node.chips().getFirst();
    assertThat(chip.aliases())
        .containsExactly(
            new Alias(Alias.Kind.UUID, "GPU-12345678-1234-1234-1234-123456789012"),
            new Alias(Alias.Kind.MODULE_SERIAL, "1650000000001"));
    assertThat(chip.seat().chassisSerial()).isEqualTo(Reported.of("1820000000001"));
  }

  @Test
  void a_chassis_of_redfish_is_a_chip_a_switch_or_what_carries_all() {
    Inventory inventory =
        read("""
        [{"@odata.type":"#Chassis.v1_21_0.Chassis","Id":"HGX_GPU_SXM_3","Model":"H100",
          "SerialNumber":"165","PartNumber":null,
          "Location":{"PartLocation":{"ServiceLabel":"SXM3"}}},
         {"@odata.type":"#Chassis.v1_21_0.Chassis","Id":"HGX_NVSwitch_0","SerialNumber":"9"},
         {"@odata.type":"#Chassis.v1_21_0.Chassis","Id":"HGX_ERoT_GPU_SXM_3"},
         {"@odata.type":"#Chassis.v1_21_0.Chassis","Id":"Self","ChassisType":"RackMount",
          "SerialNumber":"J1"},
         {"@odata.type":"#Manager.v1_0_0.Manager","Id":"BMC_0"}]
        """)
            .inventory();
    assertThat(inventory.chips()).hasSize(1);
    Chip chip = inventory.chips().getFirst();
    assertThat(chip.aliases()).containsExactly(new Alias(Alias.Kind.BOARD_SERIAL, "165"));
    assertThat(chip.seat().module()).isEqualTo(Reported.of("SXM3"));
    assertThat(chip.seat().boardPart()).isEqualTo(Reported.Absent.NOT_AVAILABLE);
    assertThat(inventory.switches().getFirst().aliases())
        .containsExactly(new Alias(Alias.Kind.BOARD_SERIAL, "9"));
    assertThat(inventory.signs().get(HostSign.CHASSIS_SERIAL)).containsExactly("J1");
  }

  private static String metrics(String chassis, String readings) {
    return """
    [{"@odata.type":"#Chassis.v1_21_0.Chassis","Id":"HGX_GPU_SXM_3","SerialNumber":"165"},
     {"@odata.type":"#EnvironmentMetrics.v1_3_0.EnvironmentMetrics","Id":"EnvironmentMetrics",
      "@odata.id":"/redfish/v1/Chassis/%s/EnvironmentMetrics",%s}]
    """
        .formatted(chassis, readings);
  }

  private static @Nullable Meter meter(String chassis, String readings) {
    return read(metrics(chassis, readings)).inventory().chips().getFirst().meter();
  }

  @Test
  void environment_metrics_of_redfish_are_the_meters_of_their_chassis() {
    String both = "\"PowerWatts\":{\"Reading\":71.5},\"EnergyJoules\":{\"Reading\":120371.25}";
    assertThat(meter("HGX_GPU_SXM_3", both)).isEqualTo(new Meter(71.5, 120_371_250L));
    assertThat(meter("HGX_GPU_SXM_4", both)).as("another chip's").isNull();
    assertThat(meter("HGX_GPU_SXM_3", "\"PowerWatts\":{\"Reading\":null}")).isNull();
    assertThat(meter("HGX_GPU_SXM_3", "\"EnergykWh\":{\"Reading\":12}"))
        .as("too coarse to be held against power")
        .isNull();
    refused(
        metrics("HGX_GPU_SXM_3", "\"EnergyJoules\":{\"Reading\":-1}"),
        "/EnergyJoules/Reading",
        "no energy");
    refused(metrics("HGX_GPU_SXM_3", "\"PowerWatts\":{\"Reading\":-1}"), "/PowerWatts", "watts");
    refused(
        metrics("HGX_GPU_SXM_3", "\"PowerWatts\":{\"Reading\":\"1\"}"),
        "/PowerWatts/Reading",
        "not a number");
  }

  @Test
  void a_component_of_redfish_says_where_to_ask_for_measurements() {
    String name = "redfish/componentintegrity_HGX_IRoT_GPU_0.sample.json";
    assertThat(RedfishInventory.read(Captures.read(name), name).responders())
        .containsExactly(
            new RedfishInventory.Responder(
                "HGX_IRoT_GPU_0",
                RedfishInventory.Component.CHIP,
                Reported.of("1.1.0"),
                "/redfish/v1/ComponentIntegrity/HGX_IRoT_GPU_0/Actions/"
                    + "ComponentIntegrity.SPDMGetSignedMeasurements",
                Optional.of("/redfish/v1/Chassis/HGX_IRoT_GPU_0/Certificates/CertChain")));
  }

  @Test
  void a_form_of_ones_own_reads_as_any_other() {
    assertThat(read("{\"source\":\"nvml\",\"signs\":{},\"chips\":[],\"switches\":[]}").format())
        .isEqualTo(InventoryFormat.HOLDFAST);
  }

  @Test
  void what_is_of_no_known_form_is_refused() {
    refused("hello", null, "neither");
    refused("", null, "neither");
    refused("{}", null, "neither");
    refused("[]", null, "neither");
    refused("[7]", null, "neither");
    refused("[{\"@odata.id\":\"/\"},7]", null, "not a JSON object");
    refused("{\"resources\":7}", "/resources", "not a JSON object");
    refused(
        "{\"resources\":{\"gpuInfo\":{\"gpus\":[{\"uuid\":7}]}}}",
        "/resources/gpuInfo/gpus/0/uuid",
        "not a text");
    refused("{\"resources\":{},\"hostname\":\"a\\u0007b\"}", "/hostname", "control");
    refused("{\"@odata.type\":\"#Chassis.v1\",\"Id\":7}", "/Id", "not a text");
  }

  @Test
  void a_host_with_many_interfaces_keeps_the_first_of_them() {
    StringBuilder interfaces = new StringBuilder();
    for (int i = 99; i >= 0; i--) {
      interfaces
          .append(interfaces.isEmpty() ? "" : ",")
          .append("{\"mac\":\"02:00:%02d\"}".formatted(i));
    }
    Inventory inventory =
        read("{\"resources\":{\"nicInfo\":{\"privateIPInterfaces\":[" + interfaces + "]}}}")
            .inventory();
    assertThat(inventory.signs().get(HostSign.NETWORK_ADDRESS))
        .hasSize(64)
        .contains("02:00:00", "02:00:63")
        .doesNotContain("02:00:64");
  }
}
