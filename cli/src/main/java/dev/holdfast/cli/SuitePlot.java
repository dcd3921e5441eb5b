package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.picture.LinePlot;
import dev.holdfast.picture.LinePlot.Axis;
import dev.holdfast.picture.LinePlot.Dot;
import dev.holdfast.picture.LinePlot.Look;
import dev.holdfast.picture.LinePlot.Series;
import dev.holdfast.sim.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The suite as a picture: how many of all plays in which something was done are found after so many
 * hours, or, for several shares of tracked hosts, how much of the route each share blocks.
 */
record SuitePlot(List<SuiteReport.Part> parts, MessageCatalogue catalogue) {
  /** Hours that are shown at most: what is found later is seen in the table. */
  private static final double MOST_HOURS = 240;

  String draw(String language) {
    boolean several = parts.stream().mapToDouble(SuiteReport.Part::adoption).distinct().count() > 1;
    String kind = several ? "adoption" : "hours";
    return LinePlot.draw(
        language,
        catalogue.say("suite.plot." + kind + ".title"),
        catalogue.say("suite.plot." + kind + ".sentence"),
        new Axis(catalogue.say("suite.plot." + kind + ".x"), false),
        new Axis(catalogue.say("suite.plot." + kind + ".y"), false),
        several ? adoption() : hours());
  }

  private List<SuiteReport.Part> of(Method method) {
    return parts.stream()
        .filter(each -> each.row().method() == method && each.isDiversion())
        .toList();
  }

  private List<Series> hours() {
    List<Series> series = new ArrayList<>();
    for (Method method : Method.values()) {
      List<SuiteReport.Part> own = of(method);
      int plays = own.stream().mapToInt(each -> each.row().seeds()).sum();
      if (plays == 0) {
        continue;
      }
      List<Double> hours =
          own.stream().flatMap(each -> each.row().hours().stream()).sorted().toList();
      List<Dot> dots = new ArrayList<>(List.of(new Dot(0, 0)));
      for (double at = 12; at <= MOST_HOURS; at += 12) {
        double until = at;
        long found = hours.stream().filter(each -> each <= until).count();
        dots.add(new Dot(at, 100.0 * found / plays));
      }
      series.add(new Series(method.word(), look(method), dots));
    }
    return series;
  }

  private List<Series> adoption() {
    List<Series> series = new ArrayList<>();
    series.add(
        line(catalogue.say("suite.plot.adoption.found"), Look.AGAINST, each -> each.row().found()));
    series.add(
        line(
            catalogue.say("suite.plot.adoption.border"),
            Look.THIRD,
            each -> each.row().beforeBorder()));
    series.add(
        line(
            catalogue.say("suite.plot.adoption.blocked"),
            Look.FIRST,
            each -> (double) each.row().named() / each.row().taken() * each.row().seeds()));
    return series;
  }

  /** The share of plays, over all families. */
  private Series line(String name, Look look, ToDoubleFunction<SuiteReport.Part> plays) {
    List<SuiteReport.Part> own = of(Method.WATCH);
    List<Dot> dots =
        own.stream()
            .mapToDouble(SuiteReport.Part::adoption)
            .distinct()
            .sorted()
            .mapToObj(percent -> {
              List<SuiteReport.Part> same =
                  own.stream().filter(each -> each.adoption() == percent).toList();
              return new Dot(
                  percent,
                  100
                      * same.stream().mapToDouble(plays).sum()
                      / same.stream().mapToInt(each -> each.row().seeds()).sum());
            })
            .toList();
    return new Series(name, look, dots.isEmpty() ? List.of(new Dot(0, 0)) : dots);
  }

  private static Look look(Method method) {
    return switch (method) {
      case WATCH -> Look.FIRST;
      case HEARTBEAT_ONLY -> Look.AGAINST;
      case LABELS_ONLY -> Look.THIRD;
      case LOCATION_ONLY -> Look.OTHER;
    };
  }
}
