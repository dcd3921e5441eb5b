package dev.holdfast.policy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * All cases that a question leaves open, one of each kind that the law can tell apart.
 *
 * <p>A number that is not known is tried once in each cell between the thresholds of the law; a
 * headquarters once for each set of terms that name it. So what all cases agree on holds whatever
 * the unknown is, and no guess is made.
 */
final class Axes {
  private static final long MOST_CASES = 1 << 18;

  /** How a field is called, and what it is in one case. */
  private record Axis(String field, int choices) {}

  private final Law law;
  private final Question question;
  private final Specification known;
  private final List<Axis> axes = new ArrayList<>();
  private final List<Double> tpps;
  private final List<Double> densities;
  private final List<Double> bandwidths;
  private final List<Double> interconnects;
  private final List<Boolean> markets;
  private final List<String> headquarters;
  private final List<String> froms;
  private final List<String> vendors;

  /** One case, with the choice made on each axis. */
  record Case(List<Integer> choices, Facts facts) {}

  Axes(Law law, Question question, Specification known) {
    this.law = law;
    this.question = question;
    this.known = known;
    tpps = axis(Facts.TPP, known.tpp());
    densities = axis(Facts.DENSITY, known.density());
    bandwidths = axis(Facts.BANDWIDTH, known.bandwidth());
    interconnects = axis(Facts.INTERCONNECT, known.interconnect());
    markets = known.dataCentre().map(List::of).orElse(List.of(true, false));
    axes.add(new Axis("market", markets.size()));
    headquarters = question.parentHq().map(List::of).orElseGet(law.parties()::representatives);
    axes.add(new Axis("parentHq", headquarters.size()));
    froms = question.from().isEmpty() ? places(law, question.to()) : List.of(question.from());
    axes.add(new Axis("from", froms.size()));
    vendors = vendors(law, question.item().vendor());
    axes.add(new Axis("vendor", vendors.size()));
  }

  private List<Double> axis(String variable, Span span) {
    List<Double> all = law.grid(variable).representatives(span);
    axes.add(new Axis(variable, all.size()));
    return all;
  }

  /** Who may make it, as far as conditions ask: whoever it is, or any where that is not told. */
  private static List<String> vendors(Law law, String told) {
    if (!told.isEmpty()) {
      return List.of(told);
    }
    List<String> all = new ArrayList<>(law.literals("vendor").stream().sorted().toList());
    all.add("");
    return all;
  }

  /** The countries that conditions name as places of departure, and one that they do not. */
  private static List<String> places(Law law, String to) {
    List<String> all =
        new ArrayList<>(
            law.literals("from").stream()
                .sorted()
                .filter(CountryGroups::isCountry)
                .filter(country -> !country.equals(to))
                .toList());
    all.add("");
    return all;
  }

  /**
   * Every case.
   *
   * @throws CodedException MALFORMED_QUESTION where the law has so many thresholds, and so little
   *     is known, that there are too many
   */
  List<Case> cases() {
    long count = 1;
    for (Axis axis : axes) {
      count = Math.min(MOST_CASES + 1, count * axis.choices());
    }
    if (count > MOST_CASES) {
      throw new CodedException(
          new Problem(
              ErrorCode.MALFORMED_QUESTION,
              null,
              0,
              Facts.TPP,
              "too little is known of the item for a law of so many thresholds: tell its numbers"));
    }
    List<Case> all = new ArrayList<>();
    for (int t = 0; t < tpps.size(); t++) {
      for (int d = 0; d < densities.size(); d++) {
        if (!feasible(tpps.get(t), densities.get(d))) {
          continue;
        }
        for (int b = 0; b < bandwidths.size(); b++) {
          for (int i = 0; i < interconnects.size(); i++) {
            rest(List.of(t, d, b, i), all);
          }
        }
      }
    }
    return all;
  }

  private void rest(List<Integer> numbers, List<Case> all) {
    for (int m = 0; m < markets.size(); m++) {
      for (int h = 0; h < headquarters.size(); h++) {
        for (int f = 0; f < froms.size(); f++) {
          for (int v = 0; v < vendors.size(); v++) {
            List<Integer> choices = new ArrayList<>(numbers);
            choices.addAll(List.of(m, h, f, v));
            all.add(
                new Case(
                    choices,
                    facts(
                        numbers,
                        markets.get(m),
                        headquarters.get(h),
                        froms.get(f),
                        vendors.get(v))));
          }
        }
      }
    }
  }

