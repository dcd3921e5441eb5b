package dev.holdfast.ledger.store;

import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.WitnessRequest;
import java.util.List;

/** The log's side of one witness (C2SP tlog-witness, {@code add-checkpoint}). */
public interface WitnessClient {
  /**
   * Asks for a cosignature; blocks until the answer or the client's own time limit.
   *
   * <p>Failures are answers, not exceptions. What is returned is checked by the caller.
   */
  Answer ask(WitnessRequest request);

  /** What a witness answered. */
  sealed interface Answer {
    /** It cosigned; these are the signature lines, still unchecked. */
    record Cosigned(List<NoteSignature> signatures) implements Answer {
      public Cosigned {
        signatures = List.copyOf(signatures);
      }
    }

    /** It has cosigned a tree of another size last (status 409). */
    record OtherSize(long size) implements Answer {}

    /** It did not, and this is why, for the operator. */
    record Failed(String reason) implements Answer {}
  }
}
