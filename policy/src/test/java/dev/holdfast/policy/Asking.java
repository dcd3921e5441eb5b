package dev.holdfast.policy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions of tests, asked of the record that Holdfast carries. */
final class Asking {
  static final PolicyRecord RECORD = PolicyRecord.builtIn();
  static final Decider DECIDER = new Decider(RECORD);
  static final LocalDate TODAY = LocalDate.parse("2026-08-01");

  private final Map<String, String> fields = new HashMap<>();

  private Asking() {}

  static Asking of(String item) {
    return new Asking().with("item", item);
  }

  static Asking own() {
    return new Asking();
  }

  Asking with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  Asking to(String country) {
    return with("to", country);
  }

  Asking from(String country) {
    return with("from", country);
  }

  Asking parent(String country) {
    return with("parentHq", country);
  }

  Asking kind(Kind kind) {
    return with("kind", kind.word());
  }

  Asking on(String day) {
    return with("date", day);
  }

  Asking knownOn(String day) {
    return with("knownOn", day);
  }

  Question question() {
    return new QuestionReader(RECORD, TODAY).read(field -> Optional.ofNullable(fields.get(field)));
  }

  Decision decide() {
    return DECIDER.decide(question());
  }

  static List<String> rules(Decision decision) {
    return decision.decidedBy().stream().map(Rule::id).toList();
  }

  static TraceLine line(Decision decision, String rule) {
    return decision.trace().stream()
        .filter(each -> each.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }
}
