package dev.holdfast.trust;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * The one spelling of a time in a statement: RFC 3339 in UTC with a capital Z and three digits of
 * milliseconds, {@code 2026-01-31T08:00:00.000Z}, the years 1970 to 9999.
 */
public final class StatementTime {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int MILLISECOND = 1_000_000;

  private StatementTime() {}

  /**
   * Refuses a time that has no spelling.
   *
   * @throws IllegalArgumentException where it is outside of the years or finer than a millisecond
   */
  public static void check(Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("a time lies in the years 1970 to 9999");
    }
    if (time.get(ChronoField.NANO_OF_SECOND) % MILLISECOND != 0) {
      throw new IllegalArgumentException("a time is in whole milliseconds");
    }
  }

  /** The spelling of a time. */
  public static String print(Instant time) {
    return FORM.format(time);
  }

  /**
   * Reads that spelling only.
   *
   * @throws IllegalArgumentException for any other
   */
  public static Instant parse(String text) {
    Instant time;
    try {
      time = Instant.parse(text);
      check(time);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("it is not a time such as 2026-01-31T08:00:00.000Z", e);
    }
    if (!print(time).equals(text)) {
      throw new IllegalArgumentException("it is not a time such as 2026-01-31T08:00:00.000Z");
    }
    return time;
  }
}
