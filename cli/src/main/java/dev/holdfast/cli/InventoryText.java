package dev.holdfast.cli;

import dev.holdfast.attest.Inventories;
import dev.holdfast.attest.InventoryJson;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Reported;
import dev.holdfast.trust.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An inventory as people read it, and as a line of JSON. */
final class InventoryText {
  private static final int WIDTH = 100;
  private static final int LONGEST_MODEL = 24;
  private static final int LONGEST_NAME = 46;

  private final MessageCatalogue catalogue;

  InventoryText(MessageCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The stable form with more fields in it. */
  static String json(Inventory inventory, Map<String, String> more) {
    TreeMap<String, JsonTree> members = new TreeMap<>(InventoryJson.write(inventory).members());
    more.forEach((name, value) -> members.put(name, new TextNode(value)));
    return new String(CanonicalJson.octets(ObjectNode.of(members)), StandardCharsets.UTF_8);
  }

  /** As {@link #lines}, of a file in the words of its form. */
  List<String> ofFile(Inventories.Read read, Path file) {
    return lines(
        read.inventory(),
        catalogue.say("inventory.read", Problem.printable(file.toString()), read.format().word()));
  }

  /**
   * Sentences first, then a line for each chip.
   *
   * @param teller who says so, as the user knows him
   */
  List<String> lines(Inventory inventory, String teller) {
    List<String> lines = new ArrayList<>();
    String driver = shown(inventory.driver());
    lines.add(
        inventory.chips().isEmpty()
            ? catalogue.say("inventory.no-chips", teller, driver)
            : catalogue.say("inventory.chips", teller, models(inventory), driver));
    lines.add(
        catalogue.say(
            inventory.source() == Inventory.Source.REDFISH
                ? "inventory.controller-word"
                : "inventory.host-word"));
    about(inventory).forEach(lines::add);
    if (!inventory.chips().isEmpty()) {
      lines.add("");
      lines.addAll(table(inventory.chips()));
    }
    return lines;
  }

  /** As wide as what is in it, and never wider than the terminal. */
  private List<String> table(List<Chip> chips) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        Stream.of("number", "model", "name", "seat")
            .map(column -> catalogue.say("inventory." + column))
            .toList());
    for (int i = 0; i < chips.size(); i++) {
      Chip chip = chips.get(i);
      rows.add(List.of(String.valueOf(i), shown(chip.model()), name(chip), seat(chip.seat())));
    }
    int number = width(rows, 0, WIDTH);
    int model = width(rows, 1, LONGEST_MODEL);
    int name = width(rows, 2, LONGEST_NAME);
    int seat = WIDTH - number - model - name - 3;
    return rows.stream()
        .map(row ->
            fit(row.get(0), number)
                + " "
                + fit(row.get(1), model)
                + " "
                + fit(row.get(2), name)
                + " "
                + fit(row.get(3), seat))
        .map(String::stripTrailing)
        .toList();
  }

  private static int width(List<List<String>> rows, int column, int most) {
    return Math.min(
        most, rows.stream().mapToInt(row -> ReportText.columns(row.get(column))).max().orElse(0));
  }

  private List<String> about(Inventory inventory) {
    List<String> lines = new ArrayList<>();
    List<String> when = new ArrayList<>();
    if (inventory.host() != null) {
      when.add(catalogue.say("inventory.named", Problem.printable(inventory.host())));
    }
    if (inventory.at() != null) {
      when.add(catalogue.say("inventory.at", Times.print(inventory.at())));
    }
    if (!when.isEmpty()) {
      lines.add(String.join(", ", when));
    }
    if (!inventory.switches().isEmpty()) {
      lines.add(catalogue.say("inventory.switches", String.valueOf(inventory.switches().size())));
    }
    List<Double> watts =
        inventory.chips().stream()
            .flatMap(chip -> Stream.ofNullable(chip.meter()))
            .flatMap(meter -> Stream.ofNullable(meter.watts()))
            .toList();
    if (!watts.isEmpty()) {
      lines.add(
          catalogue.say(
              "inventory.meters",
              String.valueOf(watts.size()),
              String.format(
                  Locale.ROOT, "%.1f", watts.stream().mapToDouble(Double::doubleValue).sum())));
    }
    lines.add(
        inventory.signs().isEmpty()
            ? catalogue.say("inventory.no-signs")
            : catalogue.say(
                "inventory.signs",
                inventory.signs().entrySet().stream()
                    .map(each -> each.getKey().word() + " " + each.getValue().size())
                    .collect(Collectors.joining(", "))));
    for (Alias alias : Inventories.repeated(inventory)) {
      lines.add("▲ " + catalogue.say("inventory.repeated", Problem.printable(alias.toString())));
    }
    return lines;
  }

  private String models(Inventory inventory) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    inventory.chips().forEach(chip -> counts.merge(shown(chip.model()), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(each -> each.getValue() + " × " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private String name(Chip chip) {
    return chip.aliases().isEmpty()
        ? catalogue.say("inventory.untold")
        : Problem.printable(chip.aliases().getFirst().toString());
  }

  private String seat(Seat seat) {
    List<String> parts = new ArrayList<>();
    add("inventory.chassis", seat.chassisSerial(), parts);
    add("inventory.slot", seat.slot(), parts);
    add("inventory.tray", seat.tray(), parts);
    add("inventory.module", seat.module(), parts);
    return parts.isEmpty() ? catalogue.say("inventory.untold") : String.join(", ", parts);
  }

  private void add(String key, Reported told, List<String> parts) {
    told.value().ifPresent(text -> parts.add(catalogue.say(key, Problem.printable(text))));
  }

  private String shown(Reported told) {
    return told.value().map(Problem::printable).orElseGet(() -> catalogue.say("inventory.untold"));
  }

  /** A cell of so many columns, cut where its text is longer. */
  private static String fit(String text, int width) {
    String shown = text;
    while (ReportText.columns(shown) > width) {
      String cut = shown.endsWith("…") ? shown.substring(0, shown.length() - 1) : shown;
      shown = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1)) + "…";
    }
    return shown + " ".repeat(width - ReportText.columns(shown));
  }
}
