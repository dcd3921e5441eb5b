package dev.holdfast.probe;

/** Where the stamp of an answer comes from, asked as late as possible. */
@FunctionalInterface
public interface TransmitClock {
  /** Now, as the 64 bits of a {@link StampTimestamp}. */
  long now();
}
