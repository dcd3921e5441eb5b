package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * The limits by which the {@link Watch} judges. Each is a choice between being early and being
 * wrong; docs/detection.md says why it is what it is.
 *
 * @param toleratedFaults f: how many operators of landmarks may lie
 * @param silence how long a chip says nothing before that is noticed
 * @param boardSilence how long all chips of a host say nothing before a person should look
 * @param longSilence the same of one chip alone; a person should look at the second of a site that
 *     nobody accounts for within {@code longestRecord}
 * @param togetherShare of a site's chips that fall silent together, or are on other boards
 *     together, before a person should look
 * @param togetherLeast chips that are needed for that at least
 * @param longestRecord for how long after a chip was last heard or seen a record that does not say
 *     where it is for good explains its silence
 * @param longestOutage how much of an announced outage is believed, and of all of a site's outages
 *     in thirty days
 * @param patience how long after it was due what a licence demands may come, and the record of a
 *     swap within a site
 * @param minimumWatts what an installed chip of a model draws at least, with nothing to do; models
 *     that are not named are not judged by their power
 */
public record WatchTerms(
    int toleratedFaults,
    Duration silence,
    Duration boardSilence,
    Duration longSilence,
    double togetherShare,
    int togetherLeast,
    Duration longestRecord,
    Duration longestOutage,
    Duration patience,
    Map<String, Integer> minimumWatts) {
  /** The usual ones: one operator may lie; models draw what was read of them. */
  public static final WatchTerms USUAL =
      new WatchTerms(
          1,
          Duration.ofHours(24),
          Duration.ofHours(36),
          Duration.ofDays(7),
          0.25,
          8,
          Duration.ofDays(30),
          Duration.ofHours(72),
          Duration.ofHours(24),
          LeastPower.carried());

  public WatchTerms {
    requireNonNull(silence, "silence");
    requireNonNull(boardSilence, "boardSilence");
    requireNonNull(longSilence, "longSilence");
    requireNonNull(longestRecord, "longestRecord");
    requireNonNull(longestOutage, "longestOutage");
    requireNonNull(patience, "patience");
    minimumWatts = Map.copyOf(minimumWatts);
    if (toleratedFaults < 0 || togetherLeast < 1 || !(togetherShare > 0 && togetherShare <= 1)) {
      throw new IllegalArgumentException("terms that cannot be: " + toleratedFaults);
    }
    if (silence.compareTo(boardSilence) > 0 || boardSilence.compareTo(longSilence) > 0) {
      throw new IllegalArgumentException("the longer silence is shorter");
    }
  }
}
