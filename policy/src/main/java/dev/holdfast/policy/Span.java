package dev.holdfast.policy;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What is known of a number that is not negative: it lies between two bounds, both included.
 *
 * @param most infinite where nothing bounds it
 */
public record Span(double least, double most) {
  /** Nothing is known. */
  public static final Span UNKNOWN = new Span(0, Double.POSITIVE_INFINITY);

  public Span {
    if (!(least >= 0 && most >= least)) {
      throw new IllegalArgumentException("not a span: " + least + " to " + most);
    }
  }

  /** A number that is known. */
  public static Span of(double value) {
    return new Span(value, value);
  }

  /** Whether it is known to the last digit. */
  public boolean exact() {
    return least == most;
  }

  /** Whether a number may be it. */
  public boolean holds(double value) {
    return value >= least && value <= most;
  }

  /** As people read it: {@code 4,992}, {@code at least 3.67}, {@code 2 to 3}, {@code unknown}. */
  public String print() {
    if (exact()) {
      return number(least);
    }
    if (most == Double.POSITIVE_INFINITY) {
      return least == 0 ? "?" : "≥ " + number(least);
    }
    return least == 0 ? "≤ " + number(most) : number(least) + " – " + number(most);
  }

  /** A number with at most two decimals and its thousands apart. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%,.2f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  /** A number as data has it. */
  static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
