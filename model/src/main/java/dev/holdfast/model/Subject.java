package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict is about.
 *
 * @param binding how firmly the subject is tied to the key that answered; null where no key did
 */
public record Subject(Kind kind, String id, @Nullable Binding binding) {
  /** The kinds of subject; a file of delays speaks of a target, whatever stands behind it. */
  public enum Kind {
    KEY,
    HOST,
    CHIP,
    TARGET;

    @JsonValue
    String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How firmly the next is tied to the one before, weakest first. */
  public enum Binding {
    FILE,
    TPM,
    CHIP_EVIDENCE;

    /** The stable word of certificates and JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The binding of a word.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Binding of(String word) {
      for (Binding binding : values()) {
        if (binding.word().equals(word)) {
          return binding;
        }
      }
      throw new IllegalArgumentException("a binding is file, tpm or chip-evidence");
    }
  }

  public Subject {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
  }
}
