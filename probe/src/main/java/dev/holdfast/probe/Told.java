package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** What a reflector said to one question, or why it said nothing. */
public sealed interface Told<T> {
  /** It said this; its word. */
  record Said<T>(T value) implements Told<T> {
    public Said {
      requireNonNull(value, "value");
    }
  }

  /** It said nothing that can be read. */
  record Unsaid<T>(Reason why) implements Told<T> {
    public Unsaid {
      requireNonNull(why, "why");
    }
  }

  /** Why nothing was said. */
  enum Reason {
    /** The answer has no such TLV: the reflector knows of none, as in TWAMP Light. */
    ABSENT,
    /** It came back with flag U. */
    NOT_UNDERSTOOD,
    /** It came back with flag M, or has not its form. */
    MALFORMED,
    /** A TLV came back with flag I: none of them is to be used. */
    NOT_INTACT;

    /** The stable word of the JSON form. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
