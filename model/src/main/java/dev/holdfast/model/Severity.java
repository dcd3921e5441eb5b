package dev.holdfast.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a finding weighs, the lightest first. */
public enum Severity {
  /** Worth knowing beside others; honest fleets have it every day. */
  LOW,
  /** A person should look: it opens a case. */
  MEDIUM,
  /** Physics or a manufacturer's signature stands behind it. */
  HIGH;

  /** The stable word of JSON. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
