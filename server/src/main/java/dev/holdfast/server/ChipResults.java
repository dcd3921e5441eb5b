package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.Board;
import dev.holdfast.detect.ChipState;
import dev.holdfast.detect.ChipState.Signed;
import dev.holdfast.model.Subject;
import dev.holdfast.replay.ChipAttestation;
import dev.holdfast.trust.Ear;
import dev.holdfast.trust.EarAppraisal;
import dev.holdfast.trust.EarMaker;
import dev.holdfast.trust.EarProfile;
import dev.holdfast.trust.EarSubject;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.SigningKey;
import dev.holdfast.trust.TrustClaim;
import dev.holdfast.trust.TrustVector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Says what this server makes of a chip, as an attestation result that others can check. */
final class ChipResults {
  private static final Ear.Verifier VERIFIER = new Ear.Verifier("Holdfast", "0.1.0");
  private static final String POLICY = "https://holdfast.dev/policy/chip-evidence/v1";

  private final EarMaker maker;

  ChipResults(SigningKey key, EarProfile profile) {
    maker = new EarMaker(requireNonNull(key, "key"), requireNonNull(profile, "profile"));
  }

  /**
   * The result about a listed chip; nothing where it never signed. It expires when its evidence is
   * no longer fresh, and at the latest then.
   *
   * @param nonce what the reader asks for; null where nobody does
   */
  Optional<String> of(Handle handle, String chip, @Nullable String nonce, Instant now) {
    Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
    TreeMap<String, EarAppraisal> submodules = new TreeMap<>();
    for (ChipState each : BoardReading.known(handle, chip)) {
      @Nullable Signed signed = each.signed();
      if (signed != null) {
        submodules.put(each.id(), appraisal(each, signed, board(handle, each), issued));
      }
    }
    return submodules.isEmpty()
        ? Optional.empty()
        : Optional.of(
            maker.make(
                Ear.of(VERIFIER, issued, issued.plus(ChipAttestation.FRESH), submodules, nonce)));
  }

  private static EarAppraisal appraisal(
      ChipState chip, Signed signed, @Nullable Board board, Instant now) {
    boolean fresh = isFresh(signed, now);
    TreeMap<TrustClaim, Integer> found = new TreeMap<>();
    found.put(
        TrustClaim.INSTANCE_IDENTITY, fresh ? TrustVector.AFFIRMED : TrustVector.NO_ASSERTION);
    if (board != null) {
      found.put(
          TrustClaim.HARDWARE,
          switch (board.grade()) {
            case INTACT -> fresh ? TrustVector.AFFIRMED : TrustVector.NO_ASSERTION;
            case PARTIAL -> TrustVector.WEAK;
            case SCATTERED -> TrustVector.DISTRUSTED;
          });
    }
    @Nullable Instant lists = signed.revocationsAt();
    return EarAppraisal.of(
        TrustVector.of(Map.copyOf(found)),
        List.of(POLICY),
        new EarSubject(
            chip.id(),
            new KeyId(signed.key()),
            fresh ? Subject.Binding.CHIP_EVIDENCE : null,
            true,
            board == null ? null : board.grade().word(),
            chip.simulated(),
            lists == null
                ? null
                : Duration.between(lists, now.isBefore(lists) ? lists : now)
                    .truncatedTo(ChronoUnit.SECONDS)));
  }

  private static boolean isFresh(Signed signed, Instant now) {
    return signed.fresh() && !signed.at().isBefore(now.minus(ChipAttestation.FRESH));
  }

  /** The worst signed board that knows the chip. */
  private static @Nullable Board board(Handle handle, ChipState chip) {
    return handle
        .createQuery(
            "SELECT state FROM board JOIN board_member ON board.id = board_member.board"
                + " WHERE board_member.chip = ? AND board.basis = 'signed'"
                + " ORDER BY board.rank DESC, board.id LIMIT 1")
        .bind(0, chip.id())
        .mapTo(String.class)
        .findOne()
        .map(StateJson::board)
        .orElse(null);
  }
}