  private Facts facts(
      List<Integer> numbers, boolean market, String parentHq, String from, String vendor) {
    return new Facts(
        tpps.get(numbers.get(0)),
        densities.get(numbers.get(1)),
        bandwidths.get(numbers.get(2)),
        interconnects.get(numbers.get(3)),
        market,
        vendor,
        question.item().sku(),
        question.kind(),
        from,
        question.to(),
        parentHq,
        question.endUse(),
        question.listed(),
        question.ownedByListed());
  }

  /** Whether any area that is possible gives this density with this performance. */
  private boolean feasible(double performance, double density) {
    Span performances = open(law.grid(Facts.TPP), performance, known.tpp());
    Span densityCell = open(law.grid(Facts.DENSITY), density, known.density());
    Span given = Accelerator.density(performances, known.area());
    return given.least() <= densityCell.most() && given.most() >= densityCell.least();
  }

  private static Span open(Grid grid, double value, Span span) {
    Span cell = grid.span(grid.cell(value));
    return new Span(
        Math.max(cell.least(), span.least()),
        Math.max(Math.max(cell.least(), span.least()), Math.min(cell.most(), span.most())));
  }

  /** The fields of which a change alone changes an outcome. */
  List<String> decisive(Map<List<Integer>, Outcome> outcomes) {
    List<String> decisive = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      if (axes.get(axis).choices() > 1 && decides(axis, outcomes)) {
        decisive.add(axes.get(axis).field());
      }
    }
    return decisive;
  }

  private static boolean decides(int axis, Map<List<Integer>, Outcome> outcomes) {
    Map<List<Integer>, Outcome> others = new TreeMap<>(Axes::compare);
    for (Map.Entry<List<Integer>, Outcome> each : outcomes.entrySet()) {
      List<Integer> rest = new ArrayList<>(each.getKey());
      rest.set(axis, 0);
      Outcome other = others.putIfAbsent(rest, each.getValue());
      if (other != null && other != each.getValue()) {
        return true;
      }
    }
    return false;
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = Integer.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** What the decisive fields are in one case, as people read it. */
  Map<String, String> describe(Facts facts, List<String> decisive) {
    Map<String, ToDoubleFunction<Facts>> numbers = new LinkedHashMap<>();
    numbers.put(Facts.TPP, Facts::tpp);
    numbers.put(Facts.DENSITY, Facts::density);
    numbers.put(Facts.BANDWIDTH, Facts::bandwidth);
    numbers.put(Facts.INTERCONNECT, Facts::interconnect);
    Map<String, String> described = new LinkedHashMap<>();
    numbers.forEach((variable, number) -> {
      if (decisive.contains(variable)) {
        Grid grid = law.grid(variable);
        described.put(variable, grid.print(grid.cell(number.applyAsDouble(facts))));
      }
    });
    if (decisive.contains("market")) {
      described.put("market", facts.dataCentre() ? "= datacenter" : "≠ datacenter");
    }
    if (decisive.contains("parentHq")) {
      described.put("parentHq", terms(law, facts.headquarters()));
    }
    if (decisive.contains("vendor")) {
      described.put(
          "vendor",
          facts.vendor().isEmpty()
              ? "≠ "
                  + String.join(
                      ", ", vendors(law, "").stream().filter(each -> !each.isEmpty()).toList())
              : "= " + facts.vendor());
    }
    if (decisive.contains("from")) {
      described.put("from", facts.from().isEmpty() ? "≠ US" : "= " + facts.from());
    }
    return described;
  }

  /** By which terms the law tells a headquarters from others. */
  static String terms(Law law, String country) {
    Optional<PlaceTerms> naming =
        law.parties().terms().stream()
            .filter(each -> !each.text().startsWith("-"))
            .filter(each -> each.mean(country, law.groups(country)))
            .findFirst();
    return naming
        .map(each -> "∈ " + each)
        .orElseGet(() ->
            "∉ "
                + String.join(
                    ", ",
                    law.parties().terms().stream()
                        .map(PlaceTerms::text)
                        .filter(each -> !each.startsWith("-"))
                        .toList()));
  }
}
