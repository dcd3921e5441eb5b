package dev.holdfast.policy;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of one row of the law; field names are stable.
 *
 * @param outcome what follows, as the data has it
 * @param validTo the last day, or null
 * @param recordedTo the last day on which it was known so, or null
 */
public record RuleJson(
    String rule,
    String stage,
    String title,
    String paragraph,
    String citation,
    @Nullable String condition,
    String destinations,
    String parties,
    String outcome,
    List<String> appliesTo,
    List<String> yieldsTo,
    List<String> conditions,
    String validFrom,
    @Nullable String validTo,
    String recordedFrom,
    @Nullable String recordedTo,
    String status,
    String certainty,
    String source,
    String note) {
  /** The JSON form. */
  public static RuleJson of(Rule rule) {
    return new RuleJson(
        rule.id(),
        rule.stage().word(),
        rule.title(),
        rule.paragraph(),
        rule.citation(),
        rule.condition().map(Condition::text).orElse(null),
        rule.destinations().text(),
        rule.parties().text(),
        rule.effect(),
        rule.appliesTo(),
        rule.yieldsTo(),
        rule.conditions(),
        rule.valid().first().toString(),
        text(rule.valid().last()),
        rule.recorded().first().toString(),
        text(rule.recorded().last()),
        rule.status().word(),
        rule.certainty(),
        rule.source(),
        rule.note());
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }
}
