package dev.holdfast.attest;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Reported;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads what NVIDIA's Fleet Intelligence agent sends: the JSON of a node, and the evidence of a
 * request for attestation.
 *
 * <p>The forms follow from the names of its fields; no message of a real agent was seen. A node's
 * {@code boardID} follows from the PCI bus and is no name; its times are not those of a look, so an
 * inventory of it has no time. Fields that are not known are passed over.
 */
public final class FleetIntelligenceInventory {
  /** The longest message, in octets. */
  static final int LONGEST = 16 << 20;

  private static final int MOST_DEVICES = 10_000;
  private static final int LONGEST_ENCODED = 64 << 10;
  private static final int NONCE = 32;

  private FleetIntelligenceInventory() {}

  /**
   * The evidence of one GPU. It names no UUID: which GPU of the node that is follows from its own
   * certificate alone.
   *
   * @param architecture such as {@code HOPPER}, as the agent says
   * @param certificates in PEM
   * @param evidence the request for measurements and the answer to it
   * @param nonce of 32 octets
   */
  public record Evidence(
      Reported architecture,
      byte[] certificates,
      byte[] evidence,
      byte[] nonce,
      Reported driver,
      Reported vbios) {
    public Evidence {
      certificates = certificates.clone();
      evidence = evidence.clone();
      nonce = nonce.clone();
    }

    @Override
    public byte[] certificates() {
      return certificates.clone();
    }

    @Override
    public byte[] evidence() {
      return evidence.clone();
    }

    @Override
    public byte[] nonce() {
      return nonce.clone();
    }
  }

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
        ReportedText.of(gpu, "busID"));
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

  /**
   * Reads the evidence of a request for attestation, in its order.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_INVENTORY with the field, MALFORMED_JSON or INPUT_TOO_LARGE
   */
  public static List<Evidence> evidence(byte[] octets, String source) {
    JsonFields response =
        JsonFields.read(octets, source, LONGEST, ErrorCode.MALFORMED_INVENTORY)
            .fields("attestationData")
            .fields("sdkResponse");
    List<Evidence> all = new ArrayList<>();
    for (JsonFields each : response.items("evidences", Inventory.MOST_CHIPS)) {
      all.add(
          new Evidence(
              ReportedText.of(each, "arch"),
              base64(each, "certificate"),
              base64(each, "evidence"),
              nonce(each),
              ReportedText.of(each, "driverVersion"),
              ReportedText.of(each, "vbiosVersion")));
    }
    return List.copyOf(all);
  }

  private static byte[] base64(JsonFields fields, String name) {
    return fields.value(
        name,
        text -> {
          if (text.length() > LONGEST_ENCODED) {
            throw new IllegalArgumentException(
                "it is longer than " + LONGEST_ENCODED + " characters");
          }
          try {
            return Base64.getDecoder().decode(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not base64", e);
          }
        });
  }

  private static byte[] nonce(JsonFields fields) {
    return fields.value(
        "nonce",
        text -> {
          if (!text.matches("[0-9a-fA-F]{" + 2 * NONCE + "}")) {
            throw new IllegalArgumentException("it is not " + 2 * NONCE + " hexadecimal digits");
          }
          return HexFormat.of().parseHex(text);
        });
  }
}
