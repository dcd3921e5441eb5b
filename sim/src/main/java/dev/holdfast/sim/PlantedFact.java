package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

/**
 * A fact that stands in one passage of a simulated dossier and nowhere else.
 *
 * @param question asks for it in other words; only the name of the site is the same
 * @param fact the sentence as it stands in the passage
 * @param answer the words of the sentence that answer
 * @param passage the number of the passage, from 0
 * @param depth how far into the dossier that is: 0 the first passage, 1 the last
 */
public record PlantedFact(String question, String fact, String answer, int passage, double depth) {
  public PlantedFact {
    requireNonNull(question, "question");
    requireNonNull(fact, "fact");
    requireNonNull(answer, "answer");
    if (passage < 0 || !(depth >= 0 && depth <= 1)) {
      throw new IllegalArgumentException("no place: passage " + passage + ", depth " + depth);
    }
  }
}
