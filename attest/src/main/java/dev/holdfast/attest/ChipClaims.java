package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.model.Alias;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an attestation service says of one chip. What is not told, or told as null, is null.
 *
 * <p>Claims of RFC 9711 section 4.2, with NVIDIA's own spelling of some of them, and NVIDIA's own
 * claims ("GPU Claims" and "nvSwitch Claims", versions 2.0 and 3.0, docs.nvidia.com/attestation).
 *
 * @param common what every part of a token says
 * @param ueid the serial number of the chip's leaf certificate, in decimal ({@code ueid})
 * @param model {@code hwmodel}
 * @param manufacturer the number of the manufacturer ({@code oemid}; 5703 is NVIDIA)
 * @param measurements whether what was measured is what was expected ({@code measres})
 * @param secureBoot {@code secboot}
 * @param debugStatus {@code dbgstat}, section 4.2.9
 * @param driver the version of the driver
 * @param vbios the version of the firmware
 * @param flags the service's own yes and no, by the name of the claim
 * @param others the names of all other claims
 */
public record ChipClaims(
    TokenClaims common,
    @Nullable Alias ueid,
    @Nullable String model,
    @Nullable String manufacturer,
    @Nullable String measurements,
    @Nullable Boolean secureBoot,
    @Nullable String debugStatus,
    @Nullable String driver,
    @Nullable String vbios,
    SortedMap<String, Boolean> flags,
    SortedSet<String> others) {
  /** Version 3.0 of the claims, and 2.0. */
  private static final Set<String> AS_EXPECTED = Set.of("success", "comparison-successful");

  private static final String OWN = "x-nvidia-";

  public ChipClaims {
    requireNonNull(common, "common");
    flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
    others = Collections.unmodifiableSortedSet(new TreeSet<>(others));
  }

  static ChipClaims read(JsonTree.ObjectNode claims, JsonFields fields) {
    Reader reader = new Reader(claims, fields);
    TokenClaims common = TokenClaims.read(fields);
    reader.known.addAll(List.of("iss", "iat", "nbf", "exp", "eat_nonce"));
    return new ChipClaims(
        common,
        reader.has("ueid") ? fields.value("ueid", text -> new Alias(Alias.Kind.UEID, text)) : null,
        reader.text("hwmodel"),
        reader.text("oemid"),
        reader.text("measres"),
        reader.has("secboot") ? fields.truth("secboot") : null,
        reader.text("dbgstat"),
        reader.text("x-nvidia-gpu-driver-version"),
        reader.text(
            reader.has("x-nvidia-gpu-vbios-version")
                ? "x-nvidia-gpu-vbios-version"
                : "x-nvidia-switch-bios-version"),
        reader.flags(),
        reader.others());
  }

  /** Whether the service found what it expected in the chip. */
  public boolean isAsExpected() {
    return measurements != null && AS_EXPECTED.contains(measurements);
  }

  /** The claims that speak against the chip, other than {@code measres}. */
  public List<String> against() {
    SortedSet<String> against = new TreeSet<>();
    flags.forEach((name, holds) -> {
      if (!holds) {
        against.add(name);
      }
    });
    if (secureBoot != null && !secureBoot) {
      against.add("secboot");
    }
    if (debugStatus != null && !debugStatus.startsWith("disabled")) {
      against.add("dbgstat");
    }
    return List.copyOf(against);
  }

  /** Reads what may be absent, and keeps what it was asked for. */
  private static final class Reader {
    private final JsonTree.ObjectNode claims;
    private final JsonFields fields;
    private final Set<String> known = new HashSet<>();

    Reader(JsonTree.ObjectNode claims, JsonFields fields) {
      this.claims = claims;
      this.fields = fields;
    }

    boolean has(String name) {
      JsonTree value = claims.members().get(name);
      known.add(name);
      return value != null && !(value instanceof NullNode);
    }

    @Nullable String text(String name) {
      return has(name) ? fields.text(name) : null;
    }

    SortedMap<String, Boolean> flags() {
      SortedMap<String, Boolean> flags = new TreeMap<>();
      claims
          .members()
          .forEach((name, value) -> {
            if (name.startsWith(OWN) && value instanceof TruthNode truth) {
              flags.put(name, truth.value());
              known.add(name);
            }
          });
      return flags;
    }

    SortedSet<String> others() {
      SortedSet<String> others = new TreeSet<>(claims.members().keySet());
      others.removeAll(known);
      return others;
    }
  }
}
