package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.model.TargetId;
import dev.holdfast.trust.PossessionProof.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Leases that several tests use. */
final class LeaseSamples {
  static final Instant ISSUED = Instant.parse("2026-03-01T10:00:00Z");
  static final Instant NOW = ISSUED.plusSeconds(600);
  static final String AUDIENCE = "slurm.berlin.example";
  static final String NONCE = "a nonce of the prolog";
  static final FixedKey HOST = FixedKey.p256("samples host");
  static final FixedKey ISSUER = Samples.EDWARDS;
  static final String CHECKPOINT =
      """
      log.example
      7
      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

      — log.example AAAA
      — witness.example BBBB
      """;

  private LeaseSamples() {}

  /** The keys that relying parties of the tests trust. */
  static KeyRing keys() {
    return KeyRing.of(List.of(ISSUER.publicKey(), Samples.NIST.publicKey()));
  }

  static Lease lease() {
    return lease(HOST.publicKey(), ISSUED.plusSeconds(3600));
  }

  static Lease lease(StatementKey key, Instant expires) {
    return new Lease(
        "lease-1",
        new TargetId("rack-7"),
        key,
        new TreeSet<>(Set.of("chip-0", "chip-1")),
        "hall",
        new TreeSet<>(Set.of("L-1")),
        AUDIENCE,
        ISSUED,
        expires,
        CHECKPOINT,
        true);
  }

  static String made(FixedKey issuer) {
    return new LeaseMaker(issuer, EarProfile.DEFAULT, EarSamples.VERIFIER).make(lease());
  }

  static PossessionProof proof(String lease) {
    return new PossessionProof(
        Purpose.LEASE, AUDIENCE, NONCE, Sha256.of(lease.getBytes(US_ASCII)), NOW);
  }
}
