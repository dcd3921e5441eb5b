package dev.holdfast.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a verdict stands on. */
public enum Basis {
  /** Delays as somebody wrote them into a file; nothing was signed. */
  AS_GIVEN,
  /** Rounds of keyed challenges, signed by landmark and host. */
  SIGNED_ROUNDS;

  @JsonValue
  String json() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
