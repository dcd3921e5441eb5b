package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.detect.ChipState.Signed;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Speed;
import java.time.Duration;
import java.time.Instant;
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
 */
public record ChipTie(Instant at, @Nullable Long took) {
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
    if (signed == null
        || !signed.fresh()
        || chip.isSwitch()
        || host.rounds().isEmpty()
        || !signed.host().equals(host.host().value())) {
      return Optional.empty();
    }
    HostState.Kept newest = host.rounds().getLast();
    boolean together =
        Duration.between(signed.at(), newest.round().measuredAt()).abs().compareTo(window) <= 0;
    return together && newest.round().key().equals(signed.key())
        ? Optional.of(new ChipTie(signed.at(), signed.took()))
        : Optional.empty();
  }

  /** What a verdict about the chip assumes beyond the key's, with the radius that a relay has. */
  Reason assumption() {
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
