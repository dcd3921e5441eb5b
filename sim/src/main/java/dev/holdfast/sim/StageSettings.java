package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;

/**
 * How a story is played.
 *
 * @param seed what all chance follows from
 * @param sites of the fleet, 2 to 12, the first of the carried list; where that ends, further halls
 *     of the same towns
 * @param hosts of each site
 * @param days for how long
 * @param adjacency whether chips name their switches
 * @param without sources that say nothing
 * @param adoption the share of hosts, 0 to 1, that are tracked at all
 * @param rhythm when within two hours something is shown
 */
public record StageSettings(
    long seed,
    int sites,
    int hosts,
    int days,
    boolean adjacency,
    Set<Source> without,
    double adoption,
    Rhythm rhythm) {
  /** Chips of a host. */
  public static final int CHIPS = 8;

  /** When hosts are measured and chips sign. */
  public enum Rhythm {
    /** Each host at a moment of its own; its chips every six hours. */
    SPREAD,
    /**
     * All within the last minutes of every two hours, so that hosts are fresh at the tick that
     * follows: for whoever looks at ticks alone.
     */
    MOMENTS
  }

  /** Who says something. */
  public enum Source {
    /** Landmarks and the keys of hosts. */
    ROUNDS,
    /** Chips, by their signatures. */
    SIGNATURES,
    /** Hosts, of their chips. */
    INVENTORY,
    /** People, of transfers and outages. */
    CUSTODY
  }

  /** One whose hosts each have a moment of their own. */
  public StageSettings(
      long seed,
      int sites,
      int hosts,
      int days,
      boolean adjacency,
      Set<Source> without,
      double adoption) {
    this(seed, sites, hosts, days, adjacency, without, adoption, Rhythm.SPREAD);
  }

  public StageSettings {
    requireNonNull(rhythm, "rhythm");
    without = Set.copyOf(without);
    if (sites < 2 || sites > 12 || hosts < 1 || hosts > 20_000 || days < 1) {
      throw new IllegalArgumentException("a stage of %d sites of %d hosts".formatted(sites, hosts));
    }
    if (!(adoption >= 0 && adoption <= 1)) {
      throw new IllegalArgumentException("an adoption of " + adoption);
    }
  }

  /** Two sites of 12 hosts for 60 days, all tracked. */
  public static StageSettings usual(long seed) {
    return new StageSettings(seed, 2, 12, 60, true, Set.of(), 1);
  }

  /** One host at each of seven sites for eight days, seen at moments: what a demo has room for. */
  public static StageSettings demo(long seed) {
    return new StageSettings(seed, 7, 1, 8, true, Set.of(), 1, Rhythm.MOMENTS);
  }

  /** The same for other sizes. */
  public StageSettings sized(int hostsOfSite, int forDays) {
    return new StageSettings(
        seed, sites, hostsOfSite, forDays, adjacency, without, adoption, rhythm);
  }

  /** How long it plays. */
  public Duration length() {
    return Duration.ofDays(days);
  }
}
