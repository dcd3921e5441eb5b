package dev.holdfast.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
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
 * that.
 */
public final class Condition {
  /** One of the parts that must all be true. */
  record Part(String text, Program program) {}

  private final String text;
  private final List<Part> parts;
  private final Map<String, SortedSet<Double>> thresholds;
  private final Map<String, Set<String>> literals;
  private final Set<String> variables;

  Condition(
      String text,
      List<Part> parts,
      Map<String, SortedSet<Double>> thresholds,
      Map<String, Set<String>> literals,
      Set<String> variables) {
    this.text = text;
    this.parts = List.copyOf(parts);
    this.thresholds = Map.copyOf(thresholds);
    this.literals = Map.copyOf(literals);
    this.variables = Set.copyOf(variables);
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

  Set<String> variables() {
    return variables;
  }

  /** The first part that is false, or empty where the condition holds. */
  Optional<String> missed(Map<String, Object> values) {
    for (Part part : parts) {
      if (!holds(part, values)) {
        return Optional.of(part.text());
      }
    }
    return Optional.empty();
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
