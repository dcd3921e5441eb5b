package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a token of an attestation service says (EAT, RFC 9711). That it says so proves nothing: see
 * {@link EatVerifier}.
 *
 * @param common who says so, and for how long
 * @param attested whether the service found everything in order ({@code
 *     x-nvidia-overall-att-result}); null where it does not say
 * @param version of the claims ({@code x-nvidia-ver}); null where it is not told
 * @param chips what it says of each chip, by the name of the submodule, such as {@code GPU-0}
 */
public record EatToken(
    TokenClaims common,
    @Nullable Boolean attested,
    @Nullable String version,
    SortedMap<String, ChipClaims> chips) {
  public EatToken {
    requireNonNull(common, "common");
    chips = Collections.unmodifiableSortedMap(new TreeMap<>(chips));
  }
}
