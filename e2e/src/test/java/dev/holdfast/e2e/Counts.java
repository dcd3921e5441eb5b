package dev.holdfast.e2e;

import com.microsoft.playwright.options.ColorScheme;
import dev.holdfast.base.MessageCatalogue;
import java.util.List;
import java.util.Locale;

/** How much is looked at: what differs for the gate, every combination for the thorough run. */
final class Counts {
  private Counts() {}

  static boolean thorough() {
    return "thorough".equals(System.getProperty("holdfast.counts", "gate"));
  }

  /** The themes that a page is held against axe in, where another page of its kind is in both. */
  static List<ColorScheme> themes() {
    return thorough() ? List.of(ColorScheme.LIGHT, ColorScheme.DARK) : List.of(ColorScheme.LIGHT);
  }

  /**
   * The languages that a page is looked at in under a theme: all in the light one, and one in the
   * dark one for the gate, since a theme changes colours and no words.
   */
  static List<Locale> languages(ColorScheme theme) {
    return thorough() || theme == ColorScheme.LIGHT
        ? MessageCatalogue.LANGUAGES
        : List.of(Locale.ENGLISH);
  }

  /**
   * The widths that a page is looked at in under a theme, in pixels: that of a phone in the light
   * one and that of a desk in the dark one for the gate, since each changes what the other does
   * not.
   */
  static List<Integer> widths(ColorScheme theme) {
    if (thorough()) {
      return List.of(1280, 400);
    }
    return List.of(theme == ColorScheme.LIGHT ? 400 : 1280);
  }
}
