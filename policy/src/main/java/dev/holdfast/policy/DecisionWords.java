package dev.holdfast.policy;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words decisions for people, in one language; what the law and its sources say stays English. */
public final class DecisionWords {
  private final MessageCatalogue catalogue;

  /** Words in the language of a catalogue. */
  public DecisionWords(MessageCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The JSON form, with sentences in this language.
   *
   * @param whole whether the trace is wanted, and red flags that the question does not raise
   */
  public DecisionJson json(Decision decision, boolean whole) {
    return DecisionJson.of(decision, sentence(decision), advice(), this::say, whole);
  }

  /** The decision in one sentence. */
  public String sentence(Decision decision) {
    Question question = decision.question();
    String word = decision.outcome().word();
    if (decision.outcome() == Outcome.UNDETERMINED && !decision.possible().isEmpty()) {
      word = "open";
    } else if (decision.outcome() == Outcome.UNDETERMINED
        && decision.decidedBy().stream().anyMatch(rule -> rule.status() == Status.UNKNOWN)) {
      word = "uncertain";
    }
    return catalogue.say(
        "policy.sentence." + word,
        question.item().sku(),
        place(question.to()),
        question.date().toString(),
        decision.outcome() == Outcome.UNDETERMINED && !decision.possible().isEmpty()
            ? decision.dependsOn().stream().map(this::field).collect(Collectors.joining(", "))
            : decision.decidedBy().stream().findFirst().map(DecisionWords::cite).orElse("–"));
  }

  /** An outcome in a few words. */
  public String outcome(Outcome outcome) {
    return catalogue.say("policy.outcome." + outcome.word());
  }

  /** A field of a question. */
  public String field(String field) {
    return catalogue.say("policy.field." + field);
  }

  /** A country with its code. */
  public String place(String country) {
    return country.isEmpty()
        ? "–"
        : Locale.of("", country).getDisplayCountry(catalogue.language()) + " (" + country + ")";
  }

  /** That this supports legal advice and does not replace it. */
  public String advice() {
    return catalogue.say("policy.advice");
  }

  /** A sentence of the catalogue. */
  public String say(Reason reason) {
    return catalogue.say(reason.code(), reason.arguments());
  }

  /** What became of a rule. */
  public String result(TraceLine line) {
    return catalogue.say("policy.result." + line.result().word());
  }

  /** A rule with where it stands and where it was published. */
  public static String cite(Rule rule) {
    return rule.id()
        + ": "
        + rule.paragraph()
        + (rule.citation().equals("none") ? "" : "; " + rule.citation());
  }

  /** What would have to be otherwise, such as {@code date 2026-01-14}. */
  public String when(List<java.util.Map.Entry<String, String>> fields) {
    return fields.stream()
        .map(each -> field(each.getKey()) + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
