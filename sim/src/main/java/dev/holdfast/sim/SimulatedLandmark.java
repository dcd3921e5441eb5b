package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Landmark;
import dev.holdfast.trust.Envelope;

/**
 * An invented landmark in a real city.
 *
 * @param number from 1, in the whole fleet
 * @param name of the city
 * @param landmark where it is stated, and, of an honest fleet, truly is
 * @param position what the authority states of it
 */
public record SimulatedLandmark(
    int number, String name, Landmark landmark, SimulatedIdentity identity, Envelope position) {
  public SimulatedLandmark {
    requireNonNull(name, "name");
    requireNonNull(landmark, "landmark");
    requireNonNull(identity, "identity");
    requireNonNull(position, "position");
  }
}
