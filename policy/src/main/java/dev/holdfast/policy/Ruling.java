package dev.holdfast.policy;

import java.util.List;
import java.util.Optional;

/**
 * What the law says to one case with nothing left open.
 *
 * @param paragraph what the item meets
 * @param licenceRequired empty where that hangs on a rule of unknown worth
 * @param decidedBy the rules that decided, the last word first
 */
record Ruling(
    String paragraph,
    Outcome outcome,
    Optional<Boolean> licenceRequired,
    List<Rule> decidedBy,
    List<String> conditions,
    List<TraceLine> trace,
    List<Rule> notices) {
  Ruling {
    decidedBy = List.copyOf(decidedBy);
    conditions = List.copyOf(conditions);
    trace = List.copyOf(trace);
    notices = List.copyOf(notices);
  }
}
