package dev.holdfast.policy;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Tries every case that laws can tell apart, and keeps the first of each kind that fails. */
final class Proof {
  private static final long TOLD_EVERY = 4096;

  private final LongConsumer progress;
  private final Map<String, Problem> problems = new LinkedHashMap<>();
  private long cells;

  Proof(LongConsumer progress) {
    this.progress = progress;
  }

  List<Problem> problems() {
    return List.copyOf(problems.values());
  }

  long cells() {
    return cells;
  }

  /** Proves one law. */
  void prove(Law law) {
    List<Rule> classes = inForce(law, Stage.CLASS);
    for (Rule rule : classes) {
      if (!rule.destinations().all() || !rule.parties().all()) {
        problems.putIfAbsent(
            "places " + rule.id(),
            RuleReader.wrong(
                rule,
                "destinations",
                "which paragraph an item meets cannot depend on where it goes, or to whom"));
      }
    }
    new Choices(classes).each(values -> paragraph(law, classes, values));
    for (Rule requirement : distinct(inForce(law, Stage.LICENCE))) {
      if (requirement.effect().equals(Rule.LICENCE_REQUIRED)) {
        answers(law, classes, requirement);
      }
    }
  }

  private static List<Rule> inForce(Law law, Stage stage) {
    return law.tested(stage).stream().filter(rule -> rule.status() == Status.IN_FORCE).toList();
  }

  private static List<Rule> distinct(List<Rule> rules) {
    Map<String, Rule> byId = new LinkedHashMap<>();
    rules.forEach(rule -> byId.putIfAbsent(rule.id(), rule));
    return List.copyOf(byId.values());
  }

  private void tried() {
    if (++cells % TOLD_EVERY == 0) {
      progress.accept(cells);
    }
  }

  // ---- paragraphs

  private void paragraph(Law law, List<Rule> classes, Map<String, Object> values) {
    tried();
    List<Rule> winners = winners(matched(classes, values));
    if (winners.size() != 1) {
      Choices choices = new Choices(classes);
      told(law, "class", names(winners), describe(choices, values), "paragraph");
    }
  }

  private static List<Rule> matched(List<Rule> rules, Map<String, Object> values) {
    return rules.stream()
        .filter(rule -> rule.condition().orElseThrow().missed(values).isEmpty())
        .toList();
  }

  /** Those that give way to none of the others, one row of each. */
  private static List<Rule> winners(List<Rule> matched) {
    Set<String> ids = new HashSet<>();
    matched.forEach(rule -> ids.add(rule.id()));
    return distinct(matched.stream().filter(rule -> rule.before(ids).isEmpty()).toList());
  }

  private static List<String> names(List<Rule> rules) {
    return rules.stream().map(Rule::id).toList();
  }

  // ---- answers

  private void answers(Law law, List<Rule> classes, Rule requirement) {
    List<Rule> exceptions = speaking(law, Stage.EXCEPTION, requirement);
    List<Rule> reviews = speaking(law, Stage.REVIEW, requirement);
    List<Rule> own =
        inForce(law, Stage.LICENCE).stream()
            .filter(rule -> rule.id().equals(requirement.id()))
            .toList();
    List<Rule> all = new ArrayList<>(own);
    all.addAll(exceptions);
    all.addAll(reviews);
    List<String> destinations = kinds(law, all, Rule::destinations);
    List<String> parties = kinds(law, all, Rule::parties);
    Choices choices = new Choices(all);
    for (Map<String, Object> values : projected(classes, all, choices)) {
      List<Rule> required = matched(own, values);
      List<Rule> lifting = matched(exceptions, values);
      List<Rule> reviewing = matched(reviews, values);
      for (String to : destinations) {
        for (String party : parties) {
          tried();
          if (placed(law, required, to, party).isEmpty()
              || !placed(law, lifting, to, party).isEmpty()) {
            continue;
          }
          List<Rule> winners = winners(placed(law, reviewing, to, party));
          Set<String> outcomes = new LinkedHashSet<>();
          winners.forEach(rule -> outcomes.add(rule.effect()));
          if (outcomes.size() != 1) {
            Map<String, Object> witness = new TreeMap<>(values);
            witness.put("to", to);
            witness.put("parentHq", party);
            told(
                law,
                "review of " + requirement.id(),
                names(winners),
                describe(choices, witness),
                "outcome");
          }
        }
      }
    }
  }

  private static List<Rule> speaking(Law law, Stage stage, Rule requirement) {
    return inForce(law, stage).stream()
        .filter(rule -> rule.appliesTo().contains(requirement.id()))
        .toList();
  }

  private static List<Rule> placed(Law law, List<Rule> rules, String to, String party) {
    return rules.stream()
        .filter(rule ->
            rule.destinations().mean(to, law.groups(to))
                && rule.parties().mean(party, law.groups(party)))
        .toList();
  }

  /** One country of each kind that the places of some rules can tell apart. */
  private static List<String> kinds(Law law, List<Rule> rules, Function<Rule, PlaceTerms> places) {
    return new Places(rules.stream().map(places).toList(), law::groups).representatives();
  }

  /**
   * Every combination of what the later rules ask for, with a paragraph that an item can meet
   * together with it.
   */
  private static List<Map<String, Object>> projected(
      List<Rule> classes, List<Rule> later, Choices choices) {
    List<Rule> both = new ArrayList<>(classes);
    both.addAll(later);
    Set<List<Object>> seen = new HashSet<>();
    List<Map<String, Object>> all = new ArrayList<>();
    new Choices(both)
        .each(values -> {
          List<Object> key = new ArrayList<>();
          for (String variable : choices.variables()) {
            key.add(choices.cell(variable, values.getOrDefault(variable, "")));
          }
          for (Rule winner : winners(matched(classes, values))) {
            List<Object> whole = new ArrayList<>(key);
            whole.add(winner.paragraph());
            if (seen.add(whole)) {
              Map<String, Object> kept = new HashMap<>(values);
              kept.put(ConditionCompiler.PARAGRAPH, winner.paragraph());
              all.add(kept);
            }
          }
        });
    return all;
  }

  // ---- what is told

  private static String describe(Choices choices, Map<String, Object> values) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Object> each : new TreeMap<>(values).entrySet()) {
      parts.add(each.getKey() + " " + choices.cell(each.getKey(), each.getValue()));
    }
    return String.join(", ", parts);
  }

  /** The first case of each kind is told. */
  private void told(Law law, String what, List<String> winners, String witness, String column) {
    boolean gap = winners.isEmpty();
    problems.putIfAbsent(
        what + winners,
        new Problem(
            gap ? ErrorCode.BAND_GAP : ErrorCode.BAND_OVERLAP,
            PolicyFiles.RULES,
            0,
            column,
            "on "
                + law.on()
                + " as known on "
                + law.known()
                + ", "
                + what
                + ": "
                + (gap ? "no rule" : String.join(" and ", winners))
                + (gap ? " applies" : " apply, and neither yields to the other")
                + " where "
                + witness));
  }
}
