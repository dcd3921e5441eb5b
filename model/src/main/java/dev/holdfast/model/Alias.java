package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One name by which a chip is known, and how firm that name is.
 *
 * <p>The natural order is the strongest first.
 *
 * @param value 1 to 200 characters, as its source spells it
 */
public record Alias(Kind kind, String value) implements Comparable<Alias> {
  /** Who stands behind a name. */
  public enum Strength {
    /** The manufacturer: it is in a certificate, or under a signature, of the chip's own. */
    SIGNED,
    /** The host, or whatever runs on it: a label that can be written anew. */
    HOST_DECLARED;

    /** The stable word of JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The kinds of name, strongest first. */
  public enum Kind {
    /** Serial number of the certificate that the chip's boot ROM signs with: burnt in. */
    ROM_SERIAL(Strength.SIGNED),
    /** Name of the device in its leaf certificate (SPDM, DSP0274 section 4.10.2). */
    DEVICE_NAME(Strength.SIGNED),
    /** The {@code ueid} of an attestation token: the leaf's serial; new firmware may change it. */
    UEID(Strength.SIGNED),
    /** The per-device id that the driver tells: {@code 0x} and 16 hexadecimal digits. */
    PDI(Strength.HOST_DECLARED),
    /** The UUID that the driver tells. */
    UUID(Strength.HOST_DECLARED),
    /** The serial number of the board that carries the chip alone. */
    BOARD_SERIAL(Strength.HOST_DECLARED),
    /** The serial number of a module that several chips share: names none of them. */
    MODULE_SERIAL(Strength.HOST_DECLARED);

    private final Strength strength;

    Kind(Strength strength) {
      this.strength = strength;
    }

    /** How firm names of this kind are. */
    public Strength strength() {
      return strength;
    }

    /**
     * Whether a chip has one name of this kind for good, so that a second contradicts the first.
     */
    public boolean isLasting() {
      return this == ROM_SERIAL || this == DEVICE_NAME;
    }

    /** Whether it names one chip, so that two chips with the same one contradict each other. */
    public boolean isUnique() {
      return this != MODULE_SERIAL;
    }

    /** The stable word of JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind of a word.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("there is no kind of alias called so");
    }
  }

  public Alias {
    requireNonNull(kind, "kind");
    Names.check("alias", value);
  }

  @Override
  public int compareTo(Alias other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return kind.word() + ":" + value;
  }
}
