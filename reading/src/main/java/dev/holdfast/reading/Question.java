package dev.holdfast.reading;

import dev.holdfast.attention.Heads;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;

/**
 * A question as attention asks it: one head for the whole, and one for each of its sentences where
 * there are several.
 *
 * @param parts the texts of the heads
 * @param heads the shape of the query; its scale is the one that the model was trained with
 * @param query the vectors of the parts, one after the other
 */
public record Question(List<String> parts, Heads heads, float[] query) {
  /** Heads at most; sentences beyond stay in the whole. */
  public static final int MOST_HEADS = 8;

  /**
   * Embeds a question.
   *
   * @param text not blank
   */
  public static Question of(EmbeddingModel model, Embedder embedder, String text) {
    List<String> parts = new ArrayList<>(List.of(text.strip()));
    List<String> sentences = sentences(text);
    if (sentences.size() > 1) {
      parts.addAll(sentences.subList(0, Math.min(sentences.size(), MOST_HEADS - 1)));
    }
    float[] query = new float[parts.size() * model.dimensions()];
    for (int i = 0; i < parts.size(); i++) {
      float[] vector = embedder.embed(model.question(parts.get(i)));
      System.arraycopy(vector, 0, query, i * vector.length, vector.length);
    }
    Heads heads = new Heads(parts.size(), model.dimensions(), (float) model.softmaxScale());
    return new Question(List.copyOf(parts), heads, query);
  }

  private static List<String> sentences(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Language.of(text).locale());
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      String sentence = text.substring(from, to).strip();
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
      from = to;
    }
    return sentences;
  }
}
