package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An invented accelerator of a real model.
 *
 * @param id like a serial number
 * @param aliases an identifier like a driver gives, and an asset tag
 */
public record SimulatedChip(String id, List<String> aliases, String model, SimulatedHost host) {
  public SimulatedChip {
    requireNonNull(id, "id");
    aliases = List.copyOf(aliases);
    requireNonNull(model, "model");
    requireNonNull(host, "host");
  }
}
