package dev.holdfast.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** All values that some rules can tell apart, one of each kind for every variable they ask for. */
final class Choices {
  private final Map<String, Grid> grids = new TreeMap<>();
  private final Map<String, List<Object>> values = new LinkedHashMap<>();

  /**
   * @param rules whose conditions are looked at
   */
  Choices(List<Rule> rules) {
    Map<String, SortedSet<Double>> thresholds = new TreeMap<>();
    Map<String, Set<String>> literals = new TreeMap<>();
    Set<String> variables = new TreeSet<>();
    for (Rule rule : rules) {
      Condition condition = rule.condition().orElseThrow();
      variables.addAll(condition.variables());
      condition
          .thresholds()
          .forEach(
              (name, all) -> thresholds.computeIfAbsent(name, key -> new TreeSet<>()).addAll(all));
      condition
          .literals()
          .forEach(
              (name, all) -> literals.computeIfAbsent(name, key -> new TreeSet<>()).addAll(all));
    }
    variables.remove(ConditionCompiler.PARAGRAPH);
    for (String variable : variables) {
      SortedSet<Double> numbers = thresholds.get(variable);
      Set<String> texts = literals.get(variable);
      if (numbers != null) {
        Grid grid = new Grid(numbers);
        grids.put(variable, grid);
        values.put(variable, List.copyOf(grid.representatives(Span.UNKNOWN)));
      } else if (texts != null) {
        values.put(variable, texts(variable, texts));
      } else {
        values.put(variable, List.of(true, false));
      }
    }
  }

  /** The texts that are told apart, and one that is not among them where there can be one. */
  private static List<Object> texts(String variable, Set<String> literals) {
    if (variable.equals("kind")) {
      List<Object> kinds = new ArrayList<>();
      for (Kind kind : Kind.values()) {
        kinds.add(kind.word());
      }
      return kinds;
    }
    List<Object> all = new ArrayList<>(literals);
    all.add("");
    return all;
  }

  /** The variables, those with thresholds and yes or no before others. */
  Set<String> variables() {
    return values.keySet();
  }

  /** What a value is called: its cell, or itself. */
  String cell(String variable, Object value) {
    Grid grid = grids.get(variable);
    return grid == null || !(value instanceof Double number)
        ? (value.equals("") ? "any other" : String.valueOf(value))
        : grid.print(grid.cell(number));
  }

  /** Visits every combination; the map is the same and changes between. */
  void each(Consumer<Map<String, Object>> visitor) {
    visit(List.copyOf(values.keySet()), 0, new HashMap<>(), visitor);
  }

  private void visit(
      List<String> names,
      int at,
      Map<String, Object> chosen,
      Consumer<Map<String, Object>> visitor) {
    if (at == names.size()) {
      visitor.accept(chosen);
      return;
    }
    String name = names.get(at);
    for (Object value : values.getOrDefault(name, List.of())) {
      chosen.put(name, value);
      visit(names, at + 1, chosen, visitor);
    }
  }
}
