package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a chip's evidence, and why. */
public sealed interface EvidenceCheck {
  /** Why, the weightiest first; never empty. What was not checked is among them. */
  List<Reason> reasons();

  /** The stable word of JSON. */
  String word();

  /**
   * The manufacturer's key of this chip signed it.
   *
   * @param root that its certificates lead to: name and SHA-256 fingerprint
   * @param nonceChecked whether it answers the nonce that was asked for; false where none was
   * @param revocationsAt how old the oldest list is that was looked into; null where the status of
   *     some certificate was not checked
   * @param simulated whether its root belongs to a simulation
   */
  record Verified(
      ChipEvidence evidence,
      String root,
      boolean nonceChecked,
      @Nullable Instant revocationsAt,
      boolean simulated,
      List<Reason> reasons)
      implements EvidenceCheck {
    public Verified {
      requireNonNull(evidence, "evidence");
      requireNonNull(root, "root");
      reasons = List.copyOf(reasons);
    }

    @Override
    public String word() {
      return "verified";
    }
  }

  /**
   * It proves nothing. What it says of itself is not told on, since anybody may have written it.
   */
  record Refused(List<Reason> reasons) implements EvidenceCheck {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("nothing is refused without a reason");
      }
    }

    @Override
    public String word() {
      return "refused";
    }
  }
}
