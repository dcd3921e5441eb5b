package dev.holdfast.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What holds of every document that is cut. */
final class Cuts {
  private Cuts() {}

  /** Cuts a document by the rules of a language and holds the passages against the document. */
  static List<Passage> checked(Language language, Document document) {
    List<Passage> passages = new PassageCutter(language).cut(document);
    String text = document.text();
    int at = 0;
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      assertThat(passage.document()).isEqualTo(document.name());
      assertThat(passage.number()).isEqualTo(i);
      assertThat(passage.from()).isGreaterThanOrEqualTo(at);
      assertBlank(text, at, passage.from());
      assertThat(passage.text()).isEqualTo(text.substring(passage.from(), passage.to()));
      assertThat(passage.text().length()).isBetween(1, language.most());
      assertThat(isBlank(passage.text().charAt(0))).isFalse();
      assertThat(isBlank(passage.text().charAt(passage.text().length() - 1))).isFalse();
      assertWhole(text, passage.from());
      assertWhole(text, passage.to());
      at = passage.to();
    }
    assertBlank(text, at, text.length());
    return passages;
  }

  private static void assertBlank(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(isBlank(text.charAt(i))).as("lost at " + i).isTrue();
    }
  }

  private static void assertWhole(String text, int at) {
    assertThat(
            at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at)))
        .as("cut within a character at " + at)
        .isFalse();
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
