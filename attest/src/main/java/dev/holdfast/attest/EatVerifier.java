package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CompactJws;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Times;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Checks tokens of an attestation service: EAT (RFC 9711) in the detached form of NVIDIA's NRAS.
 *
 * <p>Every part must be signed by ES384 with a key of the reader's, name the expected service, be
 * valid at the moment that is asked about and repeat one nonce; the overall part must name each
 * submodule that is there by the SHA-256 hash of its octets, and no other; and the service must
 * have found every chip as it should be. All that is wrong is told, not the first thing alone.
 */
public final class EatVerifier {
  private final DetachedEat eat;
  private final EatToken token;
  private final EatSignatures signatures;
  private final EatExpectations expected;
  private final List<Reason> faults = new ArrayList<>();

  private EatVerifier(DetachedEat eat, String source, EatExpectations expected) {
    this.eat = eat;
    this.token = eat.token(source);
    this.signatures = new EatSignatures(expected.keys(), source);
    this.expected = expected;
  }

  /** Whether octets look like such a token, whatever it is worth. */
  public static boolean looksLikeToken(byte[] octets) {
    return DetachedEat.looksLikeOne(octets);
  }

  /**
   * Checks a token.
   *
   * @param source the name of the octets for messages
   * @throws CodedException {@link ErrorCode#MALFORMED_TOKEN} where the octets are no such token; as
   *     {@link dev.holdfast.base.BoundedJson} where they are no JSON or too many
   */
  public static EatCheck check(byte[] octets, String source, EatExpectations expected) {
    return new EatVerifier(DetachedEat.read(octets, source), source, expected).check();
  }

  private EatCheck check() {
    submodules();
    part(DetachedEat.OVERALL, eat.overall(), token.common());
    nonceExpected();
    eat.submodules()
        .forEach((name, jws) -> {
          TokenClaims common = chip(name).common();
          part(name, jws, common);
          sameNonce(name, common);
        });
    if (token.attested() == null || !token.attested()) {
      fault("token-failed");
    }
    token.chips().forEach(this::chip);
    distinct();
    List<Reason> unchecked = unchecked();
    if (!faults.isEmpty()) {
      faults.addAll(unchecked);
      return new EatCheck.Refused(token, faults);
    }
    return expected.keys() == null
        ? new EatCheck.NotChecked(token, unchecked)
        : new EatCheck.Verified(token, signers(), unchecked);
  }

  private ChipClaims chip(String name) {
    return requireNonNull(token.chips().get(name));
  }

  /** What the overall part names is there, and nothing else is. */
  private void submodules() {
    eat.digests()
        .forEach((name, digest) -> {
          CompactJws jws = eat.submodules().get(name);
          if (jws == null) {
            fault("token-submodule-missing", name);
          } else if (!sha256(jws.text()).equals(digest)) {
            fault("token-digest", name, sha256(jws.text()), digest);
          }
        });
    for (String name : eat.submodules().keySet()) {
      if (!eat.digests().containsKey(name)) {
        fault("token-submodule-unnamed", name);
      }
    }
  }

  /** What must hold for the overall part and for each submodule alike. */
  private void part(String name, CompactJws jws, TokenClaims claims) {
    signatures.fault(name, jws).ifPresent(faults::add);
    if (!claims.issuer().equals(expected.issuer())) {
      fault("token-issuer", name, claims.issuer(), expected.issuer());
    }
    if (!claims.begins().isBefore(claims.expiresAt())) {
      fault("token-never-valid", name);
    } else if (expected.at().plus(expected.tolerance()).isBefore(claims.begins())) {
      fault("token-not-yet", name, Times.print(claims.begins()), Times.print(expected.at()));
    } else if (!expected.at().minus(expected.tolerance()).isBefore(claims.expiresAt())) {
      fault("token-expired", name, Times.print(claims.expiresAt()), Times.print(expected.at()));
    }
  }

  private void nonceExpected() {
    String nonce = token.common().nonce();
    if (expected.nonce() != null && !expected.nonce().equals(nonce)) {
      fault("token-nonce", nonce == null ? "-" : nonce, expected.nonce());
    }
  }

  private void sameNonce(String name, TokenClaims claims) {
    if (!Objects.equals(claims.nonce(), token.common().nonce())) {
      fault("token-nonces-differ", name);
    }
  }

  /** What the service says of a chip must speak for it. */
  private void chip(String name, ChipClaims chip) {
    if (!chip.isAsExpected()) {
      fault("token-measurements", name, chip.measurements() == null ? "-" : chip.measurements());
    }
    if (!chip.against().isEmpty()) {
      fault("token-against", name, String.join(", ", chip.against()));
    }
  }

  /** One chip that is shown twice would count for two. */
  private void distinct() {
    Map<Alias, String> seen = new HashMap<>();
    token
        .chips()
        .forEach((name, chip) -> {
          String earlier = chip.ueid() == null ? null : seen.putIfAbsent(chip.ueid(), name);
          if (earlier != null) {
            fault("token-same-chip", earlier, name);
          }
        });
  }

  private List<Reason> unchecked() {
    List<Reason> unchecked = new ArrayList<>();
    if (expected.keys() == null) {
      unchecked.add(Reason.of("reason.token-signature-unchecked"));
    }
    if (expected.nonce() == null) {
      unchecked.add(Reason.of("reason.token-nonce-unchecked"));
    }
    return unchecked;
  }

  private NavigableSet<String> signers() {
    NavigableSet<String> signers = new TreeSet<>();
    signatures.keyId(eat.overall()).ifPresent(signers::add);
    eat.submodules().values().stream()
        .map(signatures::keyId)
        .flatMap(Optional::stream)
        .forEach(signers::add);
    return signers;
  }

  private void fault(String code, String... arguments) {
    faults.add(Reason.of("reason." + code, arguments));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
