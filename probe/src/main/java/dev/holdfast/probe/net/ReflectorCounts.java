package dev.holdfast.probe.net;

import java.util.Map;

/**
 * What a reflector did since it started.
 *
 * @param received packets that came
 * @param reflected answers of sessions
 * @param plain answers of the unauthenticated mode
 * @param paths path datagrams sent
 * @param silent packets without an answer, by reason
 */
public record ReflectorCounts(
    long received, long reflected, long plain, long paths, Map<Silence, Long> silent) {
  public ReflectorCounts {
    silent = Map.copyOf(silent);
  }

  /** How many got no answer for one reason. */
  public long silent(Silence why) {
    return silent.getOrDefault(why, 0L);
  }

  /** Packets without an answer. */
  public long allSilent() {
    return silent.values().stream().mapToLong(Long::longValue).sum();
  }
}
