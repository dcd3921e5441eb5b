package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.JsonTree;
import dev.holdfast.model.Subject.Binding;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Attestation results that several tests use. */
final class EarSamples {
  static final Instant ISSUED = Instant.parse("2026-03-01T10:00:00Z");
  static final Instant NOW = ISSUED.plusSeconds(60);
  static final Instant EXPIRES = ISSUED.plusSeconds(600);
  static final String NONCE = "a nonce of somebody";
  static final Ear.Verifier VERIFIER = new Ear.Verifier("https://verifier.example", "holdfast 1");
  static final EarSubject SUBJECT =
      new EarSubject(
          "rom-serial:41aabbccdd00112233",
          Samples.EDWARDS.publicKey().id(),
          Binding.CHIP_EVIDENCE,
          true,
          "intact",
          true,
          Duration.ofHours(3));

  private EarSamples() {}

  static EarAppraisal appraisal(int hardware) {
    return EarAppraisal.of(
        TrustVector.of(
            Map.of(
                TrustClaim.INSTANCE_IDENTITY, TrustVector.AFFIRMED, TrustClaim.HARDWARE, hardware)),
        List.of("https://verifier.example/policy/1"),
        SUBJECT);
  }

  static Ear ear() {
    return Ear.of(
        VERIFIER,
        ISSUED,
        EXPIRES,
        new TreeMap<>(
            Map.of("GPU-0", appraisal(TrustVector.AFFIRMED), "GPU-1", appraisal(TrustVector.WEAK))),
        NONCE);
  }

  static EarVerifier verifier(EarProfile profile) {
    return new EarVerifier(
        KeyRing.of(List.of(Samples.EDWARDS.publicKey(), Samples.NIST.publicKey())),
        profile,
        Duration.ZERO);
  }

  /** A token with this header and these claims that the key signs, whatever they are. */
  static String signed(FixedKey key, String header, String claims) {
    String input = encoded(header) + "." + encoded(claims);
    return input
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(StatementSigner.signature(key, input.getBytes(US_ASCII)));
  }

  static String header(FixedKey key, String algorithm) {
    return "{\"alg\":\""
        + algorithm
        + "\",\"kid\":\""
        + key.publicKey().id()
        + "\",\"typ\":\"eat+jwt\"}";
  }

  static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  static String json(JsonTree tree) {
    return new String(CanonicalJson.octets(tree), UTF_8);
  }

  static Ear random(SplittableRandom random) {
    TreeMap<String, EarAppraisal> submodules = new TreeMap<>();
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      submodules.put("GPU-" + random.nextInt(100), randomAppraisal(random));
    }
    Instant issued = Instant.ofEpochSecond(random.nextLong(1L << 33));
    Instant expires = issued.plusSeconds(random.nextInt(1, 1 << 30));
    return Ear.of(
        VERIFIER,
        issued,
        expires,
        submodules,
        random.nextBoolean() ? "n".repeat(random.nextInt(8, 89)) : null);
  }

  private static EarAppraisal randomAppraisal(SplittableRandom random) {
    EnumMap<TrustClaim, Integer> claims = new EnumMap<>(TrustClaim.class);
    for (TrustClaim claim : TrustClaim.values()) {
      if (random.nextBoolean()) {
        claims.put(claim, random.nextInt(-128, 128));
      }
    }
    EarSubject subject =
        new EarSubject(
            random.nextBoolean() ? "chip " + random.nextInt() : null,
            random.nextBoolean() ? Samples.NIST.publicKey().id() : null,
            random.nextBoolean() ? any(random, Binding.values()) : null,
            random.nextBoolean() ? Boolean.valueOf(random.nextBoolean()) : null,
            random.nextBoolean() ? "partial" : null,
            random.nextBoolean(),
            random.nextBoolean() ? Duration.ofSeconds(random.nextInt(1 << 30)) : null);
    return claims.isEmpty()
        ? new EarAppraisal(
            any(random, TrustTier.values()), null, List.of(), subject, new TreeSet<>())
        : EarAppraisal.of(TrustVector.of(claims), List.of("p" + random.nextInt(9)), subject);
  }

  private static <T> T any(SplittableRandom random, T[] all) {
    return List.of(all).get(random.nextInt(all.length));
  }
}
