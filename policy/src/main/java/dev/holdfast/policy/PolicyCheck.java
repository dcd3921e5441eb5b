package dev.holdfast.policy;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    problems.addAll(versions(record));
    problems.addAll(countries(record));
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

  /** Rows of one rule that stand on one day with different worth. */
  private static List<Problem> versions(PolicyRecord record) {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, List<Rule>> each : record.byId().entrySet()) {
      List<Rule> rows = each.getValue();
      for (int i = 0; i < rows.size(); i++) {
        for (int j = i + 1; j < rows.size(); j++) {
          Rule one = rows.get(i);
          Rule other = rows.get(j);
          if (one.valid().meet(other.valid())
              && one.recorded().meet(other.recorded())
              && (one.status() != other.status() || one.stage() != other.stage())) {
            problems.add(
                new Problem(
                    ErrorCode.CONTRADICTING_ROWS,
                    PolicyFiles.RULES,
                    other.line(),
                    "status",
                    each.getKey()
                        + " is "
                        + one.status().word()
                        + " in line "
                        + one.line()
                        + " and "
                        + other.status().word()
                        + " here, on days that both hold"));
          }
        }
      }
    }
    return problems;
  }

  private static List<Problem> countries(PolicyRecord record) {
    List<Problem> problems = new ArrayList<>();
    List<CountryGroups.Row> rows = record.groups().rows();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        CountryGroups.Row one = rows.get(i);
        CountryGroups.Row other = rows.get(j);
        if (one.country().equals(other.country())
            && one.valid().meet(other.valid())
            && one.recorded().meet(other.recorded())) {
          problems.add(
              new Problem(
                  ErrorCode.CONTRADICTING_ROWS,
                  PolicyFiles.GROUPS,
                  other.line(),
                  "valid_from",
                  other.country()
                      + " has other groups in line "
                      + one.line()
                      + " on the same days"));
        }
      }
    }
    return problems;
  }
}
