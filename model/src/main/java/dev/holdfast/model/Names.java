package dev.holdfast.model;

import dev.holdfast.base.JsonFields;

/** The one rule that all names of things keep. */
public final class Names {
  private static final int LONGEST = 200;

  private Names() {}

  /**
   * Checks a name.
   *
   * @param what the name of the field
   * @throws IllegalArgumentException where it is blank, has blanks at its ends, is longer than 200
   *     characters or holds a control character
   */
  public static void check(String what, String value) {
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

  /**
   * A name in JSON, whose refusal is told as that of its field.
   *
   * @throws dev.holdfast.base.CodedException with the field
   */
  public static String read(JsonFields fields, String field) {
    return fields.value(
        field,
        text -> {
          check(field, text);
          return text;
        });
  }
}
