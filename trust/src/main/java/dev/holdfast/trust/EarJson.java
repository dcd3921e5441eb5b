package dev.holdfast.trust;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the claims of an {@link Ear} as JSON, as the CDDL of draft-ietf-rats-ear and
 * draft-ietf-rats-ar4si has them; {@link EarReader} reads them.
 */
final class EarJson {
  /** The names that the standards give: nobody else's claims may be called so. */
  static final Set<String> STANDARD =
      Set.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "nbf",
          "iat",
          "jti",
          "cnf",
          "eat_profile",
          "eat_nonce",
          "submods",
          "ear_status",
          "ear_trustworthiness_vector",
          "ear_raw_evidence",
          "ear_appraisal_policy_ids",
          "ear_verifier_id");

  private EarJson() {}

  static ObjectNode write(Ear ear, EarProfile profile) {
    TreeMap<String, JsonTree> claims = new TreeMap<>();
    claims.put("eat_profile", new TextNode(profile.uri()));
    claims.put("iat", seconds(ear.issuedAt()));
    if (ear.expiresAt() != null) {
      claims.put("exp", seconds(ear.expiresAt()));
    }
    claims.put(
        "ear_verifier_id",
        ObjectNode.of(
            Map.of(
                "developer", new TextNode(ear.verifier().developer()),
                "build", new TextNode(ear.verifier().build()))));
    if (ear.status() != null) {
      claims.put("ear_status", new TextNode(ear.status().word()));
    }
    putText(claims, "eat_nonce", ear.nonce());
    putText(claims, "ear_raw_evidence", ear.rawEvidence());
    TreeMap<String, JsonTree> submodules = new TreeMap<>();
    ear.submodules().forEach((name, each) -> submodules.put(name, appraisal(each, profile)));
    claims.put("submods", ObjectNode.of(submodules));
    return ObjectNode.of(claims);
  }

  private static ObjectNode appraisal(EarAppraisal appraisal, EarProfile profile) {
    TreeMap<String, JsonTree> claims = new TreeMap<>();
    claims.put("ear_status", new TextNode(appraisal.status().word()));
    if (appraisal.vector() != null) {
      TreeMap<String, JsonTree> vector = new TreeMap<>();
      appraisal
          .vector()
          .claims()
          .forEach((claim, value) -> vector.put(claim.word(), new NumberNode(value)));
      claims.put("ear_trustworthiness_vector", ObjectNode.of(vector));
    }
    if (!appraisal.policies().isEmpty()) {
      claims.put(
          "ear_appraisal_policy_ids",
          new ArrayNode(appraisal.policies().stream().<JsonTree>map(TextNode::new).toList()));
    }
    EarSubject subject = appraisal.subject();
    putText(claims, profile.name(EarClaim.CHIP), subject.chip());
    putText(claims, profile.name(EarClaim.KEY), subject.key() == null ? null : subject.key().hex());
    putText(
        claims,
        profile.name(EarClaim.BINDING),
        subject.binding() == null ? null : subject.binding().word());
    putTruth(claims, profile.name(EarClaim.RELAY_NOT_EXCLUDED), subject.relayNotExcluded());
    putText(claims, profile.name(EarClaim.BOARD), subject.board());
    putTruth(claims, profile.name(EarClaim.SIMULATED), subject.simulated());
    if (subject.revocationAge() != null) {
      claims.put(
          profile.name(EarClaim.REVOCATION_AGE),
          new NumberNode(subject.revocationAge().toSeconds()));
    }
    return ObjectNode.of(claims);
  }

  private static NumberNode seconds(Instant time) {
    return new NumberNode(time.getEpochSecond());
  }

  private static void putText(
      SortedMap<String, JsonTree> claims, String name, @Nullable String text) {
    if (text != null) {
      claims.put(name, new TextNode(text));
    }
  }

  private static void putTruth(
      SortedMap<String, JsonTree> claims, String name, @Nullable Boolean truth) {
    if (truth != null) {
      claims.put(name, new TruthNode(truth));
    }
  }
}
