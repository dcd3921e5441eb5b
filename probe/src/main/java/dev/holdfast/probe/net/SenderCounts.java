package dev.holdfast.probe.net;

import dev.holdfast.probe.Refusal;
import java.util.Map;

/**
 * What a sender did since it started.
 *
 * @param sent challenges
 * @param unsent challenges that the system did not take
 * @param received packets that came
 * @param accepted answers that counted
 * @param unstamped of those, how many the process measured although the kernel was to
 * @param paths path datagrams that opened, moved or kept a path
 * @param badPaths path datagrams of no session, with a wrong MAC or an old counter
 * @param refused other packets, by reason
 */
public record SenderCounts(
    long sent,
    long unsent,
    long received,
    long accepted,
    long unstamped,
    long paths,
    long badPaths,
    Map<Refusal, Long> refused) {
  public SenderCounts {
    refused = Map.copyOf(refused);
  }

  /** How many were refused for one reason. */
  public long refused(Refusal why) {
    return refused.getOrDefault(why, 0L);
  }
}
