package dev.holdfast.attest;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Inventory.Switch;
import dev.holdfast.model.Reported;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inventories of a seed: every state of every field, names that collide, hosts without chips. */
final class Invented {
  /** The kinds of name that a host may tell. */
  private static final List<Alias.Kind> TOLD =
      Stream.of(Alias.Kind.values())
          .filter(each -> each.strength() == Alias.Strength.HOST_DECLARED)
          .toList();

  private final SplittableRandom random;

  Invented(long seed) {
    random = new SplittableRandom(seed);
  }

  Inventory inventory() {
    Map<HostSign, SortedSet<String>> signs = new EnumMap<>(HostSign.class);
    for (HostSign kind : HostSign.values()) {
      SortedSet<String> values = new TreeSet<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        values.add(text());
      }
      signs.put(kind, values);
    }
    List<Chip> chips = new ArrayList<>();
    for (int i = random.nextInt(9); i > 0; i--) {
      chips.add(chip());
    }
    List<Switch> switches = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      switches.add(new Switch(reported(), aliases()));
    }
    return new Inventory(
        any(List.of(Inventory.Source.values())),
        random.nextBoolean() ? text() : null,
        random.nextBoolean() ? Instant.ofEpochMilli(random.nextLong(1L << 45)) : null,
        reported(),
        signs,
        chips,
        switches);
  }

  private Chip chip() {
    List<Alias> aliases = aliases();
    Map<Alias.Kind, Reported.Absent> untold = new HashMap<>();
    for (Alias.Kind kind : Alias.Kind.values()) {
      if (random.nextInt(3) == 0 && aliases.stream().noneMatch(each -> each.kind() == kind)) {
        untold.put(kind, any(List.of(Reported.Absent.values())));
      }
    }
    Seat seat =
        random.nextInt(4) == 0
            ? Seat.UNTOLD
            : new Seat(reported(), reported(), reported(), reported(), reported(), reported());
    return new Chip(reported(), aliases, untold, seat, reported(), reported(), meter());
  }

  private @Nullable Meter meter() {
    return Meter.of(
        random.nextBoolean() ? random.nextInt(1_000_000) / 1000.0 : null,
        random.nextBoolean() ? random.nextLong(Meter.MOST_MILLIJOULES + 1) : null);
  }

  private List<Alias> aliases() {
    List<Alias> aliases = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      Alias.Kind kind = any(TOLD);
      aliases.add(new Alias(kind, text()));
    }
    return aliases;
  }

  private Reported reported() {
    return random.nextBoolean() ? any(List.of(Reported.Absent.values())) : Reported.of(text());
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Sentences and fillings too: in a form of our own they are values like any other. */
  private String text() {
    return switch (random.nextInt(8)) {
      case 0 -> "N/A";
      case 1 -> "null";
      case 2 -> "0";
      case 3 -> "\u6a5f\u5668 " + random.nextInt(9) + " \ud83d\ude80";
      case 4 -> "\"\\</a>&#0;" + random.nextInt(9);
      default -> Long.toHexString(random.nextLong());
    };
  }
}
