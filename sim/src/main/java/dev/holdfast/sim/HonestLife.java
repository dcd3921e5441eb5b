package dev.holdfast.sim;

/**
 * What happens in halls where nobody does anything wrong, as rates and lengths. Those without a
 * source are assumptions, and docs/detection.md says so.
 *
 * @param hostFaults a host and year: the 419 unexpected interruptions of 2,048 hosts in 54 days
 *     (Llama 3, arXiv 2407.21783, table 5) are 1.4
 * @param repairHours the median of a host's repair; assumed
 * @param repairSpread sigma of its logarithm; assumed
 * @param chipFaults a chip and year: 148 faulty chips and 72 faulty memories of 16,384 in 54 days
 *     (the same table) are 0.091
 * @param replacementDays until another chip is in its place; assumed
 * @param recorded the share of faults and repairs that is ever written down; assumed
 * @param recordHours the median delay of such a record; assumed
 * @param powerCuts a site and year; assumed
 * @param powerHours the median length; assumed
 * @param maintenances a site and year, each announced three days before; assumed
 * @param maintenanceHours the longest; assumed
 * @param reroutes a year for each way between a landmark and a site; assumed
 * @param rerouteDays the median length; assumed
 * @param rerouteMilliseconds the median that it adds; assumed
 */
record HonestLife(
    double hostFaults,
    double repairHours,
    double repairSpread,
    double chipFaults,
    double replacementDays,
    double recorded,
    double recordHours,
    double powerCuts,
    double powerHours,
    double maintenances,
    double maintenanceHours,
    double reroutes,
    double rerouteDays,
    double rerouteMilliseconds) {
  static final HonestLife USUAL =
      new HonestLife(1.4, 6, 1, 0.091, 3, 0.97, 4, 0.5, 2, 4, 24, 6, 2, 5);
}
