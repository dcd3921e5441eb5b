package dev.holdfast.policy;

import dev.holdfast.policy.TraceLine.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One case before the law: rules are asked stage by stage. First which paragraph the item meets;
 * then what requires a licence; for each requirement whether an exception lifts it, and else how
 * applications are reviewed. The strictest answer stands.
 */
final class Trial {
  private final Law law;
  private final Map<String, Object> values;
  private final String to;
  private final Set<String> toGroups;
  private final String headquarters;
  private final Set<String> headquartersGroups;
  private final Map<String, TraceLine> lines = new LinkedHashMap<>();

  /** Rules that would apply, and of which nobody knows whether they do. */
  private final List<Rule> uncertain = new ArrayList<>();

  /** The answer to one requirement. */
  private record Answer(Outcome outcome, List<Rule> rules, List<String> conditions) {}

  Trial(Law law, Facts facts) {
    this.law = law;
    values = facts.values();
    to = facts.to();
    toGroups = law.groups(to);
    headquarters = facts.headquarters();
    headquartersGroups = law.groups(headquarters);
  }

  Ruling run() {
    law.rules().forEach((id, rows) -> absent(rows).ifPresent(line -> lines.put(id, line)));
    values.put(ConditionCompiler.PARAGRAPH, "");
    List<Rule> classes = winners(matched(Stage.CLASS));
    Set<String> paragraphs =
        classes.stream().map(Rule::paragraph).collect(Collectors.toCollection(LinkedHashSet::new));
    String paragraph = String.join(" | ", paragraphs);
    values.put(ConditionCompiler.PARAGRAPH, paragraph);
    List<Answer> answers = new ArrayList<>();
    List<Rule> requirements = matched(Stage.LICENCE);
    List<Rule> open =
        requirements.stream()
            .filter(rule -> rule.effect().equals(Rule.LICENCE_REQUIRED))
            .filter(rule -> rule.status() == Status.IN_FORCE)
            .toList();
    List<Rule> exceptions = open.isEmpty() ? notNeeded(Stage.EXCEPTION) : matched(Stage.EXCEPTION);
    List<Rule> lifted = new ArrayList<>();
    for (Rule rule : open) {
      exception(rule, exceptions)
          .ifPresent(answer -> {
            answers.add(answer);
            lifted.add(rule);
          });
    }
    List<Rule> unlifted = open.stream().filter(rule -> !lifted.contains(rule)).toList();
    List<Rule> reviews = unlifted.isEmpty() ? notNeeded(Stage.REVIEW) : matched(Stage.REVIEW);
    for (Rule rule : unlifted) {
      answers.add(review(rule, reviews));
    }
    for (Rule rule : requirements) {
      if (rule.status() == Status.UNKNOWN) {
        uncertain.add(rule);
      } else if (!open.contains(rule)) {
        answers.add(
            new Answer(
                rule.outcome().orElse(Outcome.UNDETERMINED), List.of(rule), rule.conditions()));
      }
    }
    List<Rule> notices = matched(Stage.NOTICE);
    return ruling(paragraph, classes, answers, notices);
  }

  private Ruling ruling(
      String paragraph, List<Rule> classes, List<Answer> answers, List<Rule> notices) {
    // A record that its check would refuse leaves an item without a paragraph, or with two.
    Outcome outcome = classes.size() == 1 ? Outcome.NO_LICENCE_REQUIRED : Outcome.UNDETERMINED;
    for (Answer answer : answers) {
      outcome = outcome.stricter(answer.outcome());
    }
    Set<Rule> decided = new LinkedHashSet<>();
    Set<String> conditions = new LinkedHashSet<>();
    Outcome certain = outcome;
    List<Rule> deciding = uncertain.stream().filter(rule -> mayChange(rule, certain)).toList();
    if (!deciding.isEmpty()) {
      outcome = Outcome.UNDETERMINED;
      decided.addAll(deciding);
    }
    for (Answer answer : answers) {
      if (answer.outcome() == certain) {
        decided.addAll(answer.rules());
        conditions.addAll(answer.conditions());
      }
    }
    decided.addAll(classes);
    return new Ruling(
        paragraph,
        outcome,
        licence(answers, deciding),
        List.copyOf(decided),
        List.copyOf(conditions),
        ordered(),
        notices);
  }

  /** Whether a rule of unknown worth would make the answer another one. */
  private static boolean mayChange(Rule rule, Outcome certain) {
    return certain != Outcome.EMBARGOED_OR_LISTED
        && (rule.stage() != Stage.LICENCE
            || rule.outcome().orElse(Outcome.UNDETERMINED).compareTo(certain) > 0);
  }

  private static Optional<Boolean> licence(List<Answer> answers, List<Rule> deciding) {
    boolean required = answers.stream().anyMatch(answer -> answer.outcome() != Outcome.EXCEPTION);
    boolean open =
        deciding.stream().anyMatch(rule -> rule.stage() != Stage.REVIEW)
            && (!required || deciding.stream().anyMatch(rule -> rule.stage() != Stage.LICENCE));
    return open ? Optional.empty() : Optional.of(required);
  }

