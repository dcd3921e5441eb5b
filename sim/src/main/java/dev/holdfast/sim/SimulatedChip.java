package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An invented accelerator of a real model.
 *
 * @param id like a serial number
 * @param aliases an identifier like a driver gives, an asset tag, and the id of the device below
 * @param deviceId what it would sign as: 16 hexadecimal digits
 */
public record SimulatedChip(
    String id, List<String> aliases, String deviceId, String model, SimulatedHost host) {
  public SimulatedChip {
    requireNonNull(id, "id");
    aliases = List.copyOf(aliases);
    requireNonNull(deviceId, "deviceId");
    requireNonNull(model, "model");
    requireNonNull(host, "host");
  }
}
