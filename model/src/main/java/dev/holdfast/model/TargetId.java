package dev.holdfast.model;

/**
 * The name of what answered the challenges: a host, as the file of delays names it.
 *
 * @param value 1 to 200 characters, no control characters, no blanks at the ends
 */
public record TargetId(String value) implements Comparable<TargetId> {
  public TargetId {
    Names.check("target", value);
  }

  @Override
  public int compareTo(TargetId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
