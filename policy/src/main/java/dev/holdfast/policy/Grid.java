package dev.holdfast.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;

/**
 * The cells into which thresholds divide one variable: each threshold by itself, and what lies
 * between two. No condition can tell two numbers of one cell apart.
 */
final class Grid {
  private final double[] thresholds;

  Grid(SortedSet<Double> thresholds) {
    this.thresholds = thresholds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** How many cells there are. */
  int size() {
    return 2 * thresholds.length + 1;
  }

  /** The cell of a number: even between thresholds, odd on one. */
  int cell(double value) {
    int found = Arrays.binarySearch(thresholds, value);
    return found >= 0 ? 2 * found + 1 : 2 * (-found - 1);
  }

  /** What a cell holds; the ends of an open one do not belong to it. */
  Span span(int cell) {
    if (cell % 2 == 1) {
      return Span.of(thresholds[cell / 2]);
    }
    int above = cell / 2;
    return new Span(
        above == 0 ? 0 : thresholds[above - 1],
        above == thresholds.length ? Double.POSITIVE_INFINITY : thresholds[above]);
  }

  /** One number of each cell that holds any of a span, in order. */
  List<Double> representatives(Span known) {
    if (known.exact()) {
      return List.of(known.least());
    }
    List<Double> all = new ArrayList<>();
    for (int cell = cell(known.least()); cell <= cell(known.most()) && cell < size(); cell++) {
      Span inside = span(cell);
      if (inside.exact()) {
        all.add(inside.least());
        continue;
      }
      double low = Math.max(inside.least(), known.least());
      double high = Math.min(inside.most(), known.most());
      if (high > low) {
        all.add(high == Double.POSITIVE_INFINITY ? 2 * low + 1 : low + (high - low) / 2);
      }
    }
    return all;
  }

  /** A cell as people read it: {@code < 1,600}, {@code = 1,600}, {@code 1,600 – 2,400}. */
  String print(int cell) {
    Span span = span(cell);
    if (span.exact()) {
      return "= " + Span.number(span.least());
    }
    if (span.most() == Double.POSITIVE_INFINITY) {
      return thresholds.length == 0 ? "any" : "> " + Span.number(span.least());
    }
    return cell == 0
        ? "< " + Span.number(span.most())
        : Span.number(span.least()) + " – " + Span.number(span.most());
  }
}
