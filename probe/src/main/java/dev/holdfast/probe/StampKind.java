package dev.holdfast.probe;

import java.util.Locale;

/** Who read the clock when a packet left or came. */
public enum StampKind {
  /** The kernel, where it hands the packet to the driver or takes it from there. */
  KERNEL,
  /**
   * This process, before it asks the kernel to send and after it got the packet: the round trip is
   * longer by what waking up and copying takes, never shorter.
   */
  PROCESS;

  /** The stable word of the JSON form. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of a word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static StampKind of(String word) {
    for (StampKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("stamps are of the kernel or the process");
  }
}
