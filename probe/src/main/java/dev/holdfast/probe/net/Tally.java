package dev.holdfast.probe.net;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts of things, by kind: one thread adds without a lock, any thread looks. */
final class Tally<E extends Enum<E>> {
  private final EnumMap<E, AtomicLong> counts;

  Tally(Class<E> kinds) {
    counts = new EnumMap<>(kinds);
    for (E kind : kinds.getEnumConstants()) {
      counts.put(kind, new AtomicLong());
    }
  }

  void add(E kind) {
    AtomicLong count = requireNonNull(counts.get(kind));
    count.setRelease(count.getPlain() + 1);
  }

  long get(E kind) {
    return requireNonNull(counts.get(kind)).get();
  }

  /** All of them, zeros too. */
  Map<E, Long> read() {
    EnumMap<E, Long> read = new EnumMap<>(counts.keySet().iterator().next().getDeclaringClass());
    counts.forEach((kind, count) -> read.put(kind, count.get()));
    return read;
  }
}
