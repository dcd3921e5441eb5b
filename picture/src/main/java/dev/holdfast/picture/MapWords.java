package dev.holdfast.picture;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/**
 * The words that a map itself carries: its legend and a few labels, in one language.
 *
 * <p>Where a pattern holds <code>{0}</code>, a number or a length such as "312 km" takes its place.
 *
 * @param region what the bounds leave
 * @param bindingBound the circle of a bound that shapes the region
 * @param otherBound the circle of any other bound
 * @param contradictingBound the circle of a bound that cannot hold together with another
 * @param landmark a verifier at a known place
 * @param claim the declared place
 * @param claimedArea the destination that is claimed
 * @param excludedArea the destination that the claim excludes
 * @param gap pattern: by how much two bounds miss each other
 * @param proved the verdict, as one word
 * @param unproven the verdict, as one word
 * @param refuted the verdict, as one word
 * @param simulated the label of everything from the simulator
 * @param enlarged what stands under an inset
 * @param north the letter on the north arrow
 * @param beyondHorizon what stands beside a claimed place that the globe hides
 * @param atCentre what stands beside a scale bar that holds only at the centre
 * @param notDrawn pattern: how many more bounds there are than are drawn
 * @param hiddenLandmarks pattern: how many landmarks of the bounds drawn lie out of view
 */
public record MapWords(
    String region,
    String bindingBound,
    String otherBound,
    String contradictingBound,
    String landmark,
    String claim,
    String claimedArea,
    String excludedArea,
    String gap,
    String proved,
    String unproven,
    String refuted,
    String simulated,
    String enlarged,
    String north,
    String beyondHorizon,
    String atCentre,
    String notDrawn,
    String hiddenLandmarks) {
  /** English. */
  public static final MapWords ENGLISH =
      new MapWords(
          "Where it can be",
          "Bound that shapes it",
          "Other bound",
          "Bounds in conflict",
          "Landmark",
          "Claimed place",
          "Claimed area",
          "Excluded area",
          "Gap {0}",
          "Proved",
          "Unproven",
          "Refuted",
          "simulated",
          "Enlarged",
          "N",
          "on the far side",
          "at the centre",
          "{0} more bounds are not drawn.",
          "{0} landmarks are out of view.");

  public MapWords {
    requireNonNull(region, "region");
    requireNonNull(bindingBound, "bindingBound");
    requireNonNull(otherBound, "otherBound");
    requireNonNull(contradictingBound, "contradictingBound");
    requireNonNull(landmark, "landmark");
    requireNonNull(claim, "claim");
    requireNonNull(claimedArea, "claimedArea");
    requireNonNull(excludedArea, "excludedArea");
    requireNonNull(gap, "gap");
    requireNonNull(proved, "proved");
    requireNonNull(unproven, "unproven");
    requireNonNull(refuted, "refuted");
    requireNonNull(simulated, "simulated");
    requireNonNull(enlarged, "enlarged");
    requireNonNull(north, "north");
    requireNonNull(beyondHorizon, "beyondHorizon");
    requireNonNull(atCentre, "atCentre");
    requireNonNull(notDrawn, "notDrawn");
    requireNonNull(hiddenLandmarks, "hiddenLandmarks");
  }

  /**
   * The words of a catalogue.
   *
   * @param say gives the sentence or pattern of a key: {@code verdict.PROVED} and so on, and {@code
   *     map.} followed by the name of a component with dashes, such as {@code map.binding-bound}
   */
  public static MapWords from(UnaryOperator<String> say) {
    return new MapWords(
        say.apply("map.region"),
        say.apply("map.binding-bound"),
        say.apply("map.other-bound"),
        say.apply("map.contradicting-bound"),
        say.apply("map.landmark"),
        say.apply("map.claim"),
        say.apply("map.claimed-area"),
        say.apply("map.excluded-area"),
        say.apply("map.gap"),
        say.apply("verdict.PROVED"),
        say.apply("verdict.UNPROVEN"),
        say.apply("verdict.REFUTED"),
        say.apply("map.simulated"),
        say.apply("map.enlarged"),
        say.apply("map.north"),
        say.apply("map.beyond-horizon"),
        say.apply("map.at-centre"),
        say.apply("map.not-drawn"),
        say.apply("map.hidden-landmarks"));
  }

  static String fill(String pattern, String argument) {
    return pattern.replace("{0}", argument);
  }
}
