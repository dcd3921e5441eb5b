package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Inventory.Switch;
import dev.holdfast.model.Reported;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a management controller says by Redfish (DSP0266): Chassis resources of accelerators,
 * switches and what carries them, and ComponentIntegrity resources that sign measurements.
 *
 * <p>The forms were constructed from published field names; no answer of a real controller was
 * seen. A controller does not tell the UUID of the driver nor a version of one, and gives no time.
 *
 * @param inventory the chips and switches in the order of the resources
 * @param responders who can be asked to sign, in the order of the resources
 */
public record RedfishInventory(Inventory inventory, List<Responder> responders) {
  /** The most resources that are read. */
  public static final int MOST_RESOURCES = 1024;

  private static final int LONGEST = 16 << 20;

  /** As in HGX_GPU_SXM_1 and GPU_0, and not in HGX_ERoT_GPU_SXM_1, which guards one. */
  private static final Pattern CHIP = Pattern.compile("(HGX_)?GPU(_SXM)?_[0-9]+");

  private static final Pattern SWITCH = Pattern.compile("(HGX_)?NVSwitch_[0-9]+");
  private static final Pattern SIGNS_FOR_CHIP =
      Pattern.compile("(HGX_)?([EI]RoT_)?GPU(_SXM)?_[0-9]+");
  private static final Pattern SIGNS_FOR_SWITCH =
      Pattern.compile("(HGX_)?([EI]RoT_)?NVSwitch_[0-9]+");

  /** Where the meters of a chassis lie (DSP0268, EnvironmentMetrics). */
  private static final Pattern METERS =
      Pattern.compile("/redfish/v1/Chassis/([^/]+)/EnvironmentMetrics");

  private static final double MILLI = 1000;

  private static final Set<String> CARRIES_ALL =
      Set.of("Rack", "Shelf", "Enclosure", "Blade", "RackMount", "StandAlone", "Sled");

  /** What a responder signs for. */
  public enum Component {
    CHIP,
    SWITCH
  }

  /**
   * A component that answers SPDM through its controller.
   *
   * @param id the controller's name of it
   * @param version of SPDM that it says
   * @param action the path that SPDMGetSignedMeasurements is sent to
   * @param certificates the path of its chain, where the controller gives one
   */
  public record Responder(
      String id,
      Component component,
      Reported version,
      String action,
      Optional<String> certificates) {
    public Responder {
      requireNonNull(id, "id");
      requireNonNull(component, "component");
      requireNonNull(version, "version");
      requireNonNull(action, "action");
      requireNonNull(certificates, "certificates");
    }
  }

  public RedfishInventory {
    requireNonNull(inventory, "inventory");
    responders = List.copyOf(responders);
  }

  /**
   * Reads one resource, a collection whose members stand in it, or an array of either.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_INVENTORY with the field, MALFORMED_JSON or INPUT_TOO_LARGE
   */
  public static RedfishInventory read(byte[] octets, String source) {
    return of(Inventories.json(octets, source, LONGEST), source);
  }

  static RedfishInventory of(JsonTree tree, String source) {
    List<ObjectNode> resources = new ArrayList<>();
    List<JsonTree> items = tree instanceof ArrayNode(List<JsonTree> array) ? array : List.of(tree);
    for (JsonTree item : items) {
      if (!(item instanceof ObjectNode object)) {
        throw Inventories.refuse(source, null, "it is not a JSON object, or an array of them");
      }
      if (object.get("Members").orElse(null) instanceof ArrayNode(List<JsonTree> members)) {
        members.forEach(member -> {
          if (member instanceof ObjectNode resource) {
            resources.add(resource);
          }
        });
      } else {
        resources.add(object);
      }
    }
    return of(resources, source);
  }

  /**
   * What resources say together.
   *
   * @param source the name of them all for messages
   * @throws CodedException MALFORMED_INVENTORY with the field
   */
  public static RedfishInventory of(List<ObjectNode> resources, String source) {
    if (resources.size() > MOST_RESOURCES) {
      throw Inventories.refuse(
          source, null, "there are more than " + MOST_RESOURCES + " resources");
    }
    List<ToldChip> chips = new ArrayList<>();
    List<Switch> switches = new ArrayList<>();
    List<Responder> responders = new ArrayList<>();
    Signs signs = new Signs();
    Map<String, Meter> meters = meters(resources, source);
    for (ObjectNode resource : resources) {
      JsonFields fields = JsonFields.of(resource, source, ErrorCode.MALFORMED_INVENTORY);
      String id = ReportedText.of(fields, "Id").value().orElse("");
      String type = ReportedText.of(fields, "@odata.type").value().orElse("");
      if (type.startsWith("#ComponentIntegrity.")) {
        responder(id, fields).ifPresent(responders::add);
      } else if (type.startsWith("#Chassis.")) {
        chassis(id, fields, meters.get(id), chips, switches, signs);
      }
    }
    try {
      return new RedfishInventory(
          new Inventory(
              Inventory.Source.REDFISH,
              null,
              null,
              Reported.Absent.MISSING,
              signs.all(),
              ToldChip.chips(chips),
              switches),
          responders);
    } catch (IllegalArgumentException e) {
      throw Inventories.refuse(source, null, String.valueOf(e.getMessage()));
    }
  }

