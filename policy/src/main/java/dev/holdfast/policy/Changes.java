package dev.holdfast.policy;

import dev.holdfast.policy.Decision.Change;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What would have to be otherwise for another outcome: one thing at a time, the nearest of each.
 */
final class Changes {
  private final Decider decider;
  private final Question question;
  private final Specification computed;
  private final Optional<Specification> published;
  private final Outcome outcome;
  private final Law law;
  private final List<Change> changes = new ArrayList<>();

  Changes(
      Decider decider,
      Question question,
      Specification computed,
      Optional<Specification> published,
      Outcome outcome) {
    this.decider = decider;
    this.question = question;
    this.computed = computed;
    this.published = published;
    this.outcome = outcome;
    law = decider.law(question.date(), question.knownOn());
  }

  List<Change> all() {
    days();
    for (Kind kind : Kind.values()) {
      if (kind != question.kind() && !question.from().isEmpty()) {
        String from = kind == Kind.TRANSFER ? question.to() : kind == Kind.EXPORT ? "US" : "";
        if (kind == Kind.TRANSFER || !question.to().equals(from)) {
          add("kind", kind.word(), question.by(kind, from));
        }
      }
    }
    headquarters();
    destination();
    if (!question.endUse().isEmpty()) {
      add("endUse", "≠ " + question.endUse(), question.without(true, false));
    }
    if (question.listed() || question.ownedByListed()) {
      add("listed", "no", question.without(false, true));
    }
    computed
        .dataCentre()
        .ifPresent(is ->
            add("market", is ? "≠ datacenter" : "= datacenter", each -> each.withDataCentre(!is)));
    if (computed.tpp().exact()) {
      // Another performance than the published one has nothing published beside it.
      numbers(
          Facts.TPP,
          computed.tpp(),
          value -> decider.outcome(question, computed.withTpp(value), Optional.empty()));
    }
    numbers(
        Facts.BANDWIDTH, computed.bandwidth(), value -> changed(each -> each.withBandwidth(value)));
    numbers(
        Facts.INTERCONNECT,
        computed.interconnect(),
        value -> changed(each -> each.withInterconnect(value)));
    return changes;
  }

  private boolean add(String field, String value, Question other) {
    return add(field, value, decider.outcome(other, computed, published));
  }

  private boolean add(String field, String value, UnaryOperator<Specification> change) {
    return add(field, value, changed(change));
  }

  private Outcome changed(UnaryOperator<Specification> change) {
    return decider.outcome(question, change.apply(computed), published.map(change));
  }

  private boolean add(String field, String value, Outcome changed) {
    return changed != outcome && changes.add(new Change(field, value, changed));
  }

  /** The nearest day before, and the nearest after, on which the answer is another. */
  private void days() {
    NavigableSet<LocalDate> turns = decider.turns();
    LocalDate begun = turns.floor(question.date());
    for (LocalDate turn = begun;
        turn != null && turn.isAfter(decider.record().begins());
        turn = turns.lower(turn)) {
      LocalDate before = turn.minusDays(1);
      if (add("date", before.toString(), question.on(before))) {
        break;
      }
    }
    for (LocalDate turn = turns.higher(question.date());
        turn != null && !turn.isAfter(decider.record().answersUntil());
        turn = turns.higher(turn)) {
      if (add("date", turn.toString(), question.on(turn))) {
        break;
      }
    }
  }

  private void headquarters() {
    String now = question.parentHq().map(country -> Axes.terms(law, country)).orElse("");
    for (String country : law.parties().representatives()) {
      String terms = Axes.terms(law, country);
      if (!terms.equals(now)) {
        add("parentHq", terms, question.headquarters(Optional.of(country)));
      }
    }
  }

  /** A country in none of the groups that the record has. */
  private void destination() {
    law.ungrouped(question.from())
        .ifPresent(country -> add("to", "∉ A:5, A:6, D:1, D:4, D:5", question.to(country)));
  }

  /** The outcome with another number. */
  private interface Attempt {
    Outcome with(double value);
  }

  /** The nearest cell below, and the nearest above, in which the answer is another. */
  private void numbers(String variable, Span now, Attempt attempt) {
    if (!now.exact()) {
      return;
    }
    Grid grid = law.grid(variable);
    int cell = grid.cell(now.least());
    for (int step : new int[] {-1, 1}) {
      for (int other = cell + step; other >= 0 && other < grid.size(); other += step) {
        Outcome changed = attempt.with(inside(grid.span(other), step));
        if (changed != outcome) {
          changes.add(new Change(variable, grid.print(other), changed));
          break;
        }
      }
    }
  }

  /** A number inside a cell, near the end that one comes from. */
  private static double inside(Span span, int step) {
    if (span.exact()) {
      return span.least();
    }
    if (span.most() == Double.POSITIVE_INFINITY) {
      return span.least() + 1;
    }
    double width = span.most() - span.least();
    return step < 0 ? span.most() - width / 1000 : span.least() + width / 1000;
  }
}
