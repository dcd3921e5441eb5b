package dev.holdfast.locate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What bound an honest landmark usually sets on a host at some distance: an assumption, which
 * advises where to look and decides nothing.
 *
 * <p>It is a straight line through pairs of a known distance and the bound that was set over it:
 * the median of all slopes between two pairs, and the median of what is left (Theil 1950, Sen
 * 1968), which a few odd pairs do not move. It never says less than the distance itself, since no
 * honest bound does.
 *
 * @param fixedKm what is there at no distance at all, 0 or more
 * @param stretch kilometres of bound for one of distance, 1 or more
 * @param pairs that it was learned from; 0 where it is assumed
 */
public record TypicalBound(double fixedKm, double stretch, int pairs) {
  /**
   * Where too little was measured: fibre (2/3 c) on ways half as long again as the distance, and a
   * millisecond of waiting.
   */
  public static final TypicalBound ASSUMED = new TypicalBound(150, 2.25, 0);

  /** With fewer pairs than this nothing is learned. */
  private static final int FEWEST = 12;

  /** Of more than this, evenly chosen ones are taken, since all are compared with all. */
  private static final int MOST = 400;

  public TypicalBound {
    if (!(fixedKm >= 0 && stretch >= 1 && fixedKm < 1e6 && stretch < 1e6)) {
      throw new IllegalArgumentException("no bound is less than the distance");
    }
  }

  /** A known distance and the bound that was set over it, km. */
  public record Pair(double distanceKm, double boundKm) {}

  /** What these pairs teach; {@link #ASSUMED} where they are too few or all at one distance. */
  public static TypicalBound of(List<Pair> all) {
    List<Pair> pairs = new ArrayList<>();
    int step = Math.max(1, (all.size() + MOST - 1) / MOST);
    for (int i = 0; i < all.size(); i += step) {
      pairs.add(all.get(i));
    }
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = i + 1; j < pairs.size(); j++) {
        double apart = pairs.get(j).distanceKm() - pairs.get(i).distanceKm();
        if (Math.abs(apart) > 1) {
          slopes.add((pairs.get(j).boundKm() - pairs.get(i).boundKm()) / apart);
        }
      }
    }
    if (pairs.size() < FEWEST || slopes.isEmpty()) {
      return ASSUMED;
    }
    double stretch = Math.max(1, median(slopes));
    List<Double> rest = new ArrayList<>();
    pairs.forEach(each -> rest.add(each.boundKm() - stretch * each.distanceKm()));
    return new TypicalBound(Math.max(0, median(rest)), stretch, all.size());
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  /** The bound over a distance, km. */
  public double at(double distanceKm) {
    return fixedKm + stretch * distanceKm;
  }
}
