package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.store.HttpWitnessClient;
import dev.holdfast.ledger.store.WitnessClient;
import dev.holdfast.ledger.store.Witnesses;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The witnesses that a log asks, and why others cannot be asked.
 *
 * @param unreachable by the witness's name in the policy
 */
record AskedWitnesses(Witnesses witnesses, Map<String, String> unreachable) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Those of a policy, each at the address that it has there. */
  static AskedWitnesses of(Optional<Policy> policy) {
    if (policy.isEmpty() || policy.get().witnesses().isEmpty()) {
      return new AskedWitnesses(Witnesses.none(), Map.of());
    }
    Map<String, WitnessClient> clients = new HashMap<>();
    Map<String, String> unreachable = new TreeMap<>();
    for (Policy.Witness witness : policy.get().witnesses()) {
      String url = witness.url();
      if (url == null) {
        unreachable.put(witness.name(), "the policy has no address for it");
        continue;
      }
      try {
        clients.put(witness.name(), HttpWitnessClient.at(new URI(Policy.shown(url)), TIMEOUT));
      } catch (CodedException e) {
        unreachable.put(witness.name(), e.problem().reason());
      } catch (URISyntaxException e) {
        unreachable.put(witness.name(), "its address in the policy is none");
      }
    }
    return new AskedWitnesses(Witnesses.of(policy.get(), clients), unreachable);
  }

  /** Why each witness that has not cosigned has not, with what the log met when it asked. */
  Map<String, String> troubles(Map<String, String> met) {
    Map<String, String> all = new TreeMap<>(unreachable);
    all.putAll(met);
    return all;
  }
}
