package dev.holdfast.server;

import dev.holdfast.detect.HostState;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Judge;
import dev.holdfast.locate.Locator;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The largest delay with which one landmark alone proves that a host is where it is declared. */
final class ProvingDelay {
  private static final double LARGEST_MS = 60;
  private static final int STEPS = 14;

  private ProvingDelay() {}

  /** In milliseconds; null where no delay of this landmark proves it, or it is unknown. */
  static @Nullable Double of(Atlas atlas, HostState state, String landmark) {
    Declared declared = state.declared();
    Landmark found =
        state.rounds().stream()
            .map(each -> each.round().landmark())
            .filter(each -> each.id().value().equals(landmark))
            .findFirst()
            .orElse(null);
    if (declared == null || found == null) {
      return null;
    }
    Claim claim = new Claim.Inside(declared.destination());
    if (!proves(atlas, found, claim, 0)) {
      return null;
    }
    double low = 0;
    double high = LARGEST_MS;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (proves(atlas, found, claim, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.rint(low * 1000) / 1000;
  }

  private static boolean proves(Atlas atlas, Landmark landmark, Claim claim, double ms) {
    return new Judge(atlas, List.of(Locator.bound(landmark, Delay.ofMillis(ms))), 0).value(claim)
        == Verdict.Value.PROVED;
  }
}
