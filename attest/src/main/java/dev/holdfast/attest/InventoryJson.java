package dev.holdfast.attest;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Inventory.Switch;
import dev.holdfast.model.Names;
import dev.holdfast.model.Reported;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JSON form of an {@link Inventory}: one for each inventory, and read only in that one.
 *
 * <p>A field with a value is a text; one that the source has no value for is null; one that is
 * empty is an empty text; one that the source does not have is not there. The same holds of the
 * names in {@code untold}. Names and signs stand in their order, each once. What meters say are
 * numbers, and there only where they were read.
 */
public final class InventoryJson {
  private InventoryJson() {}

  /** The form of an inventory. */
  public static ObjectNode write(Inventory inventory) {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    members.put("source", new TextNode(inventory.source().word()));
    if (inventory.host() != null) {
      members.put("host", new TextNode(inventory.host()));
    }
    if (inventory.at() != null) {
      members.put("at", new TextNode(inventory.at().toString()));
    }
    put(members, "driver", inventory.driver());
    TreeMap<String, JsonTree> signs = new TreeMap<>();
    inventory.signs().forEach((kind, values) -> signs.put(kind.word(), texts(values)));
    members.put("signs", ObjectNode.of(signs));
    members.put(
        "chips", new ArrayNode(inventory.chips().stream().map(InventoryJson::chip).toList()));
    members.put(
        "switches",
        new ArrayNode(inventory.switches().stream().map(InventoryJson::ofSwitch).toList()));
    return ObjectNode.of(members);
  }

  private static JsonTree texts(SortedSet<String> values) {
    return new ArrayNode(values.stream().<JsonTree>map(TextNode::new).toList());
  }

  private static JsonTree chip(Chip chip) {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    put(members, "model", chip.model());
    members.put("aliases", aliases(chip.aliases()));
    TreeMap<String, JsonTree> untold = new TreeMap<>();
    chip.untold().forEach((kind, absent) -> put(untold, kind.word(), absent));
    members.put("untold", ObjectNode.of(untold));
    Seat seat = chip.seat();
    TreeMap<String, JsonTree> seated = new TreeMap<>();
    put(seated, "chassisSerial", seat.chassisSerial());
    put(seated, "slot", seat.slot());
    put(seated, "tray", seat.tray());
    put(seated, "module", seat.module());
    put(seated, "cluster", seat.cluster());
    put(seated, "boardPart", seat.boardPart());
    members.put("seat", ObjectNode.of(seated));
    put(members, "vbios", chip.vbios());
    put(members, "pciBus", chip.pciBus());
    if (chip.meter() != null) {
      members.put("meter", meter(chip.meter()));
    }
    return ObjectNode.of(members);
  }

  private static JsonTree meter(Meter meter) {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    if (meter.watts() != null) {
      members.put("watts", new NumberNode(meter.watts()));
    }
    if (meter.millijoules() != null) {
      members.put("millijoules", new NumberNode(meter.millijoules()));
    }
    return ObjectNode.of(members);
  }

  private static JsonTree ofSwitch(Switch each) {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    put(members, "model", each.model());
    members.put("aliases", aliases(each.aliases()));
    return ObjectNode.of(members);
  }

  private static JsonTree aliases(List<Alias> aliases) {
    List<JsonTree> items = new ArrayList<>();
    for (Alias alias : aliases) {
      items.add(
          ObjectNode.of(
              Map.of(
                  "kind",
                  new TextNode(alias.kind().word()),
                  "value",
                  new TextNode(alias.value()))));
    }
    return new ArrayNode(items);
  }

  private static void put(Map<String, JsonTree> members, String name, Reported reported) {
    switch (reported) {
      case Reported.Value(String text) -> members.put(name, new TextNode(text));
      case Reported.Absent absent -> {
        switch (absent) {
          case NOT_AVAILABLE -> members.put(name, new NullNode());
          case EMPTY -> members.put(name, new TextNode(""));
          case MISSING -> {}
        }
      }
    }
  }

  /**
   * Reads an inventory in its form.
   *
   * @param source the name of the object for messages
   * @throws CodedException MALFORMED_INVENTORY with the field
   */
  public static Inventory read(ObjectNode object, String source) {
    return read(JsonFields.of(object, source, ErrorCode.MALFORMED_INVENTORY));
  }

