package dev.holdfast.sim;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Reported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the chips of a simulated fleet sit on and sign with: a baseboard with four switches in each
 * host. Chips are those of one invented manufacturer; their keys are made when they first sign.
 *
 * <p>As with real ones, Hopper names its switches, Blackwell does not, and chips of other makers
 * sign nothing.
 */
public final class SimulatedBoards {
  private static final int SWITCHES = 4;

  private final SimulatedManufacturer manufacturer;
  private final Chance chance;
  private final Map<String, SimulatedDevice> devices = new HashMap<>();
  private final Map<SimulatedHost, List<SimulatedChip>> chips = new HashMap<>();

  /** The boards of a fleet. */
  public SimulatedBoards(SimulatedFleet fleet) {
    chance = new Chance(fleet.plan().seed());
    manufacturer =
        new SimulatedManufacturer(
            fleet.plan().seed(),
            fleet.plan().from(),
            fleet.plan().from().plus(fleet.plan().lifetime()));
    for (SimulatedChip chip : fleet.chips()) {
      chips.computeIfAbsent(chip.host(), host -> new ArrayList<>()).add(chip);
    }
  }

  /** Who made the chips. */
  public SimulatedManufacturer manufacturer() {
    return manufacturer;
  }

  /** The chips of a host, in their order. */
  List<SimulatedChip> chips(SimulatedHost host) {
    return chips.getOrDefault(host, List.of());
  }

  /** What a chip's model is called in certificates; null where it signs nothing. */
  private static @Nullable String part(SimulatedChip chip) {
    String model = chip.model();
    if (model.startsWith("H100") || model.startsWith("H200")) {
      return "GH100";
    }
    return model.startsWith("B200") ? "GB100" : null;
  }

  /** What a chip signs with; null where it cannot sign. */
  @Nullable SimulatedDevice device(SimulatedChip chip) {
    @Nullable String part = part(chip);
    return part == null
        ? null
        : devices.computeIfAbsent(
            chip.id(), id -> manufacturer.claiming(part, SimulatedDevice.GPU, chip.deviceId()));
  }

  /** The switches that a chip names, by their ids; null where its reports do not say. */
  @Nullable List<String> neighbours(SimulatedChip chip) {
    return "GH100".equals(part(chip)) ? switches(chip.host()) : null;
  }

  /** The switches on the baseboard of a host. */
  private List<String> switches(SimulatedHost host) {
    List<String> switches = new ArrayList<>(SWITCHES);
    for (int i = 1; i <= SWITCHES; i++) {
      switches.add(manufacturer.idOf("LS10", host.name() + " " + i));
    }
    return switches;
  }

  /** What a host tells of itself. */
  Inventory inventory(SimulatedHost host) {
    List<Inventory.Chip> told = new ArrayList<>();
    int module = 1;
    for (SimulatedChip chip : chips(host)) {
      told.add(
          new Inventory.Chip(
              Reported.of(chip.model()),
              List.of(
                  new Alias(Alias.Kind.PDI, "0x" + chip.deviceId()),
                  new Alias(Alias.Kind.UUID, chip.aliases().getFirst()),
                  new Alias(Alias.Kind.BOARD_SERIAL, chip.id())),
              new Inventory.Seat(
                  Reported.Absent.NOT_AVAILABLE,
                  Reported.Absent.NOT_AVAILABLE,
                  Reported.Absent.NOT_AVAILABLE,
                  Reported.of(String.valueOf(module++)),
                  Reported.Absent.NOT_AVAILABLE,
                  Reported.Absent.MISSING),
              Reported.Absent.MISSING,
              Reported.Absent.MISSING));
    }
    byte[] own = chance.octets("host signs", host.name());
    TreeMap<Inventory.HostSign, SortedSet<String>> signs = new TreeMap<>(Comparator.naturalOrder());
    signs.put(
        Inventory.HostSign.SYSTEM_UUID,
        new TreeSet<>(List.of(UUID.nameUUIDFromBytes(own).toString())));
    signs.put(
        Inventory.HostSign.NETWORK_ADDRESS,
        new TreeSet<>(
            List.of("02:00:%02x:%02x:%02x:%02x".formatted(own[0], own[1], own[2], own[3]))));
    return new Inventory(
        part(chips(host).getFirst()) == null ? Inventory.Source.REDFISH : Inventory.Source.NVML,
        host.name(),
        null,
        Reported.Absent.MISSING,
        signs,
        told,
        List.of());
  }
}
