package dev.holdfast.model;

/**
 * The name of who makes statements: an agent, a landmark, a party, an inspector. Sequence numbers
 * and hash chains are counted by source.
 *
 * @param value 1 to 200 characters, no control characters, no blanks at the ends
 */
public record SourceId(String value) implements Comparable<SourceId> {
  public SourceId {
    Names.check("source", value);
  }

  @Override
  public int compareTo(SourceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
