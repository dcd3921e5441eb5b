package dev.holdfast.model;

/**
 * The name of who runs landmarks; faults are counted by operator.
 *
 * @param value 1 to 200 characters, no control characters, no blanks at the ends
 */
public record OperatorId(String value) implements Comparable<OperatorId> {
  public OperatorId {
    Names.check("operator", value);
  }

  @Override
  public int compareTo(OperatorId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
