package dev.holdfast.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * A condition in CEL, typed and taken apart.
 *
 * <p>It is made of comparisons of one variable with constants, joined by and, or and not: nothing
 * else is taken. So its truth changes at its {@link #thresholds} and {@link #literals} only, and
 * trying one value of each cell between them tries all values there are. Proofs and bounds rest on
 * that; and CEL evaluates each cell once, whose answer is remembered. For any number of threads:
 * whoever comes second writes the same.
 */
public final class Condition {
  /** One of the parts that must all be true. */
  record Part(String text, Program program) {}

  /** How the values of one variable fall into cells. */
  private interface Cells {
    int of(Object value);
  }

  private record Variable(String name, Cells cells, int count) {}

  private static final int MOST_REMEMBERED = 1 << 20;
  private static final int MOST_PARTS = 100;
  private static final byte UNKNOWN = 0;
  private static final byte HOLDS = 1;

  private final String text;
  private final List<Part> parts;
  private final Map<String, SortedSet<Double>> thresholds;
  private final Map<String, Set<String>> literals;
  private final List<Variable> variables = new ArrayList<>();
  private final byte[] answers;

  Condition(
      String text,
      List<Part> parts,
      Map<String, SortedSet<Double>> thresholds,
      Map<String, Set<String>> literals,
      Set<String> names) {
    this.text = text;
    this.parts = List.copyOf(parts);
    this.thresholds = Map.copyOf(thresholds);
    this.literals = Map.copyOf(literals);
    long cells = 1;
    for (String name : names) {
      Variable variable = variable(name);
      variables.add(variable);
      cells = Math.min(MOST_REMEMBERED + 1L, cells * variable.count());
    }
    boolean few = cells <= MOST_REMEMBERED && parts.size() <= MOST_PARTS;
    answers = new byte[few ? (int) cells : 0];
  }

  private Variable variable(String name) {
    SortedSet<Double> numbers = thresholds.get(name);
    Set<String> texts = literals.get(name);
    if (numbers != null) {
      Grid grid = new Grid(numbers);
      return new Variable(name, value -> grid.cell((Double) value), grid.size());
    }
    if (texts != null) {
      List<String> known = List.copyOf(texts);
      return new Variable(name, value -> known.indexOf(value) + 1, known.size() + 1);
    }
    return new Variable(name, value -> (Boolean) value ? 1 : 0, 2);
  }

  /** As the data has it. */
  public String text() {
    return text;
  }

  /** The numbers that each variable is compared with. */
  Map<String, SortedSet<Double>> thresholds() {
    return thresholds;
  }

  /** The texts that each variable is compared with. */
  Map<String, Set<String>> literals() {
    return literals;
  }

  List<String> variables() {
    return variables.stream().map(Variable::name).toList();
  }

  /** The first part that is false, or empty where the condition holds. */
  Optional<String> missed(Map<String, Object> values) {
    int part = answers.length == 0 ? evaluated(values) : remembered(values);
    return part < 0 ? Optional.empty() : Optional.of(parts.get(part).text());
  }

  private int remembered(Map<String, Object> values) {
    int cell = 0;
    for (Variable variable : variables) {
      Object value = values.get(variable.name());
      if (value == null) {
        throw new IllegalArgumentException(variable.name() + " is not told");
      }
      cell = cell * variable.count() + variable.cells().of(value);
    }
    byte answer = answers[cell];
    if (answer == UNKNOWN) {
      answer = (byte) (evaluated(values) + HOLDS + 1);
      answers[cell] = answer;
    }
    return answer - HOLDS - 1;
  }

  /** The first part that CEL finds false, or -1. */
  private int evaluated(Map<String, Object> values) {
    for (int i = 0; i < parts.size(); i++) {
      if (!holds(parts.get(i), values)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean holds(Part part, Map<String, Object> values) {
    try {
      return (Boolean) part.program().eval(values);
    } catch (CelEvaluationException e) {
      // Comparisons of typed values with constants cannot fail.
      throw new IllegalStateException(part.text(), e);
    }
  }
}
