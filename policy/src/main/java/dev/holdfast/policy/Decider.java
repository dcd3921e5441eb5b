package dev.holdfast.policy;

import dev.holdfast.model.Reason;
import dev.holdfast.policy.Decision.Flag;
import dev.holdfast.policy.Decision.Possibility;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers questions by a record. For any number of threads.
 *
 * <p>Performance is read twice, as published rates give it and as the vendor publishes it; where
 * the two lead to different outcomes the stricter stands, and the conflict is shown.
 */
public final class Decider {
  private final PolicyRecord record;
  private final NavigableSet<LocalDate> turnsOfLaw;
  private final NavigableSet<LocalDate> turnsOfKnowledge;

  /** So many laws are remembered; then all are forgotten. */
  private static final int MOST_LAWS = 1_000;

  private final ConcurrentHashMap<List<LocalDate>, Law> laws = new ConcurrentHashMap<>();

  /** All cases of one reading of an item, judged. */
  private record Reading(Axes axes, Map<List<Integer>, Ruling> rulings, List<Axes.Case> cases) {
    Set<Outcome> outcomes() {
      Set<Outcome> outcomes = new LinkedHashSet<>();
      rulings.values().forEach(ruling -> outcomes.add(ruling.outcome()));
      return outcomes;
    }

    Set<String> paragraphs() {
      Set<String> paragraphs = new LinkedHashSet<>();
      rulings.values().forEach(ruling -> paragraphs.add(ruling.paragraph()));
      return paragraphs;
    }

    Outcome outcome() {
      Set<Outcome> outcomes = outcomes();
      return outcomes.size() == 1 ? outcomes.iterator().next() : Outcome.UNDETERMINED;
    }
  }

  /** Answers by a record. */
  public Decider(PolicyRecord record) {
    this.record = record;
    turnsOfLaw = record.turns(false);
    turnsOfKnowledge = record.turns(true);
  }

  /** What it answers by. */
  public PolicyRecord record() {
    return record;
  }

  /** Every day on which the law turns. */
  NavigableSet<LocalDate> turns() {
    return turnsOfLaw;
  }

  /** The law of a day as known on another; there are as many as there are turns. */
  Law law(LocalDate on, LocalDate known) {
    LocalDate turn = turnsOfLaw.floor(on);
    LocalDate knownTurn = turnsOfKnowledge.floor(known);
    List<LocalDate> key = List.of(turn == null ? on : turn, knownTurn == null ? known : knownTurn);
    if (laws.size() > MOST_LAWS) {
      laws.clear();
    }
    return laws.computeIfAbsent(
        key, days -> new Law(record.rules(), record.groups(), days.getFirst(), days.getLast()));
  }

  /** Answers a question. */
  public Decision decide(Question question) {
    Law law = law(question.date(), question.knownOn());
    Specification specification = Specification.computed(question.item());
    Optional<Specification> published = Specification.vendor(question.item());
    Reading computed = read(law, question, specification);
    Optional<Reading> vendor = published.map(other -> read(law, question, other));
    Reading decisive =
        vendor.filter(other -> other.outcome().compareTo(computed.outcome()) > 0).orElse(computed);
    Outcome outcome = decisive.outcome();
    List<String> dependsOn =
        outcome == Outcome.UNDETERMINED && decisive.outcomes().size() > 1
            ? decisive.axes().decisive(outcomes(decisive))
            : List.of();
    List<Possibility> possible = possible(decisive, dependsOn);
    Ruling strictest = strictest(decisive);
    Classification read = classification(law, question, computed, vendor);
    boolean apart = vendor.filter(other -> other.outcome() != computed.outcome()).isPresent();
    Classification classification = apart ? read.inConflict() : read;
    return new Decision(
        question,
        outcome,
        licence(decisive),
        decidedBy(decisive),
        classification,
        possible.isEmpty() ? strictest.conditions() : List.of(),
        possible,
        dependsOn,
        // Where it is open, what it hangs on says what would change it.
        possible.isEmpty()
            ? new Changes(this, question, specification, published, outcome).all()
            : List.of(),
        trace(decisive),
        notices(decisive),
        flags(law, question),
        cautions(question, classification),
        record.compiled(),
        record.sha256());
  }

