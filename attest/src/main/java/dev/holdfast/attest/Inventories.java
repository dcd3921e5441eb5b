package dev.holdfast.attest;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Inventories of any known form, told apart by what is in them. */
public final class Inventories {
  /** The longest inventory of any form, in octets. */
  public static final int LONGEST = BoundedXml.LONGEST;

  /** An inventory, and the form that it came in. */
  public record Read(InventoryFormat format, Inventory inventory) {}

  private Inventories() {}

  /**
   * Reads an inventory of any form.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_INVENTORY with the field and, in XML, the line;
   *     MALFORMED_JSON; INPUT_TOO_LARGE
   */
  public static Read read(byte[] octets, String source) {
    if (octets.length > LONGEST) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.INPUT_TOO_LARGE,
              "it has " + octets.length + " octets, more than " + LONGEST));
    }
    return switch (first(octets)) {
      case '<' -> new Read(InventoryFormat.NVIDIA_SMI, NvidiaSmiInventory.read(octets, source));
      case '{', '[' -> read(json(octets, source, LONGEST), source);
      default -> throw unknown(source);
    };
  }

  private static Read read(JsonTree tree, String source) {
    InventoryFormat format = format(tree, source);
    if (format == InventoryFormat.REDFISH) {
      return new Read(format, RedfishInventory.of(tree, source).inventory());
    }
    if (!(tree instanceof ObjectNode object)) {
      throw unknown(source);
    }
    JsonFields fields = JsonFields.of(object, source, ErrorCode.MALFORMED_INVENTORY);
    return new Read(
        format,
        format == InventoryFormat.HOLDFAST
            ? InventoryJson.read(fields)
            : FleetIntelligenceInventory.read(fields));
  }

  private static InventoryFormat format(JsonTree tree, String source) {
    JsonTree asked =
        tree instanceof ArrayNode(List<JsonTree> items) && !items.isEmpty()
            ? items.getFirst()
            : tree;
    Set<String> names = asked instanceof ObjectNode object ? object.members().keySet() : Set.of();
    if (names.contains("@odata.id") || names.contains("@odata.type")) {
      return InventoryFormat.REDFISH;
    }
    if (names.contains("source") && names.contains("chips")) {
      return InventoryFormat.HOLDFAST;
    }
    if (names.contains("resources") || names.contains("gpuDriverVersion")) {
      return InventoryFormat.FLEET_INTELLIGENCE;
    }
    throw unknown(source);
  }

  /** The first octet that is no blank, byte order mark or half of one, or 0. */
  private static int first(byte[] octets) {
    for (byte octet : octets) {
      switch (octet & 0xFF) {
        case ' ', '\t', '\r', '\n', 0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF -> {}
        default -> {
          return octet;
        }
      }
    }
    return 0;
  }

  private static CodedException unknown(String source) {
    return refuse(
        source,
        null,
        "it is neither XML of nvidia-smi nor JSON of Fleet Intelligence, of Redfish or of Holdfast");
  }

  static CodedException refuse(String source, @Nullable String field, String reason) {
    return new CodedException(new Problem(ErrorCode.MALFORMED_INVENTORY, source, 0, field, reason));
  }

  static JsonTree json(byte[] octets, String source, int longest) {
    return BoundedJson.read(octets, source, JsonLimits.ofOctets(longest));
  }

  /**
   * The names of one chip that several chips or switches of an inventory carry: they contradict
   * each other. In their order; empty as a rule.
   */
  public static List<Alias> repeated(Inventory inventory) {
    Set<Alias> seen = new HashSet<>();
    Set<Alias> repeated = new TreeSet<>();
    List<List<Alias>> carriers = new ArrayList<>();
    inventory.chips().forEach(chip -> carriers.add(chip.aliases()));
    inventory.switches().forEach(each -> carriers.add(each.aliases()));
    for (List<Alias> aliases : carriers) {
      for (Alias alias : aliases) {
        if (alias.kind().isUnique() && !seen.add(alias)) {
          repeated.add(alias);
        }
      }
    }
    return List.copyOf(repeated);
  }
}
