package dev.holdfast.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the law. Rows of one id are the same rule: at other times, or alternatives.
 *
 * @param id such as {@code H200RULE}
 * @param paragraph the paragraph of the law; of a rule that classifies, the paragraph that an item
 *     meets, or that it meets none
 * @param citation where it was published
 * @param condition empty only outside of what is tested
 * @param effect the stable word of what follows; blank of a rule that classifies
 * @param appliesTo of an exception or a review, the requirements that it speaks of
 * @param yieldsTo the rules that go before it where both apply
 * @param conditions what has to be met, for a person to see to
 * @param line its line in the data
 */
public record Rule(
    String id,
    Stage stage,
    String title,
    String paragraph,
    String citation,
    Optional<Condition> condition,
    PlaceTerms destinations,
    PlaceTerms parties,
    String effect,
    List<String> appliesTo,
    List<String> yieldsTo,
    List<String> conditions,
    Days valid,
    Days recorded,
    Status status,
    String certainty,
    String source,
    String note,
    long line) {
  /** The effect of a requirement that leaves the outcome to exceptions and reviews. */
  static final String LICENCE_REQUIRED = "licence-required";

  static final String NOTICE = "notice";
  static final String RED_FLAG = "red-flag";

  /** The paragraph of what no paragraph names. */
  public static final String NO_PARAGRAPH = "none";

  public Rule {
    appliesTo = List.copyOf(appliesTo);
    yieldsTo = List.copyOf(yieldsTo);
    conditions = List.copyOf(conditions);
  }

  /** What follows, where it is an outcome. */
  public Optional<Outcome> outcome() {
    return Outcome.of(effect);
  }

  /** The first of some rules that goes before it, where one does. */
  Optional<String> before(Set<String> others) {
    return yieldsTo.stream().filter(others::contains).findFirst();
  }

  /** Whether it takes part in decisions. */
  boolean isTested() {
    return stage != Stage.OUTSIDE && status != Status.SUPERSEDED;
  }
}
