package dev.holdfast.policy;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows that cannot both be right. */
final class Contradictions {
  private Contradictions() {}

  /** Rows of one rule that stand on one day with different worth. */
  static List<Problem> versions(PolicyRecord record) {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, List<Rule>> each : record.byId().entrySet()) {
      List<Rule> rows = each.getValue();
      for (int i = 0; i < rows.size(); i++) {
        for (int j = i + 1; j < rows.size(); j++) {
          Rule one = rows.get(i);
          Rule other = rows.get(j);
          if (one.valid().meet(other.valid())
              && one.recorded().meet(other.recorded())
              && !alike(one, other)) {
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
                        + " here, or follows or speaks of something else, on days that both hold"));
          }
        }
      }
    }
    return problems;
  }

  /** Whether two rows of a rule are worth the same and lead to the same. */
  private static boolean alike(Rule one, Rule other) {
    return one.status() == other.status()
        && one.stage() == other.stage()
        && one.effect().equals(other.effect())
        && one.appliesTo().equals(other.appliesTo())
        && one.yieldsTo().equals(other.yieldsTo());
  }

  static List<Problem> countries(PolicyRecord record) {
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
