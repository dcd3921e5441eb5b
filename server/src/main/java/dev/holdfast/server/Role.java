package dev.holdfast.server;

import java.util.Locale;

/** What a token lets its bearer do. */
enum Role {
  /** Everything, tokens too. */
  ADMIN,
  /** Declares a fleet, discloses, reads all. */
  OPERATOR,
  /** Reads all. */
  EXPORTER,
  /** Reads what was disclosed to it. */
  AUDITOR,
  /** Hands in statements. */
  LANDMARK,
  /** Hands in statements. */
  AGENT;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "a role is admin, operator, exporter, auditor, landmark or agent");
  }

  boolean mayDeclare() {
    return this == ADMIN || this == OPERATOR;
  }

  boolean mayHandIn() {
    return this == ADMIN || this == OPERATOR || this == LANDMARK || this == AGENT;
  }

  boolean mayReadAll() {
    return this == ADMIN || this == OPERATOR || this == EXPORTER;
  }

  boolean mayRead() {
    return mayReadAll() || this == AUDITOR;
  }
}
