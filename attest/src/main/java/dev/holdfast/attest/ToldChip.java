package dev.holdfast.attest;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Reported;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chip as a source tells of it, before it is settled whose serial number that is.
 *
 * @param serial of the board, or of the module that it shares with others
 * @param meter what its meters say; null where the source reads none
 */
public record ToldChip(
    Reported model,
    Reported pdi,
    Reported uuid,
    Reported serial,
    Seat seat,
    Reported vbios,
    Reported pciBus,
    @Nullable Meter meter) {

  /**
   * The chips of one host. A serial number that two of them carry belongs to their module; so does
   * that of a Grace Blackwell product, also where only one of its chips is seen.
   */
  public static List<Chip> chips(List<ToldChip> told) {
    Map<Reported, Integer> serials = new HashMap<>();
    told.forEach(chip -> serials.merge(chip.serial, 1, Integer::sum));
    List<Chip> chips = new ArrayList<>();
    for (ToldChip chip : told) {
      boolean shared = serials.getOrDefault(chip.serial, 0) > 1 && chip.serial.value().isPresent();
      chips.add(
          chip.chip(
              shared || isOfModule(chip.model)
                  ? Alias.Kind.MODULE_SERIAL
                  : Alias.Kind.BOARD_SERIAL));
    }
    return chips;
  }

  private static boolean isOfModule(Reported model) {
    String name = model.value().orElse("").toUpperCase(Locale.ROOT);
    return name.contains("GB200") || name.contains("GB300");
  }

  private Chip chip(Alias.Kind serialKind) {
    List<Alias> aliases = new ArrayList<>();
    Map<Alias.Kind, Reported.Absent> untold = new EnumMap<>(Alias.Kind.class);
    add(Alias.Kind.PDI, pdi, aliases, untold);
    add(Alias.Kind.UUID, uuid, aliases, untold);
    add(serialKind, serial, aliases, untold);
    return new Chip(model, aliases, untold, seat, vbios, pciBus, meter);
  }

  private static void add(
      Alias.Kind kind,
      Reported told,
      List<Alias> aliases,
      Map<Alias.Kind, Reported.Absent> untold) {
    switch (told) {
      case Reported.Value value -> ReportedText.alias(kind, value).ifPresent(aliases::add);
      case Reported.Absent absent -> untold.put(kind, absent);
    }
  }
}
