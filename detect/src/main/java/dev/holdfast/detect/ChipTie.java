package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Times;
import dev.holdfast.detect.ChipState.Signed;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Speed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a chip signed, within the window, for the key that answered the challenges. It ties the chip
 * to that key and no closer: whoever holds the key may have carried the question to a chip
 * elsewhere and its answer back, for signing takes longer than light needs for a continent.
 *
 * @param at when it signed
 * @param took for how long, in milliseconds, by the host's word; null where that is not told
 * @param revocationsAt the age of the manufacturer's lists that were looked into; null where some
 *     were not there
 * @param simulated whether anything of the chip came from a simulation
 */
public record ChipTie(
    Instant at, @Nullable Long took, @Nullable Instant revocationsAt, boolean simulated) {
  public ChipTie {
    requireNonNull(at, "at");
  }

  /**
   * The tie of a chip to the newest key of a host; nothing where there is none.
   *
   * @param window how far apart signature and newest round may be
   */
  public static Optional<ChipTie> of(ChipState chip, HostState host, Duration window) {
    @Nullable Signed signed = chip.signed();
    return signed == null || chip.isSwitch() || host.rounds().isEmpty()
        ? Optional.empty()
        : of(signed, chip.simulated(), host.rounds().getLast().round(), window);
  }

  /**
   * The tie of what a chip signed to the key of these rounds; nothing where there is none.
   *
   * @param index of the entry that holds the signature
   * @param rounds of one key, in any order
   */
  public static Optional<ChipTie> of(
      Attested said, long index, List<Bounded> rounds, Duration window) {
    return said.isSwitch()
        ? Optional.empty()
        : rounds.stream()
            .max(Comparator.comparing(Bounded::measuredAt))
            .flatMap(newest -> of(Signed.of(said, index), said.simulated(), newest, window));
  }

  private static Optional<ChipTie> of(
      Signed signed, boolean simulated, Bounded newest, Duration window) {
    boolean together =
        Duration.between(signed.at(), newest.measuredAt()).abs().compareTo(window) <= 0;
    return signed.fresh()
            && together
            && signed.host().equals(newest.host().value())
            && signed.key().equals(newest.key())
        ? Optional.of(new ChipTie(signed.at(), signed.took(), signed.revocationsAt(), simulated))
        : Optional.empty();
  }

  /** What a verdict about the chip assumes beyond the key's. */
  List<Reason> assumptions() {
    return List.of(
        revocationsAt == null
            ? Reason.of("assumption.chip-revocation-unchecked")
            : Reason.of("assumption.chip-revocation-checked", Times.print(revocationsAt)),
        relay());
  }

  /** That a relay is not excluded, with the radius that it has. */
  private Reason relay() {
    if (took == null) {
      return Reason.of("assumption.chip-relay");
    }
    Distance reach = Distance.ofKilometres(took * Speed.OF_LIGHT.kilometresPerMillisecond() / 2);
    return Reason.of(
        "assumption.chip-relay-within",
        String.valueOf(took),
        String.format(Locale.ROOT, "%,.0f", reach.kilometres()));
  }
}