  /** What an item is on a day, as known on another, wherever it may go. */
  public Classification classify(Accelerator item, LocalDate on, LocalDate known) {
    Question anywhere =
        new Question(
            item, 1, Kind.EXPORT, "US", "CN", Optional.of("CN"), "", "", on, known, false, false);
    Law law = law(on, known);
    return classification(
        law,
        anywhere,
        read(law, anywhere, Specification.computed(item)),
        Specification.vendor(item).map(other -> read(law, anywhere, other)));
  }

  /** The outcome alone, as {@link #decide} has it. */
  Outcome outcome(Question question, Specification computed, Optional<Specification> published) {
    Law law = law(question.date(), question.knownOn());
    Outcome outcome = outcome(law, question, computed);
    return published.map(other -> outcome.stricter(outcome(law, question, other))).orElse(outcome);
  }

  private static Outcome outcome(Law law, Question question, Specification known) {
    return known
        .facts(question)
        .map(facts -> law.rule(facts).outcome())
        .orElseGet(() -> read(law, question, known).outcome());
  }

  private static Reading read(Law law, Question question, Specification known) {
    Axes axes = new Axes(law, question, known);
    List<Axes.Case> cases =
        known
            .facts(question)
            .map(facts -> List.of(new Axes.Case(List.of(), facts)))
            .orElseGet(axes::cases);
    Map<List<Integer>, Ruling> rulings = new LinkedHashMap<>();
    for (Axes.Case each : cases) {
      rulings.put(each.choices(), law.rule(each.facts()));
    }
    return new Reading(axes, rulings, cases);
  }

  private static Map<List<Integer>, Outcome> outcomes(Reading reading) {
    Map<List<Integer>, Outcome> outcomes = new HashMap<>();
    reading.rulings().forEach((choices, ruling) -> outcomes.put(choices, ruling.outcome()));
    return outcomes;
  }

  private static Ruling strictest(Reading reading) {
    return reading.rulings().values().stream()
        .reduce((one, other) -> other.outcome().compareTo(one.outcome()) > 0 ? other : one)
        .orElseThrow();
  }

  private static Optional<Boolean> licence(Reading reading) {
    Set<Optional<Boolean>> answers = new LinkedHashSet<>();
    reading.rulings().values().forEach(ruling -> answers.add(ruling.licenceRequired()));
    return answers.size() == 1 ? answers.iterator().next() : Optional.empty();
  }

  private static List<Possibility> possible(Reading reading, List<String> dependsOn) {
    if (reading.outcomes().size() < 2) {
      return List.of();
    }
    Map<Outcome, Possibility> first = new java.util.TreeMap<>();
    for (Axes.Case each : reading.cases()) {
      Ruling ruling = Objects.requireNonNull(reading.rulings().get(each.choices()));
      first.computeIfAbsent(
          ruling.outcome(),
          outcome ->
              new Possibility(
                  outcome, reading.axes().describe(each.facts(), dependsOn), ruling.decidedBy()));
    }
    return List.copyOf(first.values());
  }

  /** What decided; of an answer that is open, what holds in every case. */
  private static List<Rule> decidedBy(Reading reading) {
    Set<Rule> decided = new LinkedHashSet<>(strictest(reading).decidedBy());
    if (reading.outcomes().size() > 1) {
      reading.rulings().values().forEach(ruling -> decided.retainAll(ruling.decidedBy()));
    }
    return List.copyOf(decided);
  }

  /** What should be known beside the answer in every case. */
  private static List<Rule> notices(Reading reading) {
    Set<Rule> notices = new LinkedHashSet<>(strictest(reading).notices());
    reading.rulings().values().forEach(ruling -> notices.retainAll(ruling.notices()));
    return List.copyOf(notices);
  }

  /** What became of each rule, where that is the same in all cases. */
  private static List<TraceLine> trace(Reading reading) {
    Map<String, TraceLine> lines = new LinkedHashMap<>();
    for (Ruling ruling : new LinkedHashSet<>(reading.rulings().values())) {
      for (TraceLine line : ruling.trace()) {
        lines.merge(
            line.rule(),
            line,
            (one, other) ->
                one.result() == other.result()
                    ? one
                    : new TraceLine(
                        one.rule(),
                        one.stage(),
                        one.status(),
                        TraceLine.Result.DEPENDS,
                        "",
                        one.title()));
      }
    }
    return List.copyOf(lines.values());
  }