  static Inventory read(JsonFields fields) {
    Inventory.Source source = fields.value("source", Inventory.Source::of);
    String host = fields.has("host") ? fields.value("host", text -> checked("host", text)) : null;
    Instant at = fields.has("at") ? fields.value("at", InventoryJson::time) : null;
    Reported driver = reported(fields, "driver");
    Map<HostSign, SortedSet<String>> signs = signs(fields.fields("signs"));
    List<Chip> chips = new ArrayList<>();
    for (JsonFields each : fields.items("chips", Inventory.MOST_CHIPS)) {
      chips.add(chip(each));
    }
    List<Switch> switches = new ArrayList<>();
    for (JsonFields each : fields.items("switches", Inventory.MOST_SWITCHES)) {
      Reported model = reported(each, "model");
      switches.add(new Switch(model, aliases(each)));
      each.requireNothingElse();
    }
    fields.requireNothingElse();
    return fields.made("at", () -> new Inventory(source, host, at, driver, signs, chips, switches));
  }

  private static String checked(String what, String text) {
    Names.check(what, text);
    return text;
  }

  /** A time in the one spelling that {@link Instant} prints. */
  private static Instant time(String text) {
    try {
      Instant time = Instant.parse(text);
      if (time.toString().equals(text)
          && text.length() <= "9999-12-31T23:59:59.999999999Z".length()) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("it is not a time such as 2026-01-31T08:00:00Z", e);
    }
    throw new IllegalArgumentException("it is not a time such as 2026-01-31T08:00:00Z");
  }

  private static Map<HostSign, SortedSet<String>> signs(JsonFields fields) {
    Map<HostSign, SortedSet<String>> signs = new EnumMap<>(HostSign.class);
    for (String name : fields.names()) {
      HostSign kind = fields.made(name, () -> HostSign.of(name));
      List<String> values = fields.texts(name, Inventory.MOST_VALUES);
      if (values.isEmpty()) {
        throw fields.refuse(name, "it is empty");
      }
      SortedSet<String> kept = new TreeSet<>();
      for (String value : values) {
        if (!kept.isEmpty() && kept.last().compareTo(value) >= 0) {
          throw fields.refuse(name, "its values do not stand in their order, each once");
        }
        kept.add(fields.made(name, () -> checked(name, value)));
      }
      signs.put(kind, kept);
    }
    return signs;
  }

  private static Chip chip(JsonFields fields) {
    Reported model = reported(fields, "model");
    List<Alias> aliases = aliases(fields);
    Map<Alias.Kind, Reported.Absent> untold = untold(fields.fields("untold"));
    JsonFields seated = fields.fields("seat");
    Seat seat =
        new Seat(
            reported(seated, "chassisSerial"),
            reported(seated, "slot"),
            reported(seated, "tray"),
            reported(seated, "module"),
            reported(seated, "cluster"),
            reported(seated, "boardPart"));
    seated.requireNothingElse();
    Reported vbios = reported(fields, "vbios");
    Reported pciBus = reported(fields, "pciBus");
    Meter meter = fields.has("meter") ? meter(fields) : null;
    fields.requireNothingElse();
    return fields.made(
        "untold", () -> new Chip(model, aliases, untold, seat, vbios, pciBus, meter));
  }

  private static Meter meter(JsonFields chip) {
    JsonFields fields = chip.fields("meter");
    Double watts = fields.has("watts") ? fields.number("watts") : null;
    Long millijoules = fields.has("millijoules") ? fields.whole("millijoules") : null;
    fields.requireNothingElse();
    return chip.made("meter", () -> new Meter(watts, millijoules));
  }

  private static Map<Alias.Kind, Reported.Absent> untold(JsonFields fields) {
    Map<Alias.Kind, Reported.Absent> untold = new HashMap<>();
    for (String name : fields.names()) {
      Alias.Kind kind = fields.made(name, () -> Alias.Kind.of(name));
      if (!(reported(fields, name) instanceof Reported.Absent absent)) {
        throw fields.refuse(name, "it is neither null nor empty");
      }
      untold.put(kind, absent);
    }
    return untold;
  }

  private static Alias.Kind toldKind(String word) {
    Alias.Kind kind = Alias.Kind.of(word);
    Inventory.requireTold(kind);
    return kind;
  }

  private static List<Alias> aliases(JsonFields fields) {
    List<Alias> aliases = new ArrayList<>();
    for (JsonFields each : fields.items("aliases", Inventory.MOST_ALIASES)) {
      Alias.Kind kind = each.value("kind", InventoryJson::toldKind);
      Alias alias = each.value("value", text -> new Alias(kind, text));
      each.requireNothingElse();
      if (!aliases.isEmpty() && aliases.getLast().compareTo(alias) >= 0) {
        throw fields.refuse("aliases", "they do not stand in their order, each once");
      }
      aliases.add(alias);
    }
    return aliases;
  }

  private static Reported reported(JsonFields fields, String name) {
    if (!fields.has(name)) {
      return Reported.Absent.MISSING;
    }
    if (fields.isNull(name)) {
      return Reported.Absent.NOT_AVAILABLE;
    }
    return fields.value(name, text -> text.isEmpty() ? Reported.Absent.EMPTY : Reported.of(text));
  }
}
