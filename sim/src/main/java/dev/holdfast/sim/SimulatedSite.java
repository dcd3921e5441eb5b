package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import dev.holdfast.model.Subject.Binding;

/**
 * An invented hall in a real town.
 *
 * @param operator the id of a party
 * @param destination ISO 3166 alpha-2 code
 * @param position where it is declared, and, of an honest fleet, truly is
 * @param radius how far from there its declaration lets its hosts be
 * @param binding how its hosts keep their keys
 * @param model of all its chips
 * @param powerKilowatts that it draws at full load
 */
public record SimulatedSite(
    String id,
    String name,
    String operator,
    String destination,
    Position position,
    Distance radius,
    Binding binding,
    String model,
    int powerKilowatts) {
  public SimulatedSite {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(operator, "operator");
    requireNonNull(destination, "destination");
    requireNonNull(position, "position");
    requireNonNull(radius, "radius");
    requireNonNull(binding, "binding");
    requireNonNull(model, "model");
  }

  /** A further hall in the same town, with a name of its own; the first is this one. */
  SimulatedSite hall(int number) {
    return number == 1
        ? this
        : new SimulatedSite(
            id + "-" + number,
            name + " " + number,
            operator,
            destination,
            position,
            radius,
            binding,
            model,
            powerKilowatts);
  }

  SimulatedSite withPower(int kilowatts) {
    return new SimulatedSite(
        id, name, operator, destination, position, radius, binding, model, kilowatts);
  }
}
