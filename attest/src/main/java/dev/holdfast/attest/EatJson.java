package dev.holdfast.attest;

import dev.holdfast.model.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of an {@link EatCheck}: one object, stable field names, sentences in English.
 *
 * @param source the file or other source of the token
 * @param kind {@code token}
 * @param keys the ids of the keys that signed; empty unless verified
 * @param expiresAt the first moment at which it is no longer valid
 * @param attested whether the service found everything in order; null where it does not say
 * @param chips in the order of the names of their submodules
 */
public record EatJson(
    String source,
    String kind,
    Result result,
    List<ReasonJson> reasons,
    SortedSet<String> keys,
    String issuer,
    Instant issuedAt,
    @Nullable Instant notBefore,
    Instant expiresAt,
    @Nullable String nonce,
    @Nullable Boolean attested,
    @Nullable String version,
    List<ChipJson> chips) {

  /** The outcomes. */
  public enum Result {
    VERIFIED,
    NOT_CHECKED,
    REFUSED
  }

  /** One reason. */
  public record ReasonJson(String code, String sentence) {}

  /** What the service says of one chip; the fields are those of {@link ChipClaims}. */
  public record ChipJson(
      String name,
      @Nullable String ueid,
      @Nullable String model,
      @Nullable String manufacturer,
      @Nullable String measurements,
      @Nullable Boolean secureBoot,
      @Nullable String debugStatus,
      @Nullable String driver,
      @Nullable String vbios,
      @Nullable String nonce,
      SortedMap<String, Boolean> flags,
      SortedSet<String> others) {
    private static ChipJson of(Map.Entry<String, ChipClaims> named) {
      ChipClaims chip = named.getValue();
      return new ChipJson(
          named.getKey(),
          chip.ueid() == null ? null : chip.ueid().value(),
          chip.model(),
          chip.manufacturer(),
          chip.measurements(),
          chip.secureBoot(),
          chip.debugStatus(),
          chip.driver(),
          chip.vbios(),
          chip.common().nonce(),
          chip.flags(),
          chip.others());
    }
  }

  /**
   * Gives a check its JSON form.
   *
   * @param sentence words a reason in English
   */
  public static EatJson of(String source, EatCheck check, Function<Reason, String> sentence) {
    EatToken token = check.token();
    return new EatJson(
        source,
        "token",
        result(check),
        check.reasons().stream()
            .map(reason -> new ReasonJson(reason.code(), sentence.apply(reason)))
            .toList(),
        check instanceof EatCheck.Verified verified
            ? verified.keys()
            : Collections.emptySortedSet(),
        token.common().issuer(),
        token.common().issuedAt(),
        token.common().notBefore(),
        token.common().expiresAt(),
        token.common().nonce(),
        token.attested(),
        token.version(),
        token.chips().entrySet().stream().map(ChipJson::of).toList());
  }

  private static Result result(EatCheck check) {
    return switch (check) {
      case EatCheck.Verified verified -> Result.VERIFIED;
      case EatCheck.NotChecked notChecked -> Result.NOT_CHECKED;
      case EatCheck.Refused refused -> Result.REFUSED;
    };
  }
}
