package dev.holdfast.picture;

import static java.util.Objects.requireNonNull;

/**
 * The words around the graph of a board, already in the reader's language. Any text may come from a
 * stranger: it is escaped, and shortened or wrapped to fit.
 *
 * @param language a BCP 47 tag such as {@code en}, for screen readers and line breaks
 * @param title what the graph is of
 * @param sentence the grade of the board as a sentence
 * @param simulated whether any of it comes from the simulator
 * @param words the words in the graph itself
 */
public record BoardCaption(
    String language, String title, String sentence, boolean simulated, BoardWords words) {
  public BoardCaption {
    requireNonNull(language, "language");
    requireNonNull(title, "title");
    requireNonNull(sentence, "sentence");
    requireNonNull(words, "words");
  }
}
