package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Policy;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a log asks for cosignatures.
 *
 * @param policy the log's own policy: its witnesses and the quorum it aims for; empty for none
 * @param clients how each witness is reached, by its name in the policy
 */
public record Witnesses(Optional<Policy> policy, Map<String, WitnessClient> clients) {
  public Witnesses {
    clients = Map.copyOf(clients);
  }

  /** Nobody. */
  public static Witnesses none() {
    return new Witnesses(Optional.empty(), Map.of());
  }

  /** Those of a policy. */
  public static Witnesses of(Policy policy, Map<String, WitnessClient> clients) {
    return new Witnesses(Optional.of(policy), clients);
  }

  /**
   * Those of a policy that have an address in it, each asked over HTTP there.
   *
   * @param timeout for each question; more than zero. A question goes on after the log's own
   *     patience has ended, so it may be longer
   * @throws CodedException MALFORMED_POLICY where an address is none of a witness
   */
  public static Witnesses reach(Policy policy, Duration timeout) {
    BoundedHttp http = new BoundedHttp(timeout);
    Map<String, WitnessClient> clients = new HashMap<>();
    for (Policy.Witness witness : policy.witnesses()) {
      String url = witness.url();
      if (url != null) {
        clients.put(witness.name(), new HttpWitnessClient(base(witness.name(), url), http));
      }
    }
    return of(policy, clients);
  }

  private static URI base(String name, String url) {
    try {
      return BoundedHttp.base(Policy.shown(url));
    } catch (CodedException e) {
      throw new CodedException(
          new Problem(
              ErrorCode.MALFORMED_POLICY,
              null,
              0,
              "url of witness " + Policy.shown(name),
              e.problem().reason()),
          e);
    }
  }
}
