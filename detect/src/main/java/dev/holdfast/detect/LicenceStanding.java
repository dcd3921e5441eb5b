package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Reason;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a licence stands at a moment, by what is known of its chips.
 *
 * @param terms as they were told last; self-declared
 * @param index of the entry that told them
 * @param chips that it covers as far as they are known: those that it names, or those of its models
 * @param unheard those of them that never spoke, nor had anybody speak for them
 * @param satisfied those that are where they may be and show what is demanded
 * @param excused those that lack something while an outage or a transfer was told of them
 * @param all false where more chips are of its models than were looked at
 * @param missing how many chips lack what: {@code place}, {@code rounds}, {@code signatures},
 *     {@code inspection}
 * @param reasons what single chips lack, up to {@value #MOST_REASONS}
 */
public record LicenceStanding(
    Licensed terms,
    long index,
    Force force,
    int chips,
    int unheard,
    int satisfied,
    int excused,
    boolean all,
    SortedMap<String, Integer> missing,
    List<Reason> reasons) {
  /** The most reasons that one standing tells. */
  public static final int MOST_REASONS = 20;

  /** Whether a licence holds at a moment. */
  public enum Force {
    /** It begins later. */
    LATER,
    /** It is in force. */
    NOW,
    /** It has ended. */
    ENDED
  }

  public LicenceStanding {
    requireNonNull(terms, "terms");
    requireNonNull(force, "force");
    missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
    reasons = List.copyOf(reasons);
  }
}
