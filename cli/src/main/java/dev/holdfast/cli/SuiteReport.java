package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.sim.Interval;
import dev.holdfast.sim.Method;
import dev.holdfast.sim.StageSettings.Source;
import dev.holdfast.sim.Suite;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What {@code holdfast sim suite} says, as text and as JSON. */
record SuiteReport(
    int hosts, int days, boolean adjacency, List<Source> without, List<SuiteReport.Part> parts) {
  private static final String LINE = "%-19s %-15s %6s %16s %18s %16s %8s %19s %5s%n";

  /**
   * A row, and what it was played with.
   *
   * @param adoption in percent
   */
  record Part(double adoption, Suite.Row row) {
    boolean isWatch() {
      return row.method() == Method.WATCH;
    }

    /** Whether somebody did something in it. */
    boolean isDiversion() {
      return row.taken() > 0;
    }

    /** The share of the chips taken that a case named before the border; null where none was. */
    @Nullable Double blocked() {
      return isDiversion() ? (double) row.named() / row.taken() : null;
    }
  }

  /** A family in JSON; low and high are the ends of intervals of 95 percent. */
  record RowJson(
      String family,
      String method,
      double adoption,
      int seeds,
      int found,
      @Nullable IntervalJson foundShare,
      @Nullable Double medianHours,
      @Nullable IntervalJson medianInterval,
      int beforeBorder,
      @Nullable IntervalJson beforeBorderShare,
      @Nullable Double blocked,
      int falseCases,
      int falseHigh,
      SortedMap<String, Integer> falseBy,
      double falsePerThousandChipYears,
      @Nullable IntervalJson falseInterval,
      double chipYears,
      List<Long> missed,
      List<Double> hours) {
    static RowJson of(Part part) {
      Suite.Row row = part.row();
      boolean done = part.isDiversion();
      Double blocked = part.blocked();
      return new RowJson(
          row.family(),
          row.method().word(),
          part.adoption(),
          row.seeds(),
          row.found(),
          done ? IntervalJson.of(Interval.ofShare(row.found(), row.seeds())) : null,
          row.medianHours() == null ? null : rounded(row.medianHours()),
          IntervalJson.of(row.medianInterval()),
          row.beforeBorder(),
          done ? IntervalJson.of(Interval.ofShare(row.beforeBorder(), row.seeds())) : null,
          blocked == null ? null : rounded(blocked),
          row.falseCases(),
          row.falseHigh(),
          row.falseBy(),
          rounded(row.falsePerThousandChipYears()),
          IntervalJson.of(row.falseInterval()),
          rounded(row.chipYears()),
          row.missed(),
          row.hours().stream().map(SuiteReport::rounded).toList());
    }
  }

  /** An interval in JSON. */
  record IntervalJson(double low, double high) {
    static @Nullable IntervalJson of(@Nullable Interval interval) {
      return interval == null
          ? null
          : new IntervalJson(rounded(interval.low()), rounded(interval.high()));
    }
  }

  /** The suite in JSON; baselines are rows of the same form, for those who know less. */
  record SuiteJson(
      boolean simulated,
      int hosts,
      int days,
      boolean adjacency,
      List<String> without,
      List<RowJson> rows,
      List<RowJson> baselines) {}

  private static double rounded(double number) {
    return Math.round(number * 1000) / 1000.0;
  }

  SuiteJson json() {
    return new SuiteJson(
        true,
        hosts,
        days,
        adjacency,
        without.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).toList(),
        parts.stream().filter(Part::isWatch).map(RowJson::of).toList(),
        parts.stream().filter(each -> !each.isWatch()).map(RowJson::of).toList());
  }

  void print(PrintStream out, MessageCatalogue catalogue) {
    out.println(catalogue.say("suite.simulated"));
    out.printf(
        Locale.ROOT,
        LINE,
        "family",
        "method",
        "track%",
        "found",
        "median hours",
        "before border",
        "blocked",
        "false/1000 years",
        "high");
    parts.forEach(each -> print(out, each));
    out.println(catalogue.say("suite.columns"));
  }

  private static void print(PrintStream out, Part part) {
    Suite.Row row = part.row();
    Double blocked = part.blocked();
    out.printf(
        Locale.ROOT,
        LINE,
        row.family(),
        row.method().word(),
        String.format(Locale.ROOT, "%.0f", part.adoption()),
        part.isDiversion() ? share(row.found(), row.seeds()) : "-",
        hours(row),
        part.isDiversion() ? share(row.beforeBorder(), row.seeds()) : "-",
        blocked == null ? "-" : String.format(Locale.ROOT, "%.0f%%", blocked * 100),
        String.format(Locale.ROOT, "%.1f", row.falsePerThousandChipYears())
            + brackets(row.falseInterval(), 1, 1),
        Integer.toString(row.falseHigh()));
  }

  private static String share(int count, int all) {
    return count + "/" + all + brackets(Interval.ofShare(count, all), 100, 0) + "%";
  }

  private static String hours(Suite.Row row) {
    Double median = row.medianHours();
    return median == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f", median) + brackets(row.medianInterval(), 1, 1);
  }

  private static String brackets(@Nullable Interval interval, double times, int digits) {
    return interval == null
        ? ""
        : String.format(
            Locale.ROOT,
            " [%." + digits + "f-%." + digits + "f]",
            interval.low() * times,
            interval.high() * times);
  }
}
