package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.ChipEvidence;
import dev.holdfast.attest.EvidenceCheck;
import dev.holdfast.attest.EvidenceNonce;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Reason;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.HostWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a host's statement about a chip's signature tells, once that signature was checked. */
public sealed interface ChipAttestation {
  /** For how long after it was made public a challenge makes evidence fresh. */
  Duration FRESH = Duration.ofMinutes(10);

  /** The chip signed it. */
  record Counts(Attested evidence, List<Reason> reasons) implements ChipAttestation {
    public Counts {
      requireNonNull(evidence, "evidence");
      reasons = List.copyOf(reasons);
    }
  }

  /** It proves nothing. */
  record ProvesNothing(List<Reason> reasons) implements ChipAttestation {
    public ProvesNothing {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Checks what a chip signed for the host that carries it.
   *
   * @param word whose own signature and certificate were checked
   * @param issuedAt when the challenge in it was made public; null where it is not known to have
   *     been
   * @param now the time by which the statement was taken in
   */
  static ChipAttestation of(
      HostWord.Evidence word, EvidenceVerifier verifier, @Nullable Instant issuedAt, Instant now) {
    return of(word, verifier, issuedAt, now, FRESH);
  }

  /**
   * As {@link #of(HostWord.Evidence, EvidenceVerifier, Instant, Instant)}, where the time of taking
   * in is known less closely.
   *
   * @param fresh for how long a challenge makes evidence fresh
   */
  static ChipAttestation of(
      HostWord.Evidence word,
      EvidenceVerifier verifier,
      @Nullable Instant issuedAt,
      Instant now,
      Duration fresh) {
    byte[] nonce =
        EvidenceNonce.derive(word.challenge(), word.certificate().key().spki(), word.session());
    return switch (verifier.check(word.report(), word.chain(), nonce, now)) {
      case EvidenceCheck.Refused refused -> new ProvesNothing(refused.reasons());
      case EvidenceCheck.Verified verified -> counts(word, verified, issuedAt, now, fresh);
    };
  }

  private static Counts counts(
      HostWord.Evidence word,
      EvidenceCheck.Verified verified,
      @Nullable Instant issuedAt,
      Instant now,
      Duration within) {
    boolean fresh = issuedAt != null && !issuedAt.isBefore(now.minus(within));
    ChipEvidence chip = verified.evidence();
    return new Counts(
        new Attested(
            new TargetId(word.certificate().identity().name()),
            word.certificate().key().id().hex(),
            chip.id(),
            chip.kind() == ChipEvidence.Kind.SWITCH,
            chip.model(),
            verified.root(),
            chip.aliases(),
            chip.neighbours(),
            // The chip signed between the challenge and the taking in; the host's clock only says
            // where between.
            issuedAt != null && fresh ? between(issuedAt, word.at(), now) : word.at(),
            fresh,
            word.took() == null ? null : word.took().toMillis(),
            verified.simulated() || word.certificate().identity().simulated(),
            verified.revocationsAt()),
        verified.reasons());
  }

  private static Instant between(Instant from, Instant said, Instant until) {
    Instant latest = until.isBefore(from) ? from : until;
    return said.isBefore(from) ? from : said.isAfter(latest) ? latest : said;
  }
}
