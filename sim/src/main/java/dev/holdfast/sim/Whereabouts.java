package dev.holdfast.sim;

import dev.holdfast.model.Position;
import java.time.Instant;
import java.util.Optional;

/** Where the key of a host truly answers from, whatever is declared. */
@FunctionalInterface
public interface Whereabouts {
  /** The place at a time; empty where it does not answer. */
  Optional<Position> of(SimulatedHost host, Instant at);

  /** Every host stands at its declared site and answers. */
  static Whereabouts honest() {
    return (host, at) -> Optional.of(host.site().position());
  }
}
