package dev.holdfast.sim;

import dev.holdfast.model.SourceId;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The chains of all sources of a simulation, each statement the next of its own. */
final class SignedChains {
  private final Map<SourceId, Chain> chains = new HashMap<>();

  Envelope sign(SimulatedIdentity who, StatementType type, Instant time, Content content) {
    Chain chain = chains.getOrDefault(who.source(), Chain.beginning(who.source()));
    try {
      SignedStatement signed =
          new StatementSigner(who.key())
              .sign(
                  chain,
                  type,
                  time,
                  content,
                  (name, octets) -> {
                    throw new IOException("what is simulated always fits into a statement");
                  });
      chains.put(who.source(), signed.next());
      return signed.envelope();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
