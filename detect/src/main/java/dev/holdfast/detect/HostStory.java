package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the {@link Watch} keeps of one host.
 *
 * @param declared where it is said to be; null where nobody says so
 * @param rounds the newest of each operator, those of the last period
 * @param tightest of the period that runs, kilometres; infinite where no round came
 * @param period when that began; null before the first round
 * @param heard the newest round; null where there was none
 */
record HostStory(
    TargetId host,
    @Nullable Declared declared,
    List<KeptRound> rounds,
    Tightness tightness,
    double tightest,
    @Nullable Instant period,
    @Nullable Instant heard,
    int told) {
  /** Its bounds are not tight any more. */
  static final int LOOSE = 1;

  /** It is not at its site. */
  static final int AWAY = 2;

  /** It is in no destination that it may be in. */
  static final int OUTSIDE = 4;

  /** Its key answers from two places. */
  static final int TWICE = 8;

  /** All its chips are silent. */
  static final int SILENT = 16;

  private static final int MOST_ROUNDS = 8;

  HostStory {
    requireNonNull(host, "host");
    rounds = List.copyOf(rounds);
    requireNonNull(tightness, "tightness");
  }

  static HostStory unknown(TargetId host) {
    return new HostStory(
        host, null, List.of(), Tightness.UNKNOWN, Double.POSITIVE_INFINITY, null, null, 0);
  }

  /** It is declared anew; where at another site, what was measured before tells nothing of that. */
  HostStory declared(Declared now) {
    boolean same = declared != null && declared.site().equals(now.site());
    return new HostStory(
        host, now, same ? rounds : List.of(), tightness, tightest, period, heard, told);
  }

  /** With a round, which takes the place of the one of its operator where it is newer. */
  HostStory with(Bounded round, long index, Instant oldest) {
    List<KeptRound> kept = new ArrayList<>(rounds.size() + 1);
    String key = round.key();
    for (KeptRound each : rounds) {
      boolean ofOperator = each.landmark().operator().equals(round.landmark().operator());
      boolean older = !each.measuredAt().isAfter(round.measuredAt());
      boolean sameKey = each.key().equals(key);
      if (sameKey) {
        key = each.key();
      }
      boolean replaced = (ofOperator && older) || !sameKey;
      if (!replaced && !each.measuredAt().isBefore(oldest)) {
        kept.add(each);
      }
    }
    KeptRound last = KeptRound.of(round, host, key, index);
    kept.add(last);
    int from = Math.max(0, kept.size() - MOST_ROUNDS);
    Instant newest =
        heard == null || round.measuredAt().isAfter(heard) ? round.measuredAt() : heard;
    return new HostStory(
        host,
        declared,
        kept.subList(from, kept.size()),
        tightness,
        Math.min(tightest, PlaceMath.bound(last)),
        period == null ? round.measuredAt() : period,
        newest,
        told);
  }

  /** The period ends. */
  HostStory period(Instant next) {
    Tightness then = Double.isInfinite(tightest) ? tightness : tightness.with(tightest);
    return new HostStory(host, declared, rounds, then, Double.POSITIVE_INFINITY, next, heard, told);
  }

  HostStory told(int what) {
    return new HostStory(host, declared, rounds, tightness, tightest, period, heard, told | what);
  }

  HostStory forget(int what) {
    return new HostStory(host, declared, rounds, tightness, tightest, period, heard, told & ~what);
  }

  boolean isTold(int what) {
    return (told & what) != 0;
  }
}
