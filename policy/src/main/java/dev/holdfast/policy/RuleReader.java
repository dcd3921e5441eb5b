package dev.holdfast.policy;

import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads rules from their file, and holds each against what its stage may say. */
final class RuleReader {
  private static final List<String> COLUMNS =
      List.of(
          "rule",
          "stage",
          "title",
          "paragraph",
          "citation",
          "condition",
          "destinations",
          "parties",
          "outcome",
          "applies_to",
          "yields_to",
          "conditions",
          "valid_from",
          "valid_to",
          "recorded_from",
          "recorded_to",
          "status",
          "certainty",
          "source",
          "note");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,39}");

  private final ConditionCompiler compiler = new ConditionCompiler();

  static List<Rule> read(PolicyFiles files, List<Problem> problems) {
    RuleReader reader = new RuleReader();
    List<Rule> rules = RecordRows.read(files, PolicyFiles.RULES, COLUMNS, reader::rule, problems);
    problems.addAll(references(rules));
    return rules;
  }

  private Rule rule(CsvRow row) {
    String id = row.required("rule");
    if (!ID.matcher(id).matches()) {
      throw row.fault(
          ErrorCode.BAD_IDENTIFIER, "rule", "1 to 40 letters, digits, dots and hyphens are needed");
    }
    Stage stage =
        Stage.of(row.required("stage"))
            .orElseThrow(() ->
                row.fault(
                    ErrorCode.MALFORMED_RULE,
                    "stage",
                    "it is none of class, licence, exception, review, notice, outside"));
    Status status =
        Status.of(row.required("status"))
            .orElseThrow(() ->
                row.fault(
                    ErrorCode.MALFORMED_RULE,
                    "status",
                    "it is none of in force, stayed, not enforced, superseded, announcement,"
                        + " unknown"));
    for (String cited : List.of("paragraph", "citation", "source", "certainty")) {
      if (row.text(cited).isEmpty()) {
        throw row.fault(
            ErrorCode.UNCITED_RULE, cited, "every rule says where it stands and who says so");
      }
    }
    return new Rule(
        id,
        stage,
        row.required("title"),
        row.required("paragraph"),
        row.required("citation"),
        condition(row, stage),
        places(row, "destinations"),
        places(row, "parties"),
        effect(row, stage),
        RecordRows.list(row, "applies_to", "|"),
        RecordRows.list(row, "yields_to", "|"),
        RecordRows.list(row, "conditions", ";"),
        RecordRows.days(row, "valid"),
        RecordRows.days(row, "recorded"),
        status,
        row.required("certainty"),
        row.required("source"),
        RecordRows.text(row, "note"),
        row.line());
  }

  private Optional<Condition> condition(CsvRow row, Stage stage) {
    Optional<String> text = row.text("condition");
    if (text.isEmpty()) {
      if (stage == Stage.OUTSIDE) {
        return Optional.empty();
      }
      throw row.fault(ErrorCode.MISSING_VALUE, "condition", "a rule that is tested needs one");
    }
    try {
      Condition condition = compiler.compile(text.get());
      if (stage == Stage.CLASS && condition.variables().contains(ConditionCompiler.PARAGRAPH)) {
        throw row.fault(
            ErrorCode.ILL_TYPED_CONDITION,
            "condition",
            "a rule that says which paragraph an item meets cannot ask for it");
      }
      return Optional.of(condition);
    } catch (ConditionCompiler.Refused e) {
      throw row.fault(ErrorCode.ILL_TYPED_CONDITION, "condition", String.valueOf(e.getMessage()));
    }
  }

  static PlaceTerms places(CsvRow row, String column) {
    String text = row.required(column);
    PlaceTerms terms =
        RecordRows.made(row, column, ErrorCode.MALFORMED_RULE, () -> PlaceTerms.parse(text));
    for (String country : terms.countries()) {
      if (!CountryGroups.isCountry(country)) {
        throw row.fault(
            ErrorCode.UNKNOWN_COUNTRY,
            column,
            Problem.quote(country) + " is no country of ISO 3166");
      }
    }
    return terms;
  }

  private static String effect(CsvRow row, Stage stage) {
    String effect = RecordRows.text(row, "outcome");
    Optional<Outcome> outcome = Outcome.of(effect);
    boolean fits =
        switch (stage) {
          case CLASS -> effect.isEmpty();
          case LICENCE ->
              effect.equals(Rule.LICENCE_REQUIRED)
                  || outcome
                      .filter(
                          each -> each != Outcome.NO_LICENCE_REQUIRED && each != Outcome.EXCEPTION)
                      .isPresent();
          case EXCEPTION -> outcome.filter(each -> each == Outcome.EXCEPTION).isPresent();
          case REVIEW ->
              outcome
                  .filter(each ->
                      each.compareTo(Outcome.PRESUMPTION_OF_APPROVAL) >= 0
                          && each != Outcome.EMBARGOED_OR_LISTED)
                  .isPresent();
          case NOTICE -> effect.equals(Rule.NOTICE) || effect.equals(Rule.RED_FLAG);
          case OUTSIDE -> effect.equals(Rule.LICENCE_REQUIRED) || outcome.isPresent();
        };
    if (!fits) {
      throw row.fault(
          ErrorCode.MALFORMED_RULE,
          "outcome",
          Problem.quote(effect) + " is nothing that a rule of stage " + stage.word() + " may say");
    }
    return effect;
  }

  /** Names of rules that no row has. */
  private static List<Problem> references(List<Rule> rules) {
    Set<String> ids = new HashSet<>();
    Set<String> requirements = new HashSet<>();
    for (Rule rule : rules) {
      ids.add(rule.id());
      if (rule.effect().equals(Rule.LICENCE_REQUIRED)) {
        requirements.add(rule.id());
      }
    }
    List<Problem> problems = new java.util.ArrayList<>();
    for (Rule rule : rules) {
      if (!rule.yieldsTo().isEmpty()
          && rule.stage() != Stage.CLASS
          && rule.stage() != Stage.REVIEW) {
        problems.add(
            wrong(rule, "yields_to", "only rules of stage class or review give way to others"));
      }
      for (String other : rule.yieldsTo()) {
        if (!ids.contains(other) || other.equals(rule.id())) {
          problems.add(wrong(rule, "yields_to", Problem.quote(other) + " is no other rule"));
        }
      }
      boolean speaks = rule.stage() == Stage.EXCEPTION || rule.stage() == Stage.REVIEW;
      if (speaks == rule.appliesTo().isEmpty()) {
        problems.add(
            wrong(
                rule,
                "applies_to",
                speaks
                    ? "an exception or a review names the requirements that it speaks of"
                    : "only exceptions and reviews speak of requirements"));
      }
      for (String other : rule.appliesTo()) {
        if (!requirements.contains(other)) {
          problems.add(
              wrong(
                  rule,
                  "applies_to",
                  Problem.quote(other) + " is no rule that requires a licence"));
        }
      }
    }
    return problems;
  }

  static Problem wrong(Rule rule, String column, String reason) {
    return new Problem(ErrorCode.MALFORMED_RULE, PolicyFiles.RULES, rule.line(), column, reason);
  }
}
