package dev.holdfast.reading;

import static java.util.Objects.requireNonNull;

/**
 * A piece of a document that is read, embedded and cited as one.
 *
 * @param document the name of the document
 * @param number which passage of its document, from 0
 * @param from where it begins in the text of the document, in UTF-16 code units
 * @param to where it ends, not included
 * @param text what stands there
 */
public record Passage(String document, int number, int from, int to, String text) {
  public Passage {
    requireNonNull(document, "document");
    requireNonNull(text, "text");
    if (number < 0 || from < 0 || to - from != text.length() || text.isEmpty()) {
      throw new IllegalArgumentException(
          "no passage: number " + number + ", " + from + " to " + to + ", " + text.length());
    }
  }
}
