package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a source says is in a host: its accelerators, and the signs of what they sit in. All of it
 * is the source's word; nothing of it is proof.
 *
 * @param source who says so
 * @param host the name that the source gives the host; null where it gives none
 * @param at when the source says that it looked; null where it does not say, or says no time zone
 * @param driver the driver's version
 * @param signs of the host as a whole, by kind; a kind that nothing is known of is not there
 * @param chips in the order of the source
 * @param switches in the order of the source
 */
public record Inventory(
    Source source,
    @Nullable String host,
    @Nullable Instant at,
    Reported driver,
    Map<HostSign, SortedSet<String>> signs,
    List<Chip> chips,
    List<Switch> switches) {

  /** Whose word it is. */
  public enum Source {
    NVIDIA_SMI,
    NVML,
    REDFISH,
    FLEET_INTELLIGENCE;

    /** The stable word of JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What stays with a host when chips are taken out of it. */
  public enum HostSign {
    /** The UUID of the system, from DMI (SMBIOS). */
    SYSTEM_UUID,
    /** The id that the operating system made when it was installed. */
    MACHINE_ID,
    /** The serial number of the host's own chassis. */
    CHASSIS_SERIAL,
    /** Hardware addresses of network interfaces. */
    NETWORK_ADDRESS,
    /** World-wide names of disks. */
    DISK;

    /** The stable word of JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * An accelerator as it is told of.
   *
   * @param model the product's name
   * @param aliases its names, strongest first
   * @param seat where it says it sits
   * @param vbios the version of its firmware
   * @param pciBus the address on the host's PCI bus, which names a slot and never a chip
   */
  public record Chip(
      Reported model, List<Alias> aliases, Seat seat, Reported vbios, Reported pciBus) {
    public Chip {
      requireNonNull(model, "model");
      aliases = aliases.stream().distinct().sorted().toList();
      requireNonNull(seat, "seat");
      requireNonNull(vbios, "vbios");
      requireNonNull(pciBus, "pciBus");
    }
  }

  /**
   * Where a chip says that it sits.
   *
   * @param chassisSerial of the rack or chassis that carries the tray
   * @param slot of the tray in that chassis
   * @param tray the index of the tray
   * @param module the chip's place on its baseboard
   * @param cluster the UUID of the fabric of switches that it belongs to
   * @param boardPart the part number of its board
   */
  public record Seat(
      Reported chassisSerial,
      Reported slot,
      Reported tray,
      Reported module,
      Reported cluster,
      Reported boardPart) {
    /** Nothing is told. */
    public static final Seat UNTOLD =
        new Seat(
            Reported.Absent.MISSING,
            Reported.Absent.MISSING,
            Reported.Absent.MISSING,
            Reported.Absent.MISSING,
            Reported.Absent.MISSING,
            Reported.Absent.MISSING);

    public Seat {
      requireNonNull(chassisSerial, "chassisSerial");
      requireNonNull(slot, "slot");
      requireNonNull(tray, "tray");
      requireNonNull(module, "module");
      requireNonNull(cluster, "cluster");
      requireNonNull(boardPart, "boardPart");
    }
  }

  /** A switch between accelerators as it is told of. */
  public record Switch(Reported model, List<Alias> aliases) {
    public Switch {
      requireNonNull(model, "model");
      aliases = aliases.stream().distinct().sorted().toList();
    }
  }

  public Inventory {
    requireNonNull(source, "source");
    requireNonNull(driver, "driver");
    if (host != null) {
      Names.check("host", host);
    }
    TreeMap<HostSign, SortedSet<String>> copied = new TreeMap<>();
    signs.forEach((kind, values) -> {
      values.forEach(value -> Names.check(kind.word(), value));
      if (!values.isEmpty()) {
        copied.put(kind, Collections.unmodifiableSortedSet(new TreeSet<>(values)));
      }
    });
    signs = Collections.unmodifiableSortedMap(copied);
    chips = List.copyOf(chips);
    switches = List.copyOf(switches);
  }
}
