package dev.holdfast.model;

import java.util.Locale;

/** What a certified key may do. */
public enum Role {
  /** Answers challenges beside the chips, and countersigns rounds. */
  HOST,
  /** Sends challenges from a known place, and signs rounds. */
  LANDMARK;

  /** The stable word of certificates and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of a word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException("a role is host or landmark");
  }
}
