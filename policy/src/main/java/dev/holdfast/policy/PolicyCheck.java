package dev.holdfast.policy;

import dev.holdfast.base.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Proves a record: every row is cited and well typed, no two rows of a rule or of a country
 * contradict each other, and on every day, as known on every other, each item meets exactly one
 * paragraph and each requirement has exactly one answer.
 *
 * <p>Conditions compare variables with constants only, so that one value of each cell between the
 * constants stands for all ({@link Condition}); the proof tries every combination of cells.
 */
public final class PolicyCheck {
  /**
   * What was found.
   *
   * @param problems what is wrong, none where the record is proved
   * @param rows rules, by rows
   * @param laws how many different laws there were over all days
   * @param cells how many cases were tried
   */
  public record Report(List<Problem> problems, int rows, int laws, long cells) {
    public Report {
      problems = List.copyOf(problems);
    }
  }

  private PolicyCheck() {}

  /**
   * Proves a record, or says why not.
   *
   * @param progress hears how many cases were tried
   */
  public static Report check(PolicyFiles files, LongConsumer progress) {
    List<Problem> problems = new ArrayList<>();
    PolicyRecord record = PolicyRecord.read(files, problems);
    if (!problems.isEmpty()) {
      // Of a record with missing rows every day would have a gap.
      return new Report(problems, record.rules().size(), 0, 0);
    }
    Proof proof = new Proof(progress);
    Set<List<Object>> seen = new HashSet<>();
    for (LocalDate known : record.turns(true)) {
      for (LocalDate on : record.turns(false)) {
        if (!on.isBefore(record.begins()) && !known.isBefore(record.begins())) {
          Law law = new Law(record.rules(), record.groups(), on, known);
          if (seen.add(law.identity())) {
            proof.prove(law);
          }
        }
      }
    }
    problems.addAll(proof.problems());
    return new Report(problems, record.rules().size(), seen.size(), proof.cells());
  }
}
