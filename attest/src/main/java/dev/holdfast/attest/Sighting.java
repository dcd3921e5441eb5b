package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedSet;
import dev.holdfast.model.Names;
import java.time.Instant;
import java.util.SortedSet;

/**
 * That a chip was heard, and what it named of its surroundings.
 *
 * @param basis whose word it is
 * @param chip its id
 * @param host that it was in
 * @param at when
 * @param index of the entry that tells so; where there is no ledger, any number that grows
 * @param marks the switches that it is linked to, or the signs of what it sits in; at least one
 */
public record Sighting(
    Board.Basis basis, String chip, String host, Instant at, long index, SortedSet<String> marks) {
  public Sighting {
    requireNonNull(basis, "basis");
    Names.check("chip", chip);
    Names.check("host", host);
    requireNonNull(at, "at");
    marks = ImmutableSortedSet.copyOf(marks);
    if (marks.isEmpty()) {
      throw new IllegalArgumentException("it names nothing");
    }
  }
}
