package dev.holdfast.sim;

/**
 * What a cycle of simulated traffic came to.
 *
 * @param rounds measured
 * @param statements of landmarks and hosts together
 * @param octets of transcripts and envelopes
 */
public record TrafficCounts(int rounds, int statements, long octets) {
  /** Both together. */
  public TrafficCounts plus(TrafficCounts other) {
    return new TrafficCounts(
        rounds + other.rounds, statements + other.statements, octets + other.octets);
  }
}
