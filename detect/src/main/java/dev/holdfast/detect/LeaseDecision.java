package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether a host gets a lease. */
public sealed interface LeaseDecision {
  /** The most reasons that are told. */
  int MOST_REASONS = 100;

  /**
   * It does, in the hands of one key.
   *
   * @param key the id of the key that answered the newest rounds, in hexadecimal digits
   * @param chips that signed of late, all that are known in the host
   * @param licences that let them be there
   * @param until when a lease must be over: after its longest time, or with a licence
   * @param simulated whether the host belongs to a simulation
   */
  record Granted(
      String site,
      String key,
      SortedSet<String> chips,
      SortedSet<String> licences,
      Instant until,
      boolean simulated)
      implements LeaseDecision {
    public Granted {
      requireNonNull(site, "site");
      requireNonNull(key, "key");
      chips = Collections.unmodifiableSortedSet(new TreeSet<>(chips));
      licences = Collections.unmodifiableSortedSet(new TreeSet<>(licences));
      requireNonNull(until, "until");
    }
  }

  /**
   * It does not.
   *
   * @param reasons all that is missing, up to {@link #MOST_REASONS}; codes begin with {@code
   *     reason.no-lease-}
   */
  record Refused(List<Reason> reasons) implements LeaseDecision {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal says why");
      }
    }
  }
}
