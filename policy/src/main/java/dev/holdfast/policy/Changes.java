package dev.holdfast.policy;

import dev.holdfast.policy.Decision.Change;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * What would have to be otherwise for another outcome: one thing at a time, the nearest of each.
 */
final class Changes {
  private final Decider decider;
  private final Question question;
  private final Outcome outcome;
  private final Law law;
  private final List<Change> changes = new ArrayList<>();

  Changes(Decider decider, Question question, Outcome outcome) {
    this.decider = decider;
    this.question = question;
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
    Accelerator item = question.item();
    item.dataCentre()
        .ifPresent(
            is -> add("market", is ? "≠ datacenter" : "= datacenter", with(market(item, !is))));
    if (item.tpp().exact()) {
      numbers(Facts.TPP, item.tpp().least(), value -> performance(item, value));
    }
    item.bandwidth()
        .ifPresent(known ->
            numbers(Facts.BANDWIDTH, known.doubleValue(), value -> bandwidth(item, value)));
    item.interconnect()
        .ifPresent(known ->
            numbers(Facts.INTERCONNECT, known.doubleValue(), value -> interconnect(item, value)));
    return changes;
  }

  private void add(String field, String value, Question other) {
    Outcome changed = decider.outcome(other);
    if (changed != outcome) {
      changes.add(new Change(field, value, changed));
    }
  }

  /** The nearest day before, and the nearest after, on which the answer is another. */
  private void days() {
    NavigableSet<LocalDate> turns = decider.record().turns(false);
    LocalDate begun = turns.floor(question.date());
    for (LocalDate turn = begun;
        turn != null && turn.isAfter(decider.record().begins());
        turn = turns.lower(turn)) {
      LocalDate before = turn.minusDays(1);
      if (addDay(before)) {
        break;
      }
    }
    for (LocalDate turn = turns.higher(question.date());
        turn != null && !turn.isAfter(decider.record().answersUntil());
        turn = turns.higher(turn)) {
      if (addDay(turn)) {
        break;
      }
    }
  }

  private boolean addDay(LocalDate day) {
    int before = changes.size();
    add("date", day.toString(), question.on(day));
    return changes.size() > before;
  }

  private void headquarters() {
    String now = question.parentHq().map(country -> Axes.terms(law, country)).orElse("");
    for (String country : Axes.representatives(law)) {
      String terms = Axes.terms(law, country);
      if (!terms.equals(now)) {
        add("parentHq", terms, question.headquarters(Optional.of(country)));
      }
    }
  }

  /** A country in none of the groups that the record has. */
  private void destination() {
    for (String country : CountryGroups.countries()) {
      if (law.groups(country).isEmpty() && !country.equals(question.from())) {
        add("to", "∉ A:5, A:6, D:1, D:4, D:5", question.to(country));
        return;
      }
    }
  }

  private interface With {
    Accelerator value(double value);
  }

  /** The nearest cell below, and the nearest above, in which the answer is another. */
  private void numbers(String variable, double now, With with) {
    Grid grid = law.grid(variable);
    int cell = grid.cell(now);
    for (int step : new int[] {-1, 1}) {
      for (int other = cell + step; other >= 0 && other < grid.size(); other += step) {
        int before = changes.size();
        Span span = grid.span(other);
        add(variable, grid.print(other), with(with.value(inside(span, step))));
        if (changes.size() > before) {
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

  private Question with(Accelerator item) {
    return new Question(
        item,
        question.quantity(),
        question.kind(),
        question.from(),
        question.to(),
        question.parentHq(),
        question.endUser(),
        question.endUse(),
        question.date(),
        question.knownOn(),
        question.listed(),
        question.ownedByListed());
  }

  private static Accelerator performance(Accelerator item, double tpp) {
    EnumMap<Format, BigDecimal> tops = new EnumMap<>(Format.class);
    tops.put(Format.FP16, BigDecimal.valueOf(tpp).divide(BigDecimal.valueOf(Format.FP16.bits())));
    return copy(item, item.market(), tops, Optional.empty(), item.bandwidth(), item.interconnect());
  }

  private static Accelerator market(Accelerator item, boolean dataCentre) {
    return copy(
        item,
        dataCentre ? Accelerator.DATA_CENTRE : "consumer",
        item.tops(),
        item.vendorTpp(),
        item.bandwidth(),
        item.interconnect());
  }

  private static Accelerator bandwidth(Accelerator item, double value) {
    return copy(
        item,
        item.market(),
        item.tops(),
        item.vendorTpp(),
        Optional.of(BigDecimal.valueOf(value)),
        item.interconnect());
  }

  private static Accelerator interconnect(Accelerator item, double value) {
    return copy(
        item,
        item.market(),
        item.tops(),
        item.vendorTpp(),
        item.bandwidth(),
        Optional.of(BigDecimal.valueOf(value)));
  }

  private static Accelerator copy(
      Accelerator item,
      String market,
      java.util.Map<Format, BigDecimal> tops,
      Optional<BigDecimal> vendorTpp,
      Optional<BigDecimal> bandwidth,
      Optional<BigDecimal> interconnect) {
    return new Accelerator(
        item.sku(),
        item.aliases(),
        item.vendor(),
        item.architecture(),
        item.released(),
        market,
        tops,
        vendorTpp,
        item.vendorEccn(),
        item.dieArea(),
        item.dieAreaBasis(),
        item.dieAreaMost(),
        item.memory(),
        bandwidth,
        interconnect,
        item.certainty(),
        item.notes(),
        item.source());
  }
}
