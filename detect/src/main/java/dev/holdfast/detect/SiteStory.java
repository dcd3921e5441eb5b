package dev.holdfast.detect;

import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Sited;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the {@link Watch} keeps of one site, its chips among it. For the watch alone. */
final class SiteStory {
  /** Many of its chips are silent. */
  static final int TOGETHER = 1;

  /** Fewer were inspected than are there. */
  static final int FEWER = 2;

  /** Its power is too small. */
  static final int POWER = 4;

  private static final int MOST_OUTAGES = 32;

  final String site;
  final Shelf<String, Boolean> chips = Shelf.sorted();
  final Shelf<String, Boolean> silent = Shelf.sorted();

  /** Chips that nobody accounts for, and when that was told. */
  final Shelf<String, Instant> missing = Shelf.sorted();

  private final Runnable touched;
  private final List<Announced> outages = new ArrayList<>();
  private @Nullable List<Outages.Believed> believed;
  private @Nullable Sited declared;
  private long declaredIndex;
  private @Nullable Inspected inspected;
  private long inspectedIndex;
  private int told;

  /**
   * What is kept of a site beside its chips.
   *
   * @param outages that were announced, {@value #MOST_OUTAGES} at most
   */
  record Facts(
      @Nullable Sited declared,
      long declaredIndex,
      @Nullable Inspected inspected,
      long inspectedIndex,
      List<Announced> outages,
      int told) {}

  /**
   * A site that nothing is known of.
   *
   * @param touched is run whenever one of its facts changes
   */
  SiteStory(String site, Runnable touched) {
    this.site = site;
    this.touched = touched;
  }

  Facts facts() {
    return new Facts(
        declared, declaredIndex, inspected, inspectedIndex, List.copyOf(outages), told);
  }

  void restore(Facts kept) {
    declared = kept.declared();
    declaredIndex = kept.declaredIndex();
    inspected = kept.inspected();
    inspectedIndex = kept.inspectedIndex();
    outages.clear();
    outages.addAll(kept.outages());
    believed = null;
    told = kept.told();
  }

  void remember() {
    chips.remember();
    silent.remember();
    missing.remember();
  }

  @Nullable Sited declared() {
    return declared;
  }

  long declaredIndex() {
    return declaredIndex;
  }

  @Nullable Inspected inspected() {
    return inspected;
  }

  long inspectedIndex() {
    return inspectedIndex;
  }

  void declare(Sited now, long index) {
    declared = now;
    declaredIndex = index;
    touched.run();
  }

  void inspect(Inspected now, long index) {
    inspected = now;
    inspectedIndex = index;
    touched.run();
  }

  /**
   * Takes an outage in. Of those that began long ago nothing is kept; where too many are left this
   * one is not believed, since one that is dropped would give its share of the month back.
   */
  void announce(Announced outage, Instant now) {
    outages.removeIf(each -> each.from().isBefore(now.minus(Outages.MONTH.multipliedBy(2))));
    if (outages.size() < MOST_OUTAGES) {
      outages.add(outage);
      believed = null;
    }
    touched.run();
  }

  /** Whether an announced outage explains silence now, which began at some time. */
  boolean isExcused(Instant since, Instant now, Duration longest) {
    if (outages.isEmpty()) {
      return false;
    }
    if (believed == null) {
      believed = Outages.believed(outages, longest);
    }
    // It began within the outage, or so short before that the last word was the usual one.
    return believed.stream()
        .anyMatch(each -> each.holds(now) && !since.plus(longest).isBefore(each.from()));
  }

  /** The chips that, beside one, nobody accounts for and of which that was told since then. */
  List<String> missingBeside(String chip, Instant since) {
    return missing.keys().stream()
        .filter(each -> !each.equals(chip))
        .filter(each -> !missing.getOrDefault(each, Instant.MIN).isBefore(since))
        .toList();
  }

  boolean isTold(int what) {
    return (told & what) != 0;
  }

  void told(int what, boolean holds) {
    int now = holds ? told | what : told & ~what;
    if (now != told) {
      told = now;
      touched.run();
    }
  }
}
