package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Reported;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code nvidia-smi -q -x} prints.
 *
 * <p>Its {@code board_id} follows from the PCI bus and is no name of anything. Its timestamp says
 * no time zone, so an inventory of it has no time. It does not tell of switches, nor of the host.
 * Elements that are not known are passed over, since each driver adds some.
 */
public final class NvidiaSmiInventory {
  private static final String ROOT = "nvidia_smi_log";
  private static final String GPU = "gpu";
  private static final Pattern WATTS = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,3})? W");

  /** What is read of a GPU: the element, in its section where it is in one. */
  private enum Field {
    PRODUCT_NAME("product_name"),
    SERIAL("serial"),
    UUID("uuid"),
    PDI("pdi"),
    VBIOS_VERSION("vbios_version"),
    BOARD_PART_NUMBER("board_part_number"),
    // Drivers before R565 have the module's place here and no platformInfo.
    GPU_MODULE_ID("gpu_module_id"),
    CHASSIS_SERIAL_NUMBER("platformInfo", "chassis_serial_number"),
    SLOT_NUMBER("platformInfo", "slot_number"),
    TRAY_INDEX("platformInfo", "tray_index"),
    MODULE_ID("platformInfo", "module_id"),
    CLUSTER_UUID("fabric", "clusterUuid"),
    PCI_BUS_ID("pci", "pci_bus_id"),
    INSTANT_POWER("gpu_power_readings", "instant_power_draw"),
    // Older drivers have one reading, the oldest in a section of another name.
    POWER("gpu_power_readings", "power_draw"),
    OLDEST_POWER("power_readings", "power_draw");

    private final String section;
    private final String element;

    Field(String element) {
      this("", element);
    }

    Field(String section, String element) {
      this.section = section;
      this.element = element;
    }

    /** The field of an element, null where it is none. */
    static @Nullable Field of(String section, String element) {
      for (Field field : values()) {
        if (field.element.equals(element) && field.section.equals(section)) {
          return field;
        }
      }
      return null;
    }

    static boolean isSection(String name) {
      for (Field field : values()) {
        if (!field.section.isEmpty() && field.section.equals(name)) {
          return true;
        }
      }
      return false;
    }

    String path() {
      return section.isEmpty() ? element : section + "/" + element;
    }
  }

  private final BoundedXml xml;
  private final List<ToldChip> chips = new ArrayList<>();
  private Reported driver = Reported.Absent.MISSING;

  private NvidiaSmiInventory(BoundedXml xml) {
    this.xml = xml;
  }

  /**
   * Reads an inventory.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_INVENTORY with line and field; INPUT_TOO_LARGE
   */
  public static Inventory read(byte[] octets, String source) {
    return new NvidiaSmiInventory(BoundedXml.of(octets, source)).inventory();
  }

  private Inventory inventory() {
    xml.requireRoot(ROOT);
    for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.name()) {
          case "driver_version" -> {
            if (driver != Reported.Absent.MISSING) {
              throw xml.refuse("driver_version", "it stands there twice");
            }
            driver = reported("driver_version", xml.text("driver_version"));
          }
          case GPU -> gpu();
          default -> xml.skip();
        }
      }
    }
    xml.requireEnd();
    return new Inventory(
        Inventory.Source.NVIDIA_SMI,
        null,
        null,
        driver,
        Map.of(),
        ToldChip.chips(chips),
        List.of());
  }

  private void gpu() {
    if (chips.size() == Inventory.MOST_CHIPS) {
      throw xml.refuse(GPU, "there are more than " + Inventory.MOST_CHIPS + " of them");
    }
    Map<Field, String> told = new EnumMap<>(Field.class);
    elements("", told);
    chips.add(
        new ToldChip(
            of(told, Field.PRODUCT_NAME),
            name(told, Field.PDI),
            name(told, Field.UUID),
            name(told, Field.SERIAL),
            new Seat(
                name(told, Field.CHASSIS_SERIAL_NUMBER),
                of(told, Field.SLOT_NUMBER),
                of(told, Field.TRAY_INDEX),
                of(told, told.containsKey(Field.MODULE_ID) ? Field.MODULE_ID : Field.GPU_MODULE_ID),
                name(told, Field.CLUSTER_UUID),
                of(told, Field.BOARD_PART_NUMBER)),
            of(told, Field.VBIOS_VERSION),
            of(told, Field.PCI_BUS_ID),
            Meter.of(watts(told), null)));
  }

  /** What the chip draws; that of its memory and of its module are other meters. */
  private @Nullable Double watts(Map<Field, String> told) {
    for (Field field : List.of(Field.INSTANT_POWER, Field.POWER, Field.OLDEST_POWER)) {
      if (of(told, field) instanceof Reported.Value(String text)) {
        if (!WATTS.matcher(text).matches()) {
          throw xml.refuse(place(field), "it is not a power such as 68.92 W");
        }
        return Double.valueOf(text.substring(0, text.indexOf(' ')));
      }
    }
    return null;
  }

  /** Reads up to the end of the GPU or of a section of it. */
  private void elements(String section, Map<Field, String> told) {
    for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
      if (event != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      Field field = Field.of(section, xml.name());
      if (field != null) {
        if (told.containsKey(field)) {
          throw xml.refuse(place(field), "it stands there twice");
        }
        told.put(field, xml.text(place(field)));
      } else if (section.isEmpty() && Field.isSection(xml.name())) {
        elements(xml.name(), told);
      } else {
        xml.skip();
      }
    }
  }

  private String place(Field field) {
    return GPU + "[" + (chips.size() + 1) + "]/" + field.path();
  }

  private Reported of(Map<Field, String> told, Field field) {
    return told.containsKey(field)
        ? reported(place(field), requireNonNull(told.get(field)))
        : Reported.Absent.MISSING;
  }

  private Reported reported(String place, String text) {
    try {
      return ReportedText.of(text);
    } catch (IllegalArgumentException e) {
      throw xml.refuse(place, String.valueOf(e.getMessage()));
    }
  }

  private Reported name(Map<Field, String> told, Field field) {
    return of(told, field) instanceof Reported.Value(String text)
        ? ReportedText.name(text)
        : of(told, field);
  }
}
