package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Names;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An attestation result (EAR, draft-ietf-rats-ear): what a verifier made of the evidence of one or
 * more attesters. Made by an {@link EarMaker}, checked by an {@link EarVerifier}.
 *
 * @param issuedAt whole seconds, from 1970 on
 * @param expiresAt whole seconds, after {@code issuedAt}; null where it is not told
 * @param verifier who appraised
 * @param status of all together, no better than that of any submodule; null where it is not told
 * @param submodules the appraisals by the names of their submodules; at least one
 * @param nonce what the reader asked for, 8 to 88 octets; null where nobody did
 * @param rawEvidence what was appraised, in base64url; null where it is not carried along
 * @param others names of further claims of somebody else's, which are not read
 */
public record Ear(
    Instant issuedAt,
    @Nullable Instant expiresAt,
    Verifier verifier,
    @Nullable TrustTier status,
    SortedMap<String, EarAppraisal> submodules,
    @Nullable String nonce,
    @Nullable String rawEvidence,
    SortedSet<String> others) {
  /** The most submodules of one result. */
  public static final int MOST_SUBMODULES = 256;

  private static final int SHORTEST_NONCE = 8;
  private static final int LONGEST_NONCE = 88;
  private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");

  /**
   * Who appraised (draft-ietf-rats-ar4si, {@code verifier-id}).
   *
   * @param developer the organization that answers for it
   * @param build which build of the software
   */
  public record Verifier(String developer, String build) {
    public Verifier {
      Names.check("developer", developer);
      Names.check("build", build);
    }
  }

  public Ear {
    requireNonNull(verifier, "verifier");
    checkTime(issuedAt);
    if (expiresAt != null) {
      checkTime(expiresAt);
      if (!issuedAt.isBefore(expiresAt)) {
        throw new IllegalArgumentException("a result expires after it was issued");
      }
    }
    submodules = Collections.unmodifiableSortedMap(new TreeMap<>(submodules));
    others = Collections.unmodifiableSortedSet(new TreeSet<>(others));
    if (submodules.isEmpty() || submodules.size() > MOST_SUBMODULES) {
      throw new IllegalArgumentException("a result holds 1 to " + MOST_SUBMODULES + " appraisals");
    }
    submodules.forEach((name, appraisal) -> {
      Names.check("name of a submodule", name);
      if (status != null && status.isBetterThan(appraisal.status())) {
        throw new IllegalArgumentException(
            "the status of all is better than that of the submodule " + name);
      }
    });
    if (nonce != null && !isNonce(nonce)) {
      throw new IllegalArgumentException("a nonce is 8 to 88 octets long");
    }
    if (rawEvidence != null && !BASE64URL.matcher(rawEvidence).matches()) {
      throw new IllegalArgumentException("raw evidence is base64url");
    }
  }

  private static void checkTime(Instant time) {
    if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS)) || time.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("a time is whole seconds from 1970 on");
    }
  }

  static boolean isNonce(String text) {
    int length = text.getBytes(UTF_8).length;
    return length >= SHORTEST_NONCE && length <= LONGEST_NONCE;
  }

  /** A result whose status is that of its worst submodule. */
  public static Ear of(
      Verifier verifier,
      Instant issuedAt,
      Instant expiresAt,
      SortedMap<String, EarAppraisal> submodules,
      @Nullable String nonce) {
    TrustTier worst = TrustTier.NONE;
    boolean open = false;
    for (EarAppraisal each : submodules.values()) {
      open |= each.status() == TrustTier.NONE;
      worst = each.status().number() > worst.number() ? each.status() : worst;
    }
    // Where one says nothing, all together may warn but not affirm.
    TrustTier status = open && worst == TrustTier.AFFIRMING ? TrustTier.NONE : worst;
    return new Ear(
        issuedAt,
        expiresAt,
        verifier,
        status,
        submodules,
        nonce,
        null,
        Collections.emptySortedSet());
  }
}
