package dev.holdfast.detect;

import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Sited;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that the {@link Watch} keeps of one site, its chips among it. For the watch alone. */
final class SiteStory {
  /** Many of its chips are silent. */
  static final int TOGETHER = 1;

  /** Fewer were inspected than are there. */
  static final int FEWER = 2;

  /** Its power is too small. */
  static final int POWER = 4;

  private static final int MOST_OUTAGES = 16;

  /** How long after an outage ends a site may take until all of it is heard again. */
  private static final Duration RETURNING = Duration.ofHours(12);

  final String site;
  final SortedSet<String> chips = new TreeSet<>();
  final SortedSet<String> silent = new TreeSet<>();
  private final List<Announced> outages = new ArrayList<>();
  @Nullable Sited declared;
  long declaredIndex;
  @Nullable Inspected inspected;
  long inspectedIndex;
  int told;

  SiteStory(String site) {
    this.site = site;
  }

  void announce(Announced outage) {
    outages.add(outage);
    if (outages.size() > MOST_OUTAGES) {
      outages.removeFirst();
    }
  }

  /** Whether an announced outage explains silence now, which began at some time. */
  boolean isExcused(Instant since, Instant now, Duration longest) {
    for (Announced each : outages) {
      Instant until = each.from().plus(longest);
      until = (until.isBefore(each.until()) ? until : each.until()).plus(RETURNING);
      // It began within the outage, or so short before that the last word was the usual one.
      boolean begun = !since.plus(longest).isBefore(each.from());
      if (begun && !now.isBefore(each.from()) && now.isBefore(until)) {
        return true;
      }
    }
    return false;
  }

  boolean isTold(int what) {
    return (told & what) != 0;
  }

  void told(int what, boolean holds) {
    told = holds ? told | what : told & ~what;
  }
}
