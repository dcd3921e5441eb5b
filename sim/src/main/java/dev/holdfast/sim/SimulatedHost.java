package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

/**
 * A host of a simulated fleet.
 *
 * @param number from 1, in the whole fleet
 * @param identity its name is that in its certificate
 */
public record SimulatedHost(int number, SimulatedSite site, SimulatedIdentity identity) {
  public SimulatedHost {
    requireNonNull(site, "site");
    requireNonNull(identity, "identity");
  }

  /** Its name. */
  public String name() {
    return identity.name();
  }
}
