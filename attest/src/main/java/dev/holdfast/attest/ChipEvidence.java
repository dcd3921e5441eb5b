package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.holdfast.model.Alias;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a chip says of itself under its signature.
 *
 * @param id what it is keyed by: 16 hexadecimal digits, which are also what its neighbours call it;
 *     another name where its certificates have another form
 * @param model as its boot ROM's certificate names it, such as {@code GH100 A01 GSP BROM}
 * @param aliases its signed names, strongest first
 * @param driver the version of the driver that asked; null where the report does not say
 * @param vbios the version of its firmware; null where the report does not say
 * @param nonce that it answered, in hexadecimal digits
 * @param neighbours the ids of those on its baseboard that it is linked to, of a GPU the switches,
 *     of a switch the GPUs; null where the report has no such field, which is not the same as none
 */
public record ChipEvidence(
    Kind kind,
    String id,
    String model,
    List<Alias> aliases,
    @Nullable String driver,
    @Nullable String vbios,
    String nonce,
    @Nullable SortedSet<String> neighbours) {
  /** What made the report. */
  public enum Kind {
    GPU,
    SWITCH;

    /** The stable word of JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ChipEvidence {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
    requireNonNull(model, "model");
    requireNonNull(nonce, "nonce");
    aliases = List.copyOf(aliases);
    neighbours =
        neighbours == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(neighbours));
  }
}
