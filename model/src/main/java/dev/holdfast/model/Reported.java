package dev.holdfast.model;

import java.util.Optional;

/**
 * What a source says of one field. That it does not apply, that it is empty, and that the source
 * does not know the field are three things: an older driver is no stripped label.
 */
public sealed interface Reported {
  /**
   * A value.
   *
   * @param text 1 to 200 characters
   */
  record Value(String text) implements Reported {
    public Value {
      Names.check("value", text);
    }
  }

  /** No value, and in which of three ways. */
  enum Absent implements Reported {
    /** The source says that it has no value here, such as by "N/A" or null. */
    NOT_AVAILABLE,
    /** The field is there with nothing in it, or with a filling such as zeros. */
    EMPTY,
    /** There is no such field. */
    MISSING
  }

  /** A value. */
  static Reported of(String text) {
    return new Value(text);
  }

  /** The value, where there is one. */
  default Optional<String> value() {
    return switch (this) {
      case Value value -> Optional.of(value.text());
      case Absent absent -> Optional.empty();
    };
  }
}
