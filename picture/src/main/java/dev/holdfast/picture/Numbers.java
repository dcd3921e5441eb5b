package dev.holdfast.picture;

import java.util.Locale;

/** Numbers as text, the same in every locale. */
final class Numbers {
  private Numbers() {}

  /** A coordinate on the sheet, to a tenth of a pixel. */
  static String px(double value) {
    return tenths(Math.round(value * 10));
  }

  /** A number of tenths, as short as SVG allows: {@code -.3}, {@code 12}, {@code 4.5}. */
  static String tenths(long tenths) {
    StringBuilder text = new StringBuilder();
    long size = Math.abs(tenths);
    if (tenths < 0) {
      text.append('-');
    }
    if (size >= 10 || size == 0) {
      text.append(size / 10);
    }
    if (size % 10 != 0) {
      text.append('.').append(size % 10);
    }
    return text.toString();
  }

  /** A length, as in the sentences of the verdicts. */
  static String km(double kilometres) {
    return String.format(Locale.ROOT, kilometres < 10 ? "%.1f km" : "%,.0f km", kilometres);
  }

  /** A round length, without a fraction it does not need. */
  static String roundKm(double kilometres) {
    return kilometres < 1
        ? String.format(Locale.ROOT, "%.0f m", kilometres * 1000)
        : String.format(Locale.ROOT, "%,.0f km", kilometres);
  }

  /** The greatest of 1, 2, 5, 10, 20 ... (and 0.5, 0.2 ...) that is not above a limit. */
  static double roundAtMost(double limit) {
    double power = Math.pow(10, Math.floor(Math.log10(limit)));
    double rest = limit / power;
    if (rest >= 5) {
      return 5 * power;
    }
    return rest >= 2 ? 2 * power : power;
  }
}
