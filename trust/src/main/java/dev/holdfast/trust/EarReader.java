package dev.holdfast.trust;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.model.Names;
import dev.holdfast.model.Subject.Binding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claims of an {@link Ear}, as strictly as the CDDL of draft-ietf-rats-ear and
 * draft-ietf-rats-ar4si has them; claims that only other parties know are kept by name.
 */
final class EarReader {
  private static final ErrorCode CODE = ErrorCode.MALFORMED_RESULT;
  private static final int MOST_POLICIES = 64;

  private EarReader() {}

  /**
   * Reads claims; the profile that they name is not looked at.
   *
   * @throws CodedException {@link ErrorCode#MALFORMED_RESULT} for what the CDDL does not allow, and
   *     for a status that is better than what it stands on
   */
  static Ear read(ObjectNode claims, EarProfile profile, String source) {
    JsonFields fields = JsonFields.of(claims, source, CODE);
    fields.text("eat_profile");
    Instant issuedAt = Instant.ofEpochSecond(fields.whole("iat"));
    Instant expiresAt = fields.has("exp") ? Instant.ofEpochSecond(fields.whole("exp")) : null;
    JsonFields by = fields.fields("ear_verifier_id");
    Ear.Verifier verifier =
        by.made("developer", () -> new Ear.Verifier(by.text("developer"), by.text("build")));
    by.requireNothingElse();
    TrustTier status = fields.has("ear_status") ? fields.value("ear_status", TrustTier::of) : null;
    String nonce = nonce(fields);
    String raw = fields.has("ear_raw_evidence") ? fields.text("ear_raw_evidence") : null;
    JsonFields all = fields.fields("submods");
    if (all.names().size() > Ear.MOST_SUBMODULES) {
      throw fields.refuse("submods", "it holds more than " + Ear.MOST_SUBMODULES + " appraisals");
    }
    TreeMap<String, EarAppraisal> submodules = new TreeMap<>();
    all.names().forEach(name -> submodules.put(name, appraisal(all.fields(name), profile)));
    SortedSet<String> others = new TreeSet<>(fields.names());
    others.removeAll(
        Set.of(
            "eat_profile",
            "iat",
            "exp",
            "ear_verifier_id",
            "ear_status",
            "eat_nonce",
            "ear_raw_evidence",
            "submods"));
    return fields.made(
        "submods",
        () -> new Ear(issuedAt, expiresAt, verifier, status, submodules, nonce, raw, others));
  }

  private static @Nullable String nonce(JsonFields fields) {
    if (!fields.has("eat_nonce")) {
      return null;
    }
    String nonce = fields.text("eat_nonce");
    if (!Ear.isNonce(nonce)) {
      throw fields.refuse("eat_nonce", "it is not 8 to 88 octets long");
    }
    return nonce;
  }

  private static EarAppraisal appraisal(JsonFields fields, EarProfile profile) {
    SortedSet<String> others = new TreeSet<>(fields.names());
    for (EarClaim claim : EarClaim.values()) {
      if (!claim.isOfLease()) {
        others.remove(profile.name(claim));
      }
    }
    others.removeAll(
        Set.of("ear_status", "ear_trustworthiness_vector", "ear_appraisal_policy_ids"));
    // Both may be here; their types are looked at and no more.
    if (fields.has("eat_profile")) {
      fields.text("eat_profile");
    }
    nonce(fields);
    TrustTier status = fields.value("ear_status", TrustTier::of);
    TrustVector vector =
        fields.has("ear_trustworthiness_vector")
            ? vector(fields.fields("ear_trustworthiness_vector"))
            : null;
    List<String> policies =
        fields.has("ear_appraisal_policy_ids")
            ? fields.texts("ear_appraisal_policy_ids", MOST_POLICIES)
            : List.of();
    if (fields.has("ear_appraisal_policy_ids") && policies.isEmpty()) {
      throw fields.refuse("ear_appraisal_policy_ids", "it is empty");
    }
    EarSubject subject = subject(fields, profile);
    return fields.made(
        "ear_status", () -> new EarAppraisal(status, vector, policies, subject, others));
  }

  private static TrustVector vector(JsonFields fields) {
    TreeMap<TrustClaim, Integer> claims = new TreeMap<>();
    for (TrustClaim claim : TrustClaim.values()) {
      if (fields.has(claim.word())) {
        double value = fields.number(claim.word());
        if (value != Math.rint(value) || value < Byte.MIN_VALUE || value > Byte.MAX_VALUE) {
          throw fields.refuse(claim.word(), "it is not a whole number from -128 to 127");
        }
        claims.put(claim, (int) value);
      }
    }
    fields.requireNothingElse();
    return fields.made("", () -> new TrustVector(claims));
  }

  private static EarSubject subject(JsonFields fields, EarProfile profile) {
    String binding = text(fields, profile.name(EarClaim.BINDING));
    String key = text(fields, profile.name(EarClaim.KEY));
    String age = profile.name(EarClaim.REVOCATION_AGE);
    return new EarSubject(
        name(fields, profile.name(EarClaim.CHIP)),
        key == null ? null : fields.value(profile.name(EarClaim.KEY), KeyId::new),
        binding == null ? null : fields.value(profile.name(EarClaim.BINDING), Binding::of),
        truth(fields, profile.name(EarClaim.RELAY_NOT_EXCLUDED)),
        name(fields, profile.name(EarClaim.BOARD)),
        truth(fields, profile.name(EarClaim.SIMULATED)),
        fields.has(age) ? Duration.ofSeconds(fields.whole(age)) : null);
  }

  private static @Nullable String text(JsonFields fields, String name) {
    return fields.has(name) ? fields.text(name) : null;
  }

  private static @Nullable String name(JsonFields fields, String name) {
    return fields.has(name)
        ? fields.value(
            name,
            text -> {
              Names.check("it", text);
              return text;
            })
        : null;
  }

  private static @Nullable Boolean truth(JsonFields fields, String name) {
    return fields.has(name) ? fields.truth(name) : null;
  }
}
