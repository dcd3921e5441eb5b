package dev.holdfast.ledger;

import java.util.Optional;

/** What C2SP signed-note asks of a key's name. */
final class KeyNames {
  private static final int NEXT_LINE = 0x85;

  private KeyNames() {}

  /** Why a text cannot be the name of a key, or empty where it can. */
  static Optional<String> fault(String name) {
    if (name.isEmpty()) {
      return Optional.of("the name is empty");
    }
    if (!StrictText.isUnicode(name)) {
      return Optional.of("the name is not valid Unicode");
    }
    if (name.indexOf('+') >= 0) {
      return Optional.of("the name holds a plus");
    }
    if (name.codePoints().anyMatch(KeyNames::isSpace)) {
      return Optional.of("the name holds a space");
    }
    // Of control characters only those that a note may not hold: a name with one could never sign.
    if (name.chars().anyMatch(c -> c < ' ')) {
      return Optional.of("the name holds a control character");
    }
    return Optional.empty();
  }

  /** Unicode's White_Space property, which the JDK knows only in parts. */
  private static boolean isSpace(int c) {
    return Character.isSpaceChar(c) || Character.isWhitespace(c) || c == NEXT_LINE;
  }
}
