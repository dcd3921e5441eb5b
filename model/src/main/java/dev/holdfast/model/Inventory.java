package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
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
  /** The most chips of one host. */
  public static final int MOST_CHIPS = 128;

  /** The most switches of one host. */
  public static final int MOST_SWITCHES = 256;

  /** The most values of one sign. */
  public static final int MOST_VALUES = 64;

  /** The most names of one chip or switch. */
  public static final int MOST_ALIASES = 16;

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

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

    /**
     * The source of a word.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Source of(String word) {
      return named(values(), Source::word, word, "source");
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

    /**
     * The sign of a word.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static HostSign of(String word) {
      return named(values(), HostSign::word, word, "sign of a host");
    }
  }

  private static <T> T named(T[] values, Function<T, String> words, String word, String what) {
    for (T value : values) {
      if (words.apply(value).equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException("there is no " + what + " called so");
  }

  /**
   * An accelerator as it is told of.
   *
   * @param model the product's name
   * @param aliases its names, strongest first
   * @param untold kinds of name that the source has a field for and no name in it; a kind that is
   *     neither here nor among the aliases is missing
   * @param seat where it says it sits
   * @param vbios the version of its firmware
   * @param pciBus the address on the host's PCI bus, which names a slot and never a chip
   * @param meter what its meters say; null where the source reads none
   */
  public record Chip(
      Reported model,
      List<Alias> aliases,
      Map<Alias.Kind, Reported.Absent> untold,
      Seat seat,
      Reported vbios,
      Reported pciBus,
      @Nullable Meter meter) {
    public Chip {
      requireNonNull(model, "model");
      aliases = sorted(aliases);
      TreeMap<Alias.Kind, Reported.Absent> copied = new TreeMap<>(untold);
      copied.values().removeIf(absent -> absent == Reported.Absent.MISSING);
      for (Alias alias : aliases) {
        if (copied.containsKey(alias.kind())) {
          throw new IllegalArgumentException(
              "a name of kind " + alias.kind().word() + " is both told and untold");
        }
      }
      untold = Collections.unmodifiableSortedMap(copied);
      requireNonNull(seat, "seat");
      requireNonNull(vbios, "vbios");
      requireNonNull(pciBus, "pciBus");
    }

    /**
     * A chip of which nothing is known about the names that it does not have, and whose meters are
     * not read.
     */
    public Chip(Reported model, List<Alias> aliases, Seat seat, Reported vbios, Reported pciBus) {
      this(model, aliases, Map.of(), seat, vbios, pciBus, null);
    }

    /** The same chip with what its meters say. */
    public Chip metered(@Nullable Meter now) {
      return new Chip(model, aliases, untold, seat, vbios, pciBus, now);
    }

    /**
     * The per-device id without its {@code 0x}, which is also what the chip signs with; empty where
     * none of that form is told.
     */
    public Optional<String> device() {
      for (Alias alias : aliases) {
        String text = alias.value();
        if (alias.kind() == Alias.Kind.PDI && text.startsWith("0x") && text.length() > 2) {
          return Optional.of(text.substring(2));
        }
      }
      return Optional.empty();
    }

    /** What the source says of a kind of name: the first of that kind, or in which way none. */
    public Reported told(Alias.Kind kind) {
      for (Alias alias : aliases) {
        if (alias.kind() == kind) {
          return Reported.of(alias.value());
        }
      }
      return untold.getOrDefault(kind, Reported.Absent.MISSING);
    }
  }

  /**
   * What the meters of a chip said when the source looked.
   *
   * @param watts that it draws, 0 to less than a million; null where the source does not say
   * @param millijoules that it drew since its driver was loaded or its controller began, a counter
   *     that only grows, 0 to 2^53 - 1; null where the source does not say
   */
  public record Meter(@Nullable Double watts, @Nullable Long millijoules) {
    /** No chip draws so much. */
    public static final double MOST_WATTS = 1e6;

    /** The largest counter: all whole numbers up to it have their one form in JSON. */
    public static final long MOST_MILLIJOULES = (1L << 53) - 1;

    public Meter {
      if (watts == null && millijoules == null) {
        throw new IllegalArgumentException("a meter says watts, millijoules or both");
      }
      if (watts != null && !(watts >= 0 && watts < MOST_WATTS)) {
        throw new IllegalArgumentException("a meter says 0 to less than a million watts");
      }
      if (millijoules != null && (millijoules < 0 || millijoules > MOST_MILLIJOULES)) {
        throw new IllegalArgumentException("a meter says 0 to 2^53 - 1 millijoules");
      }
      // There is one nought.
      watts = watts == null ? null : Double.valueOf(watts + 0.0);
    }

    /**
     * What two meters say, null where neither says anything.
     *
     * @throws IllegalArgumentException where one says what cannot be
     */
    public static @Nullable Meter of(@Nullable Double watts, @Nullable Long millijoules) {
      return watts == null && millijoules == null ? null : new Meter(watts, millijoules);
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
      aliases = sorted(aliases);
    }
  }

  private static List<Alias> sorted(List<Alias> aliases) {
    List<Alias> sorted = aliases.stream().distinct().sorted().toList();
    sorted.forEach(each -> requireTold(each.kind()));
    requireAtMost(MOST_ALIASES, sorted.size(), "names");
    return sorted;
  }

  /**
   * Requires a kind of name that a host may tell.
   *
   * @throws IllegalArgumentException where only a signature gives it: a host's word must never be
   *     taken for one
   */
  public static void requireTold(Alias.Kind kind) {
    if (kind.strength() != Alias.Strength.HOST_DECLARED) {
      throw new IllegalArgumentException(
          "a name of kind " + kind.word() + " is in signatures alone; no host tells it");
    }
  }

  private static void requireAtMost(int most, int count, String what) {
    if (count > most) {
      throw new IllegalArgumentException("there are more than " + most + " " + what);
    }
  }

  public Inventory {
    requireNonNull(source, "source");
    requireNonNull(driver, "driver");
    if (host != null) {
      Names.check("host", host);
    }
    if (at != null && (at.isBefore(Instant.EPOCH) || at.isAfter(LAST))) {
      throw new IllegalArgumentException("a time lies in the years 1970 to 9999");
    }
    TreeMap<HostSign, SortedSet<String>> copied = new TreeMap<>();
    signs.forEach((kind, values) -> {
      values.forEach(value -> Names.check(kind.word(), value));
      requireAtMost(MOST_VALUES, values.size(), "values of " + kind.word());
      if (!values.isEmpty()) {
        copied.put(kind, Collections.unmodifiableSortedSet(new TreeSet<>(values)));
      }
    });
    signs = Collections.unmodifiableSortedMap(copied);
    requireAtMost(MOST_CHIPS, chips.size(), "chips");
    requireAtMost(MOST_SWITCHES, switches.size(), "switches");
    chips = List.copyOf(chips);
    switches = List.copyOf(switches);
  }
}
