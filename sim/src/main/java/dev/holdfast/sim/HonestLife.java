package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

/**
 * What happens in halls where nobody does anything wrong, as rates and lengths. Those without a
 * source are assumptions, and docs/detection.md says so.
 */
record HonestLife(
    Faults faults, Sites sites, Records records, Exchange exchange, Works works, Network network) {
  /**
   * Faults of hosts and chips.
   *
   * @param hosts a host and year: the 419 unexpected interruptions of 2,048 hosts in 54 days (Llama
   *     3, arXiv 2407.21783, table 5) are 1.4
   * @param repairHours the median of a host's repair; assumed
   * @param repairSpread sigma of its logarithm; assumed
   * @param chips a chip and year: 148 faulty chips and 72 faulty memories of 16,384 in 54 days (the
   *     same table) are 0.091
   */
  record Faults(double hosts, double repairHours, double repairSpread, double chips) {}

  /**
   * What befalls sites as a whole.
   *
   * @param powerCuts a site and year; assumed
   * @param powerHours the median length; assumed
   * @param maintenances a site and year, each announced three days before; assumed
   * @param maintenanceHours the longest; assumed
   */
  record Sites(double powerCuts, double powerHours, double maintenances, double maintenanceHours) {}

  /**
   * What people write down.
   *
   * @param recorded the share that is ever written down; assumed
   * @param hours the median delay; assumed
   * @param wrong the share that names other chips of the site, or another site; assumed
   * @param correctedHours the median time until that is noticed and put right; assumed
   */
  record Records(double recorded, double hours, double wrong, double correctedHours) {}

  /**
   * How a chip that failed is exchanged, the new one first.
   *
   * @param replacementDays until another chip, shipped to the site, is in its place; assumed
   * @param keptDays the median until the one that failed is sent off after that; assumed
   * @param roadDays the median for which it is on the road; assumed
   */
  record Exchange(double replacementDays, double keptDays, double roadDays) {}

  /**
   * What people do on purpose.
   *
   * @param updates of firmware, a site and year, one host after the other; assumed
   * @param updateDays for how long one goes through the site; assumed
   * @param boardSwaps a host and year: its chips and those of another host of the site, on their
   *     boards, change places; assumed
   * @param chipSwaps a host and year: one of its chips changes places with one of another host of
   *     the site, to find out which of the two is at fault; assumed
   * @param moves a host and year, to another site that the licence names; assumed
   * @param moveDays the median for which a host is on the road then; assumed
   */
  record Works(
      double updates,
      double updateDays,
      double boardSwaps,
      double chipSwaps,
      double moves,
      double moveDays) {}

  /**
   * What befalls networks and landmarks.
   *
   * @param reroutes a year for each way between a landmark and a site; assumed
   * @param rerouteDays the median length; assumed
   * @param rerouteMilliseconds the median that it adds; assumed
   * @param jams a site and year; assumed
   * @param jamHours the median length; assumed
   * @param jamMilliseconds the median of what queues then add to each packet in the mean; assumed
   * @param outages a landmark and year; assumed
   * @param outageHours the median length; assumed
   * @param slow a landmark and year, whose clock or first way makes all its delays too long;
   *     assumed
   * @param slowDays the median length; assumed
   * @param slowMilliseconds the median that it adds; assumed
   */
  record Network(
      double reroutes,
      double rerouteDays,
      double rerouteMilliseconds,
      double jams,
      double jamHours,
      double jamMilliseconds,
      double outages,
      double outageHours,
      double slow,
      double slowDays,
      double slowMilliseconds) {}

  static final HonestLife USUAL =
      new HonestLife(
          new Faults(1.4, 6, 1, 0.091),
          new Sites(0.5, 2, 4, 24),
          new Records(0.97, 4, 0.01, 24),
          new Exchange(3, 4, 5),
          new Works(4, 3, 0.1, 0.05, 0.02, 3),
          new Network(6, 2, 5, 24, 3, 20, 4, 6, 1, 2, 10));

  HonestLife {
    requireNonNull(faults, "faults");
    requireNonNull(sites, "sites");
    requireNonNull(records, "records");
    requireNonNull(exchange, "exchange");
    requireNonNull(works, "works");
    requireNonNull(network, "network");
  }
}
