package dev.holdfast.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a slower speed than light's, an assumption, says of a claim that physics leaves open. */
public enum Support {
  SUPPORTED,
  CONTRADICTED,
  OPEN;

  @JsonValue
  String json() {
    return name().toLowerCase(Locale.ROOT);
  }
}
