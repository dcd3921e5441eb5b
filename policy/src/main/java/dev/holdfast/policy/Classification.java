package dev.holdfast.policy;

import java.util.List;
import java.util.Optional;

/**
 * What an item is in the eyes of the law, with what its vendor says beside it.
 *
 * @param paragraphs what it meets, or all that it may meet
 * @param unverified the paragraph that it would meet with the area that is stated and not taken for
 *     knowledge
 * @param vendorParagraph what it would meet with the performance that its vendor publishes
 * @param conflict whether the vendor's word and what is computed lead to different paragraphs or
 *     outcomes
 */
public record Classification(
    List<String> paragraphs,
    Span tpp,
    Span density,
    Span area,
    String areaBasis,
    Optional<String> unverified,
    Optional<Double> vendorTpp,
    Optional<String> vendorEccn,
    Optional<String> vendorParagraph,
    boolean conflict) {
  public Classification {
    paragraphs = List.copyOf(paragraphs);
  }

  /** The same, where the two readings lead to different outcomes. */
  Classification inConflict() {
    return new Classification(
        paragraphs,
        tpp,
        density,
        area,
        areaBasis,
        unverified,
        vendorTpp,
        vendorEccn,
        vendorParagraph,
        true);
  }

  /** The paragraph, or empty where it may be more than one. */
  public Optional<String> paragraph() {
    return paragraphs.size() == 1 ? Optional.of(paragraphs.getFirst()) : Optional.empty();
  }
}
