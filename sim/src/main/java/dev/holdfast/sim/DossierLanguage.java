package dev.holdfast.sim;

import java.util.Locale;

/**
 * The languages of simulated dossiers. Lengths of passages are such that each is a passage to
 * whoever reads it too.
 */
public enum DossierLanguage {
  ENGLISH(Locale.ENGLISH, " ", 210, 390),
  CHINESE(Locale.CHINESE, "", 82, 156),
  JAPANESE(Locale.JAPANESE, "", 82, 156);

  private final Locale locale;
  private final String gap;
  private final int shortest;
  private final int longest;

  DossierLanguage(Locale locale, String gap, int shortest, int longest) {
    this.locale = locale;
    this.gap = gap;
    this.shortest = shortest;
    this.longest = longest;
  }

  /** The word for it: {@code en}, {@code zh} or {@code ja}. */
  public String word() {
    return locale.getLanguage();
  }

  /** What stands between words and between sentences. */
  String gap() {
    return gap;
  }

  /** The fewest characters of a passage. */
  int shortest() {
    return shortest;
  }

  /** The most characters of a passage. */
  int longest() {
    return longest;
  }
}
