package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

/**
 * An invented party.
 *
 * @param role operator, exporter or auditor
 */
public record SimulatedParty(String id, String name, String role) {
  public SimulatedParty {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(role, "role");
  }
}
