package dev.holdfast.locate;

import dev.holdfast.model.Speed;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Sums up the outcomes of a {@link MeshEvaluation} in rows of a table. */
public final class MeshSummary {
  private static final double[] BANDS = {0, 50, 100, 250, 500, 1000, Double.POSITIVE_INFINITY};

  private MeshSummary() {}

  /** Which targets a row is about. */
  public enum Targets {
    ALL,
    /** Those that the audit of the whole mesh does not doubt. */
    UNSUSPECTED,
    /** Those that it names or ties. */
    SUSPECTED;

    boolean holds(MeshEvaluation.Outcome outcome) {
      return switch (this) {
        case ALL -> true;
        case UNSUSPECTED -> !outcome.doubted();
        case SUSPECTED -> outcome.doubted();
      };
    }
  }

  /**
   * One figure.
   *
   * @param speed km/ms, or null where no speed is meant
   * @param value percent, kilometres or square kilometres as the metric's name says; null where
   *     there is nothing to count
   * @param n how many cases it counts
   */
  public record Row(
      @Nullable Double speed, Targets targets, String metric, @Nullable Double value, int n) {}

  /** The table. */
  public static List<Row> of(List<MeshEvaluation.Outcome> outcomes, List<Speed> speeds) {
    List<Row> rows = new ArrayList<>();
    for (Targets targets : Targets.values()) {
      List<MeshEvaluation.Outcome> chosen = outcomes.stream().filter(targets::holds).toList();
      rows.add(
          median(null, targets, "nearest_landmark_median_km", chosen, o -> o.nearestLandmarkKm()));
      rows.add(median(null, targets, "shortest_ping_median_km", chosen, o -> o.shortestPingKm()));
      for (int i = 0; i < speeds.size(); i++) {
        int index = i;
        atSpeed(
            rows,
            targets,
            speeds.get(i).kilometresPerMillisecond(),
            chosen.stream().map(outcome -> outcome.atSpeeds().get(index)).toList());
      }
      advice(rows, targets, chosen);
    }
    return List.copyOf(rows);
  }

  private static void atSpeed(
      List<Row> rows, Targets targets, double speed, List<MeshEvaluation.AtSpeed> cases) {
    rows.add(percent(speed, targets, "contains_truth_percent", cases, c -> c.containsTruth()));
    rows.add(percent(speed, targets, "region_empty_percent", cases, c -> c.empty()));
    rows.add(median(speed, targets, "centroid_error_median_km", cases, c -> c.centroidErrorKm()));
    rows.add(
        median(
            speed,
            targets,
            "region_area_median_km2",
            cases.stream().filter(c -> !c.empty()).toList(),
            c -> c.areaKm2()));
    rows.add(
        percent(
            speed,
            targets,
            "true_country_proved_percent",
            cases,
            c -> c.trueCountry() == Verdict.Value.PROVED));
    rows.add(
        percent(
            speed,
            targets,
            "true_country_rejected_percent",
            cases,
            c -> c.trueCountry() == Verdict.Value.REFUTED));
    int claims = cases.stream().mapToInt(c -> c.falseCountries()).sum();
    int rejected = cases.stream().mapToInt(c -> c.falseCountriesRejected()).sum();
    rows.add(
        new Row(
            speed,
            targets,
            "false_country_rejected_percent",
            claims == 0 ? null : 100.0 * rejected / claims,
            claims));
  }

  private static void advice(List<Row> rows, Targets targets, List<MeshEvaluation.Outcome> chosen) {
    List<MeshEvaluation.Outcome> advised =
        chosen.stream().filter(o -> o.adviceErrorKm() != null).toList();
    rows.add(
        median(null, targets, "advice_error_median_km", advised, o -> orNan(o.adviceErrorKm())));
    List<MeshEvaluation.Outcome> bounded =
        advised.stream().filter(o -> o.adviceRadiusKm() != null).toList();
    rows.add(
        median(
            null, targets, "advice_radius90_median_km", bounded, o -> orNan(o.adviceRadiusKm())));
    rows.add(
        percent(
            null,
            targets,
            "advice_radius90_contains_percent",
            bounded,
            o -> orNan(o.adviceErrorKm()) <= orNan(o.adviceRadiusKm())));
    double[] scores =
        advised.stream()
            .filter(o -> o.trueScore() != null)
            .mapToDouble(o -> orNan(o.trueScore()))
            .sorted()
            .toArray();
    List<MeshEvaluation.FalseClaim> claims =
        advised.stream().flatMap(o -> o.falseClaims().stream()).toList();
    rows.add(
        new Row(
            null,
            targets,
            "advice_area_under_curve",
            scores.length == 0 || claims.isEmpty() ? null : areaUnderCurve(scores, claims),
            claims.size()));
    double threshold =
        scores.length == 0
            ? Double.NaN
            : scores[Math.min(scores.length - 1, (int) Math.floor(0.99 * scores.length))];
    for (int i = 0; i + 1 < BANDS.length; i++) {
      double from = BANDS[i];
      double to = BANDS[i + 1];
      List<MeshEvaluation.FalseClaim> band =
          claims.stream().filter(c -> c.distanceKm() >= from && c.distanceKm() < to).toList();
      String name =
          Double.isInfinite(to)
              ? String.format(Locale.ROOT, "over_%.0f", from)
              : String.format(Locale.ROOT, "%.0f_to_%.0f", from, to);
      rows.add(
          percent(
              null,
              targets,
              "advice_flagged_at_1_percent_false_alarms_" + name + "_km_percent",
              band,
              c -> c.score() > threshold));
    }
  }

  /** The chance that a false claim scores higher than a true one; ties count half. */
  private static double areaUnderCurve(
      double[] trueScores, List<MeshEvaluation.FalseClaim> claims) {
    double sum = 0;
    for (MeshEvaluation.FalseClaim claim : claims) {
      int at = Arrays.binarySearch(trueScores, claim.score());
      int below = at >= 0 ? at : -at - 1;
      sum += below + (at >= 0 ? 0.5 : 0);
    }
    return sum / trueScores.length / claims.size();
  }

  private static <T> Row percent(
      @Nullable Double speed, Targets targets, String metric, List<T> cases, Predicate<T> test) {
    long hits = cases.stream().filter(test).count();
    return new Row(
        speed, targets, metric, cases.isEmpty() ? null : 100.0 * hits / cases.size(), cases.size());
  }

  private static <T> Row median(
      @Nullable Double speed,
      Targets targets,
      String metric,
      List<T> cases,
      ToDoubleFunction<T> figure) {
    double[] figures =
        cases.stream().mapToDouble(figure).filter(f -> !Double.isNaN(f)).sorted().toArray();
    if (figures.length == 0) {
      return new Row(speed, targets, metric, null, 0);
    }
    int middle = figures.length / 2;
    double median =
        figures.length % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
    return new Row(speed, targets, metric, median, figures.length);
  }

  private static double orNan(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
