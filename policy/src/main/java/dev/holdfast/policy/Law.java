package dev.holdfast.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The law as it stood on one day, as it was known on another.
 *
 * <p>Remembers rulings by the cells that their numbers lie in, since all cases of one cell are
 * judged alike.
 */
final class Law {
  /** So many rulings are remembered; then all are forgotten. */
  private static final int MOST_REMEMBERED = 65_536;

  private static final Grid NO_CELLS = new Grid(new TreeSet<>());

  /** All that conditions can tell apart. */
  private record Cell(
      int tpp,
      int density,
      int bandwidth,
      int interconnect,
      boolean dataCentre,
      String vendor,
      String item,
      Kind kind,
      String from,
      int to,
      int headquarters,
      String endUse,
      boolean listed,
      boolean ownedByListed) {}

  private final LocalDate on;
  private final LocalDate known;
  private final Map<Stage, List<Rule>> tested = new EnumMap<>(Stage.class);
  private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
  private final Map<String, Grid> grids = new HashMap<>();
  private final Map<String, Grid> decisiveGrids = new HashMap<>();
  private final Map<String, Set<String>> literals = new HashMap<>();
  private final Map<String, Set<String>> groupsOf = new TreeMap<>();
  private final Places destinations;
  private final Places parties;
  private final ConcurrentHashMap<Cell, Ruling> remembered = new ConcurrentHashMap<>();

  /**
   * @param rows all rules of the record
   */
  Law(List<Rule> rows, CountryGroups groups, LocalDate on, LocalDate known) {
    this.on = on;
    this.known = known;
    Map<String, SortedSet<Double>> thresholds = new TreeMap<>();
    Map<String, SortedSet<Double>> decisive = new TreeMap<>();
    for (Rule row : rows) {
      if (!row.recorded().hold(known)) {
        continue;
      }
      rules.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row);
      if (row.valid().hold(on) && row.isTested()) {
        tested.computeIfAbsent(row.stage(), stage -> new ArrayList<>()).add(row);
        Condition condition = row.condition().orElseThrow();
        condition
            .thresholds()
            .forEach((variable, values) -> {
              thresholds.computeIfAbsent(variable, key -> new TreeSet<>()).addAll(values);
              if (row.stage() != Stage.NOTICE) {
                decisive.computeIfAbsent(variable, key -> new TreeSet<>()).addAll(values);
              }
            });
        condition
            .literals()
            .forEach((variable, values) ->
                literals.computeIfAbsent(variable, key -> new HashSet<>()).addAll(values));
      }
    }
    for (String variable : List.of(Facts.TPP, Facts.DENSITY, Facts.BANDWIDTH, Facts.INTERCONNECT)) {
      grids.put(variable, new Grid(thresholds.getOrDefault(variable, new TreeSet<>())));
      decisiveGrids.put(variable, new Grid(decisive.getOrDefault(variable, new TreeSet<>())));
    }
    CountryGroups.countries().forEach(each -> groupsOf.put(each, groups.groups(each, on, known)));
    destinations = places(Rule::destinations);
    parties = places(Rule::parties);
  }

  private Places places(Function<Rule, PlaceTerms> of) {
    return new Places(
        tested.values().stream().flatMap(List::stream).map(of).toList(), this::groups);
  }

  LocalDate on() {
    return on;
  }

  LocalDate known() {
    return known;
  }

  /** Every rule that is known, with its rows, in the order of the data. */
  Map<String, List<Rule>> rules() {
    return rules;
  }

  /** The rows of a stage that hold on the day. */
  List<Rule> tested(Stage stage) {
    return tested.getOrDefault(stage, List.of());
  }

  /** The cells of a variable, as far as outcomes hang on it. */
  Grid grid(String variable) {
    return decisiveGrids.getOrDefault(variable, NO_CELLS);
  }

  private int cell(String variable, double value) {
    return grids.getOrDefault(variable, NO_CELLS).cell(value);
  }

  /** The texts that a variable is compared with. */
  Set<String> literals(String variable) {
    return literals.getOrDefault(variable, Set.of());
  }

  Set<String> groups(String country) {
    return groupsOf.getOrDefault(country, Set.of());
  }

  /** Headquarters, as the law tells them apart. */
  Places parties() {
    return parties;
  }

  /** A country in no group at all, other than one. */
  Optional<String> ungrouped(String other) {
    return groupsOf.entrySet().stream()
        .filter(each -> each.getValue().isEmpty() && !each.getKey().equals(other))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * What tells it from laws of other days: the rows that are tested, and the groups of countries.
   */
  List<Object> identity() {
    Set<Long> lines = new TreeSet<>();
    tested.values().forEach(rows -> rows.forEach(row -> lines.add(row.line())));
    return List.of(lines, groupsOf);
  }

  /** What the law says. */
  Ruling rule(Facts facts) {
    Cell cell =
        new Cell(
            cell(Facts.TPP, facts.tpp()),
            cell(Facts.DENSITY, facts.density()),
            cell(Facts.BANDWIDTH, facts.bandwidth()),
            cell(Facts.INTERCONNECT, facts.interconnect()),
            facts.dataCentre(),
            told("vendor", facts.vendor()),
            told("item", facts.item()),
            facts.kind(),
            told("from", facts.from()),
            destinations.kind(facts.to()),
            parties.kind(facts.headquarters()),
            told("endUse", facts.endUse()),
            facts.listed(),
            facts.ownedByListed());
    Ruling ruling = remembered.get(cell);
    if (ruling == null) {
      ruling = new Trial(this, facts).run();
      if (remembered.size() >= MOST_REMEMBERED) {
        remembered.clear();
      }
      remembered.put(cell, ruling);
    }
    return ruling;
  }

  /** A text, where any condition tells it from others. */
  private String told(String variable, String value) {
    return literals(variable).contains(value) ? value : "";
  }
}
