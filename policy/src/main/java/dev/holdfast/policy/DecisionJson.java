package dev.holdfast.policy;

import dev.holdfast.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a decision; field names are stable.
 *
 * @param licenceRequired {@code yes}, {@code no} or {@code unknown}
 * @param decidedBy the rules that decided, the last word first
 * @param asOf the day that was asked about
 * @param knownOn the day up to which the record was read
 */
public record DecisionJson(
    String item,
    String outcome,
    String licenceRequired,
    boolean free,
    String sentence,
    List<RuleJson> decidedBy,
    ClassificationJson classification,
    List<String> conditions,
    List<PossibleJson> possible,
    List<String> dependsOn,
    List<ChangeJson> changes,
    List<NoticeJson> notices,
    List<CautionJson> cautions,
    List<TraceJson> trace,
    List<FlagJson> redFlags,
    QuestionJson question,
    String asOf,
    String knownOn,
    RecordJson record,
    String advice) {
  /** A rule that decided. */
  public record RuleJson(
      String rule, String title, String paragraph, String citation, String certainty) {
    static RuleJson of(Rule rule) {
      return new RuleJson(
          rule.id(), rule.title(), rule.paragraph(), rule.citation(), rule.certainty());
    }
  }

  /**
   * What the item is.
   *
   * @param paragraph null where it may be more than one
   * @param tpp null where it is not known
   * @param basis what the two numbers stand on
   */
  public record ClassificationJson(
      @Nullable String paragraph,
      List<String> paragraphs,
      @Nullable Double tpp,
      @Nullable Double performanceDensity,
      @Nullable Double performanceDensityLeast,
      @Nullable Double performanceDensityMost,
      String basis,
      @Nullable String unverifiedParagraph,
      @Nullable Double vendorTpp,
      @Nullable String vendorEccn,
      @Nullable String vendorParagraph,
      boolean conflict) {
    static ClassificationJson of(Classification shown) {
      return new ClassificationJson(
          shown.paragraph().orElse(null),
          shown.paragraphs(),
          exact(shown.tpp()),
          exact(shown.density()),
          finite(shown.density().least()),
          finite(shown.density().most()),
          "dense rates as published; die area: " + shown.areaBasis(),
          shown.unverified().orElse(null),
          shown.vendorTpp().orElse(null),
          shown.vendorEccn().orElse(null),
          shown.vendorParagraph().orElse(null),
          shown.conflict());
    }

    private static @Nullable Double exact(Span span) {
      return span.exact() ? Double.valueOf(span.least()) : null;
    }

    private static @Nullable Double finite(double value) {
      return Double.isFinite(value) ? Double.valueOf(value) : null;
    }
  }

  /** An outcome that is open. */
  public record PossibleJson(String outcome, Map<String, String> when, List<RuleJson> decidedBy) {}

  /** What would change the outcome. */
  public record ChangeJson(String field, String value, String outcome) {}

  /** What should be known beside it. */
  public record NoticeJson(
      String rule, String title, String paragraph, String citation, String kind, String note) {}

  /** What should be known of the answer itself. */
  public record CautionJson(String code, String sentence) {}

  /** What became of one rule. */
  public record TraceJson(
      String rule, String title, String stage, String status, String result, String detail) {}

  /**
   * A red flag.
   *
   * @param raised null where a person or other facts have to say
   */
  public record FlagJson(
      String id, String scope, String flag, String answeredBy, @Nullable Boolean raised) {}

  /** What was asked. */
  public record QuestionJson(
      String item,
      long quantity,
      String kind,
      @Nullable String from,
      String to,
      @Nullable String parentHq,
      @Nullable String endUser,
      @Nullable String endUse,
      boolean listed,
      boolean ownedByListed) {}

  /** What it was decided by. */
  public record RecordJson(String sha256, String compiled) {}

  /**
   * The JSON form.
   *
   * @param sentence the decision in words
   * @param say words a caution
   * @param whole whether the trace is wanted, and red flags that the question does not raise
   */
  public static DecisionJson of(
      Decision decision,
      String sentence,
      String advice,
      Function<Reason, String> say,
      boolean whole) {
    Question question = decision.question();
    return new DecisionJson(
        question.item().sku(),
        decision.outcome().word(),
        decision.licence().map(required -> required ? "yes" : "no").orElse("unknown"),
        decision.outcome().free(),
        sentence,
        decision.decidedBy().stream().map(RuleJson::of).toList(),
        ClassificationJson.of(decision.classification()),
        decision.conditions(),
        decision.possible().stream()
            .map(each ->
                new PossibleJson(
                    each.outcome().word(),
                    each.when(),
                    each.decidedBy().stream().map(RuleJson::of).toList()))
            .toList(),
        decision.dependsOn(),
        decision.changes().stream()
            .map(each -> new ChangeJson(each.field(), each.value(), each.outcome().word()))
            .toList(),
        decision.notices().stream()
            .map(rule ->
                new NoticeJson(
                    rule.id(),
                    rule.title(),
                    rule.paragraph(),
                    rule.citation(),
                    rule.effect(),
                    rule.note()))
            .toList(),
        decision.cautions().stream()
            .map(each -> new CautionJson(each.code(), say.apply(each)))
            .toList(),
        whole ? decision.trace().stream().map(DecisionJson::trace).toList() : List.of(),
        decision.flags().stream()
            .filter(each -> whole || each.raised().orElse(false))
            .map(each ->
                new FlagJson(
                    each.flag().id(),
                    each.flag().scope(),
                    each.flag().flag(),
                    each.flag().answeredBy(),
                    each.raised().orElse(null)))
            .toList(),
        new QuestionJson(
            question.item().sku(),
            question.quantity(),
            question.kind().word(),
            blank(question.from()),
            question.to(),
            question.parentHq().orElse(null),
            blank(question.endUser()),
            blank(question.endUse()),
            question.listed(),
            question.ownedByListed()),
        question.date().toString(),
        question.knownOn().toString(),
        new RecordJson(decision.sha256(), decision.compiled().toString()),
        advice);
  }

  private static TraceJson trace(TraceLine line) {
    return new TraceJson(
        line.rule(),
        line.title(),
        line.stage().word(),
        line.status().word(),
        line.result().word(),
        line.detail());
  }

  private static @Nullable String blank(String text) {
    return text.isEmpty() ? null : text;
  }
}
