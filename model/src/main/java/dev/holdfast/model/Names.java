package dev.holdfast.model;

/** The one rule that all names of things keep. */
final class Names {
  private static final int LONGEST = 200;

  private Names() {}

  static void check(String what, String value) {
    if (value.isBlank() || !value.equals(value.strip())) {
      throw new IllegalArgumentException(what + " is blank or has blanks at its ends");
    }
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException(what + " is longer than " + LONGEST + " characters");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + " holds a control character");
    }
  }
}
