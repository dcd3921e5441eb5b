package dev.holdfast.reading;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The languages that texts are cut in, told apart by their scripts alone.
 *
 * <p>Han characters and kana together are weighed against all other letters. A Han character says
 * about as much as three letters do, so where three times the East Asian characters are fewer than
 * the letters, the text is English with foreign names in it. Else it is Japanese if at least one in
 * twenty of them is kana (Chinese texts carry a kana now and then, in a trade name), and Chinese if
 * not.
 *
 * <p>What this cannot see: Japanese written in Han characters alone (a heading, a name) counts as
 * Chinese, so ask it of whole documents; and every other language counts as English.
 */
public enum Language {
  ENGLISH(Locale.ENGLISH, 200, 400),
  CHINESE(Locale.CHINESE, 80, 160),
  JAPANESE(Locale.JAPANESE, 80, 160);

  private static final int LETTERS_A_HAN = 3;
  private static final int HAN_A_KANA = 20;

  private final Locale locale;
  private final int least;
  private final int most;

  Language(Locale locale, int least, int most) {
    this.locale = locale;
    this.least = least;
    this.most = most;
  }

  /** The language of a text; English where it has no letters at all. */
  public static Language of(String text) {
    long han = 0;
    long kana = 0;
    long letters = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
          letters++;
        }
        continue;
      }
      switch (Character.UnicodeScript.of(c)) {
        case HAN -> han++;
        case HIRAGANA, KATAKANA -> kana++;
        default -> {
          if (Character.isLetter(c)) {
            letters++;
          }
        }
      }
    }
    if (han + kana == 0 || (han + kana) * LETTERS_A_HAN < letters) {
      return ENGLISH;
    }
    return kana * HAN_A_KANA >= han + kana ? JAPANESE : CHINESE;
  }

  /** The language with this word. */
  public static Optional<Language> ofWord(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** The word for it: {@code en}, {@code zh} or {@code ja}. */
  public String word() {
    return locale.getLanguage();
  }

  /** By whose rules its sentences end. */
  Locale locale() {
    return locale;
  }

  /** From how many characters on a passage may end with its paragraph. */
  int least() {
    return least;
  }

  /** The most characters of a passage, in UTF-16 code units. */
  int most() {
    return most;
  }
}
