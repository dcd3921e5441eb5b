package dev.holdfast.policy;

import dev.holdfast.model.Reason;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a question, with all that it follows from.
 *
 * @param licence whether a licence is required; empty where that is not decided
 * @param decidedBy the rules that decided, the last word first; where it is open, those that hold
 *     in every case
 * @param conditions what a person has to see to
 * @param possible every outcome that what is not known leaves open; empty where it is decided
 * @param dependsOn the fields that it hangs on
 * @param changes what would change it, each by itself
 * @param cautions what should be known of this answer, as sentences of the catalogue
 * @param sha256 the record that it was made by
 */
public record Decision(
    Question question,
    Outcome outcome,
    Optional<Boolean> licence,
    List<Rule> decidedBy,
    Classification classification,
    List<String> conditions,
    List<Possibility> possible,
    List<String> dependsOn,
    List<Change> changes,
    List<TraceLine> trace,
    List<Rule> notices,
    List<Flag> flags,
    List<Reason> cautions,
    LocalDate compiled,
    String sha256) {
  /**
   * One outcome that is open.
   *
   * @param when fields, each with what it would have to be
   */
  public record Possibility(Outcome outcome, Map<String, String> when, List<Rule> decidedBy) {}

  /**
   * One thing that would change the outcome, were it otherwise.
   *
   * @param value what it would have to be
   */
  public record Change(String field, String value, Outcome outcome) {}

  /**
   * A red flag.
   *
   * @param raised whether what was asked raises it; empty where a person or other facts have to say
   */
  public record Flag(RedFlag flag, Optional<Boolean> raised) {}
}
