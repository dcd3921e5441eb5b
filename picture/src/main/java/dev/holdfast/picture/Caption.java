package dev.holdfast.picture;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Verdict;
import java.util.List;

/**
 * The words around a map, already in the reader's language. Any text may come from a stranger: it
 * is escaped, and shortened or wrapped to fit.
 *
 * @param language a BCP 47 tag such as {@code en}, for screen readers and line breaks
 * @param title what the map is of, such as the name of the claimed site
 * @param sentences the verdicts in the order of the report's, one for each claim
 * @param greyWords small words of reserve: "delays as given", "self-declared"
 * @param notes lines under the verdicts: the window, assumptions, the coalition
 * @param simulated whether any of it comes from the simulator; hatched and labelled where it does
 * @param words the words on the map itself
 */
public record Caption(
    String language,
    String title,
    List<Sentence> sentences,
    List<String> greyWords,
    List<String> notes,
    boolean simulated,
    MapWords words) {
  public Caption {
    requireNonNull(language, "language");
    requireNonNull(title, "title");
    sentences = List.copyOf(sentences);
    greyWords = List.copyOf(greyWords);
    notes = List.copyOf(notes);
    requireNonNull(words, "words");
  }

  /** A verdict in words; its mark is drawn before it. */
  public record Sentence(Verdict.Value value, String text) {
    public Sentence {
      requireNonNull(value, "value");
      requireNonNull(text, "text");
    }
  }
}
