package dev.holdfast.locate;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Conflict;
import dev.holdfast.model.LandmarkId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says who contradicts whom when the bounds leave no point. */
final class ConflictFinder {
  private static final int MOST = 50;
  private static final int BUDGET = 100_000;

  /** Radii at which cells are no longer divided, one search after the other, km. */
  private static final double[] FINENESS = {200, 10, 0.3, 0.005};

  private ConflictFinder() {}

  /** Whether the bounds surely leave a point, surely leave none, or are too close to tell. */
  enum Emptiness {
    NOT_EMPTY,
    EMPTY,
    TOO_CLOSE
  }

  /**
   * Looks coarsely first, so that a wide region is found at once even where rims that nearly touch
   * elsewhere would keep a fine search busy.
   */
  static Emptiness emptiness(Discs discs, int tolerated) {
    RegionSearch search = new RegionSearch(discs, tolerated, null);
    for (double finestKm : FINENESS) {
      EmptyQuestion question = new EmptyQuestion(finestKm);
      boolean complete = search.run(question, BUDGET);
      if (question.surelyNot()) {
        return Emptiness.NOT_EMPTY;
      }
      if (complete && question.surely()) {
        return Emptiness.EMPTY;
      }
    }
    return Emptiness.TOO_CLOSE;
  }

  /**
   * The pairs whose discs miss each other, widest gap first, at most {@value #MOST}; where there is
   * no such pair, one set of landmarks of which none can be left out without resolving it.
   */
  static List<Conflict> find(Discs discs, @Nullable Instant at) {
    List<Conflict> pairs = new ArrayList<>();
    for (int i = 0; i < discs.count; i++) {
      for (int j = i + 1; j < discs.count; j++) {
        double gap =
            discs.distance(j, discs.bounds.get(i).landmark().position())
                - discs.limit(i)
                - discs.limit(j);
        if (gap > 1e-6) {
          pairs.add(conflict(List.of(discs.landmark(i), discs.landmark(j)), gap, at));
        }
      }
    }
    if (pairs.isEmpty()) {
      return smallestSet(discs, at);
    }
    pairs.sort(
        Comparator.comparingDouble(Conflict::gapKm)
            .reversed()
            .thenComparing(conflict -> conflict.landmarks().toString()));
    return List.copyOf(pairs.subList(0, Math.min(MOST, pairs.size())));
  }

  private static List<Conflict> smallestSet(Discs discs, @Nullable Instant at) {
    List<Bound> left = new ArrayList<>(discs.bounds);
    // Widest first: the narrow bounds are the ones that contradict.
    for (int i = left.size() - 1; i >= 0; i--) {
      Bound tried = left.remove(i);
      if (emptiness(new Discs(left), 0) != Emptiness.EMPTY) {
        left.add(i, tried);
      }
    }
    if (left.size() < 2) {
      return List.of();
    }
    return List.of(conflict(left.stream().map(b -> b.landmark().id()).toList(), 0, at));
  }

  private static Conflict conflict(List<LandmarkId> landmarks, double gap, @Nullable Instant at) {
    return new Conflict(landmarks.stream().sorted().toList(), gap, at);
  }
}