  private static Classification classification(
      Law law, Question question, Reading computed, Optional<Reading> vendor) {
    Accelerator item = question.item();
    List<String> paragraphs = List.copyOf(computed.paragraphs());
    Optional<String> unverified =
        item.areaIsKnown() || item.dieArea().isEmpty() || paragraphs.size() == 1
            ? Optional.empty()
            : only(
                read(
                        law,
                        question,
                        Specification.computed(item).withArea(Accelerator.span(item.dieArea())))
                    .paragraphs());
    Optional<String> vendorParagraph = vendor.flatMap(reading -> only(reading.paragraphs()));
    boolean differs =
        paragraphs.size() == 1
            && (vendorParagraph.filter(each -> !each.equals(paragraphs.getFirst())).isPresent()
                || item.vendorEccn()
                    .filter(eccn -> Eccn.contradicts(eccn, paragraphs.getFirst()))
                    .isPresent());
    return new Classification(
        paragraphs,
        item.tpp(),
        Accelerator.density(item.tpp(), item.area()),
        item.area(),
        item.dieAreaBasis(),
        unverified,
        item.vendorTpp().map(java.math.BigDecimal::doubleValue),
        item.vendorEccn(),
        vendorParagraph,
        differs);
  }

  private static Optional<String> only(Set<String> all) {
    return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
  }

  private List<Flag> flags(Law law, Question question) {
    List<Flag> flags = new ArrayList<>();
    for (RedFlag flag : record.flags()) {
      Optional<Boolean> raised =
          flag.parties()
              .map(terms ->
                  question
                      .parentHq()
                      .map(country -> terms.mean(country, law.groups(country)))
                      // Whoever will not say where its parent sits raises the flag as well.
                      .orElse(true));
      flags.add(new Flag(flag, raised));
    }
    return flags;
  }

  private List<Reason> cautions(Question question, Classification classification) {
    List<Reason> cautions = new ArrayList<>();
    Accelerator item = question.item();
    if (question.date().isAfter(record.compiled())
        || question.knownOn().isAfter(record.compiled())) {
      LocalDate later =
          question.date().isAfter(question.knownOn()) ? question.date() : question.knownOn();
      cautions.add(
          Reason.of(
              "policy.caution.compiled",
              record.compiled().toString(),
              Long.toString(ChronoUnit.DAYS.between(record.compiled(), later))));
    }
    if (classification.conflict()) {
      cautions.add(
          Reason.of(
              "policy.caution.conflict",
              item.sku(),
              classification.tpp().print(),
              String.join(", ", classification.paragraphs()),
              classification.vendorTpp().map(Span::number).orElse("–"),
              classification.vendorEccn().orElse("–")));
    }
    if (!item.areaIsKnown() && item.dieArea().isPresent()) {
      cautions.add(
          Reason.of(
              "policy.caution.area",
              Span.number(item.dieArea().get().doubleValue()),
              item.dieAreaBasis()));
    }
    if (item.certainty().equals("low")) {
      cautions.add(Reason.of("policy.caution.item", item.sku()));
    }
    Set<String> countries = new LinkedHashSet<>(List.of(question.to()));
    question.parentHq().ifPresent(countries::add);
    countries.forEach(country -> cautions.addAll(ofGroups(country, question)));
    if (!question.listed()) {
      cautions.add(Reason.of("policy.caution.screening"));
    }
    return cautions;
  }

  /** What the groups of a country stand on. */
  private List<Reason> ofGroups(String country, Question question) {
    Optional<CountryGroups.Row> known =
        record.groups().row(country, question.date(), question.knownOn());
    if (known.isEmpty()) {
      return List.of(Reason.of("policy.caution.no-groups", country, record.compiled().toString()));
    }
    CountryGroups.Row row = known.get();
    List<Reason> cautions = new ArrayList<>();
    if (!row.note().isEmpty()) {
      cautions.add(Reason.of("policy.caution.groups", row.name(), row.note()));
    }
    LocalDate verified = row.verifiedOn();
    if (verified != null && question.date().isBefore(verified)) {
      cautions.add(
          Reason.of(
              "policy.caution.groups-assumed",
              row.name(),
              verified.toString(),
              question.date().toString()));
    }
    return cautions;
  }
}