  /** What meters say, by the id of the chassis whose they are. */
  private static Map<String, Meter> meters(List<ObjectNode> resources, String source) {
    Map<String, Meter> meters = new HashMap<>();
    for (ObjectNode resource : resources) {
      JsonFields fields = JsonFields.of(resource, source, ErrorCode.MALFORMED_INVENTORY);
      String type = ReportedText.of(fields, "@odata.type").value().orElse("");
      Matcher path = METERS.matcher(ReportedText.of(fields, "@odata.id").value().orElse(""));
      if (type.startsWith("#EnvironmentMetrics.") && path.matches()) {
        Meter meter = meter(fields);
        if (meter != null) {
          meters.put(path.group(1), meter);
        }
      }
    }
    return meters;
  }

  /** Kilowatt hours are not read: a chip draws for hours until they grow. */
  private static @Nullable Meter meter(JsonFields fields) {
    Double watts = reading(fields, "PowerWatts");
    Double joules = reading(fields, "EnergyJoules");
    if (joules != null && !(joules >= 0 && joules * MILLI <= Meter.MOST_MILLIJOULES)) {
      throw fields.refuse("EnergyJoules/Reading", "it is no energy in joules");
    }
    return fields.made(
        "PowerWatts",
        () -> Meter.of(watts, joules == null ? null : (long) Math.rint(joules * MILLI)));
  }

  private static @Nullable Double reading(JsonFields fields, String name) {
    return fields
        .inside(name)
        .filter(excerpt -> excerpt.has("Reading") && !excerpt.isNull("Reading"))
        .map(excerpt -> excerpt.number("Reading"))
        .orElse(null);
  }

  /**
   * Where a chassis says that the meters of the chip in it are read; empty where it is that of no
   * chip, or does not say.
   *
   * @throws CodedException MALFORMED_INVENTORY with the field
   */
  public static Optional<String> metersOf(ObjectNode chassis, String source) {
    JsonFields fields = JsonFields.of(chassis, source, ErrorCode.MALFORMED_INVENTORY);
    return CHIP.matcher(ReportedText.of(fields, "Id").value().orElse("")).matches()
        ? fields
            .inside("EnvironmentMetrics")
            .flatMap(link -> ReportedText.of(link, "@odata.id").value())
        : Optional.empty();
  }

  private static void chassis(
      String id,
      JsonFields fields,
      @Nullable Meter meter,
      List<ToldChip> chips,
      List<Switch> switches,
      Signs signs) {
    Reported model = ReportedText.of(fields, "Model");
    Reported serial = ReportedText.name(fields, "SerialNumber");
    if (CHIP.matcher(id).matches()) {
      chips.add(
          new ToldChip(
              model,
              Reported.Absent.MISSING,
              Reported.Absent.MISSING,
              serial,
              seat(fields),
              Reported.Absent.MISSING,
              Reported.Absent.MISSING,
              meter));
    } else if (SWITCH.matcher(id).matches()) {
      switches.add(
          new Switch(model, ReportedText.alias(Alias.Kind.BOARD_SERIAL, serial).stream().toList()));
    } else if (CARRIES_ALL.contains(ReportedText.of(fields, "ChassisType").value().orElse(""))) {
      serial.value().ifPresent(text -> signs.add(HostSign.CHASSIS_SERIAL, text));
    }
  }

  private static Seat seat(JsonFields fields) {
    Reported label =
        fields
            .inside("Location")
            .flatMap(location -> location.inside("PartLocation"))
            .map(part -> ReportedText.of(part, "ServiceLabel"))
            .orElse(Reported.Absent.MISSING);
    return new Seat(
        Reported.Absent.MISSING,
        Reported.Absent.MISSING,
        Reported.Absent.MISSING,
        label,
        Reported.Absent.MISSING,
        ReportedText.of(fields, "PartNumber"));
  }

  private static Optional<Responder> responder(String id, JsonFields fields) {
    Optional<Component> component =
        SIGNS_FOR_CHIP.matcher(id).matches()
            ? Optional.of(Component.CHIP)
            : SIGNS_FOR_SWITCH.matcher(id).matches()
                ? Optional.of(Component.SWITCH)
                : Optional.empty();
    Optional<String> action =
        fields
            .inside("Actions")
            .flatMap(actions -> actions.inside("#ComponentIntegrity.SPDMGetSignedMeasurements"))
            .flatMap(asked -> ReportedText.of(asked, "target").value());
    boolean enabled =
        !fields.has("ComponentIntegrityEnabled")
            || fields.isNull("ComponentIntegrityEnabled")
            || fields.truth("ComponentIntegrityEnabled");
    if (component.isEmpty() || action.isEmpty() || !enabled) {
      return Optional.empty();
    }
    return Optional.of(
        new Responder(
            id,
            component.get(),
            ReportedText.of(fields, "ComponentIntegrityTypeVersion"),
            action.get(),
            fields
                .inside("SPDM")
                .flatMap(spdm -> spdm.inside("IdentityAuthentication"))
                .flatMap(identity -> identity.inside("ResponderAuthentication"))
                .flatMap(authentication -> authentication.inside("ComponentCertificate"))
                .flatMap(chain -> ReportedText.of(chain, "@odata.id").value())));
  }
}