  private List<TraceLine> ordered() {
    List<TraceLine> ordered = new ArrayList<>();
    for (String id : law.rules().keySet()) {
      TraceLine line = lines.get(id);
      if (line != null) {
        ordered.add(line);
      }
    }
    ordered.sort(java.util.Comparator.comparing(TraceLine::stage));
    return ordered;
  }

  /** What is to say of a rule of which no row is tested that day. */
  private Optional<TraceLine> absent(List<Rule> rows) {
    Rule next = null;
    Rule last = null;
    for (Rule row : rows) {
      if (row.valid().hold(law.on())) {
        if (row.isTested()) {
          return Optional.empty();
        }
        return Optional.of(
            row.stage() == Stage.OUTSIDE
                ? line(row, Result.NOT_TESTED, row.note())
                : line(row, Result.SUPERSEDED, row.note()));
      }
      if (row.valid().first().isAfter(law.on())) {
        next = next == null || row.valid().first().isBefore(next.valid().first()) ? row : next;
      } else {
        last = row;
      }
    }
    return next != null
        ? Optional.of(line(next, Result.NOT_YET, next.valid().first().toString()))
        : Optional.ofNullable(last)
            .map(row -> line(row, Result.ENDED, String.valueOf(row.valid().last())));
  }

  private static TraceLine line(Rule row, Result result, String detail) {
    return new TraceLine(row.id(), row.stage(), row.status(), result, detail, row.title());
  }

  /** The rules of a stage that apply, one row of each, with what they are worth. */
  private List<Rule> matched(Stage stage) {
    Map<String, Rule> matched = new LinkedHashMap<>();
    for (Rule row : law.tested(stage)) {
      Optional<String> missed = missed(row);
      if (missed.isPresent()) {
        lines.putIfAbsent(row.id(), line(row, Result.NOT_MET, missed.get()));
        continue;
      }
      switch (row.status()) {
        case IN_FORCE -> {
          matched.putIfAbsent(row.id(), row);
          lines.put(row.id(), line(row, Result.APPLIES, ""));
        }
        case UNKNOWN -> {
          if (stage == Stage.LICENCE) {
            matched.putIfAbsent(row.id(), row);
          } else if (stage != Stage.NOTICE) {
            uncertain.add(row);
          }
          lines.put(row.id(), line(row, Result.UNCERTAIN, row.note()));
        }
        case STAYED, NOT_ENFORCED, ANNOUNCEMENT, SUPERSEDED ->
            lines.put(row.id(), line(row, Result.WITHOUT_EFFECT, row.note()));
      }
    }
    return List.copyOf(matched.values());
  }

  private List<Rule> notNeeded(Stage stage) {
    for (Rule row : law.tested(stage)) {
      lines.putIfAbsent(row.id(), line(row, Result.NOT_NEEDED, ""));
    }
    return List.of();
  }

  private Optional<String> missed(Rule row) {
    if (!row.destinations().mean(to, toGroups)) {
      return Optional.of("to ∉ " + row.destinations());
    }
    if (!row.parties().mean(headquarters, headquartersGroups)) {
      return Optional.of("parentHq ∉ " + row.parties());
    }
    return row.condition().flatMap(condition -> condition.missed(values));
  }

  /** Those that give way to none of the others. */
  private List<Rule> winners(List<Rule> matched) {
    Set<String> ids = matched.stream().map(Rule::id).collect(Collectors.toSet());
    List<Rule> winners = new ArrayList<>();
    for (Rule rule : matched) {
      Optional<String> before = rule.before(ids);
      if (before.isPresent()) {
        lines.put(rule.id(), line(rule, Result.YIELDS, before.get()));
      } else {
        winners.add(rule);
      }
    }
    return winners;
  }

  private Optional<Answer> exception(Rule requirement, List<Rule> exceptions) {
    for (Rule exception : exceptions) {
      if (exception.appliesTo().contains(requirement.id())) {
        lines.put(requirement.id(), line(requirement, Result.LIFTED, exception.id()));
        return Optional.of(
            new Answer(Outcome.EXCEPTION, List.of(exception, requirement), exception.conditions()));
      }
    }
    return Optional.empty();
  }

  private Answer review(Rule requirement, List<Rule> reviews) {
    List<Rule> winners =
        winners(
            reviews.stream().filter(rule -> rule.appliesTo().contains(requirement.id())).toList());
    Set<Outcome> outcomes = new HashSet<>();
    List<Rule> rules = new ArrayList<>(winners);
    Set<String> conditions = new LinkedHashSet<>();
    for (Rule rule : winners) {
      outcomes.add(rule.outcome().orElse(Outcome.UNDETERMINED));
      conditions.addAll(rule.conditions());
    }
    rules.add(requirement);
    return new Answer(
        outcomes.size() == 1 ? outcomes.iterator().next() : Outcome.UNDETERMINED,
        rules,
        List.copyOf(conditions));
  }
}
