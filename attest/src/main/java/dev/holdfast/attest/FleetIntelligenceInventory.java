package dev.holdfast.attest;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Reported;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the JSON of a node, as NVIDIA's Fleet Intelligence agent sends it. The evidence that it
 * sends apart is read by {@link EvidenceFile}.
 *
 * <p>The form follows from the names of its fields; no message of a real agent was seen. A node's
 * {@code boardID} follows from the PCI bus and is no name; its times are not those of a look, so an
 * inventory of it has no time. Fields that are not known are passed over.
 */
public final class FleetIntelligenceInventory {
  /** The longest message, in octets. */
  static final int LONGEST = 16 << 20;

  private static final int MOST_DEVICES = 10_000;

  private FleetIntelligenceInventory() {}

  /**
   * Reads the JSON of a node.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_INVENTORY with the field, MALFORMED_JSON or INPUT_TOO_LARGE
   */
  public static Inventory read(byte[] octets, String source) {
    return read(JsonFields.read(octets, source, LONGEST, ErrorCode.MALFORMED_INVENTORY));
  }

  static Inventory read(JsonFields node) {
    Signs signs = new Signs();
    add(signs, HostSign.SYSTEM_UUID, node, "systemUUID");
    add(signs, HostSign.MACHINE_ID, node, "machineId");
    List<ToldChip> chips = new ArrayList<>();
    node.inside("resources")
        .ifPresent(resources -> {
          resources
              .inside("nicInfo")
              .ifPresent(nics ->
                  items(nics, "privateIPInterfaces", MOST_DEVICES)
                      .forEach(each -> add(signs, HostSign.NETWORK_ADDRESS, each, "mac")));
          resources
              .inside("diskInfo")
              .ifPresent(disks ->
                  items(disks, "blockDevices", MOST_DEVICES)
                      .forEach(each -> add(signs, HostSign.DISK, each, "wwn")));
          resources
              .inside("gpuInfo")
              .ifPresent(gpus -> {
                Reported product = ReportedText.of(gpus, "product");
                items(gpus, "gpus", Inventory.MOST_CHIPS)
                    .forEach(each -> chips.add(chip(product, each)));
              });
        });
    Reported host = ReportedText.of(node, "hostname");
    Reported driver = ReportedText.of(node, "gpuDriverVersion");
    return node.made(
        "resources",
        () ->
            new Inventory(
                Inventory.Source.FLEET_INTELLIGENCE,
                host.value().orElse(null),
                null,
                driver,
                signs.all(),
                ToldChip.chips(chips),
                List.of()));
  }

  private static ToldChip chip(Reported product, JsonFields gpu) {
    return new ToldChip(
        product,
        Reported.Absent.MISSING,
        ReportedText.name(gpu, "uuid"),
        ReportedText.name(gpu, "sn"),
        new Seat(
            ReportedText.name(gpu, "chassisSN"),
            Reported.Absent.MISSING,
            Reported.Absent.MISSING,
            Reported.Absent.MISSING,
            Reported.Absent.MISSING,
            Reported.Absent.MISSING),
        ReportedText.of(gpu, "vbiosVersion"),
        ReportedText.of(gpu, "busID"),
        null);
  }

  private static void add(Signs signs, HostSign kind, JsonFields fields, String name) {
    if (fields.has(name) && !fields.isNull(name)) {
      String text = fields.text(name);
      boolean _ =
          fields.made(
              name,
              () -> {
                signs.add(kind, text);
                return true;
              });
    }
  }

  private static List<JsonFields> items(JsonFields fields, String name, int most) {
    return !fields.has(name) || fields.isNull(name) ? List.of() : fields.items(name, most);
  }
}
