package dev.holdfast.sim;

import dev.holdfast.model.Landmark;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.CertificateMaker;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.StatementSigner;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;

/** An authority in memory, that vouches for simulated keys only. */
final class SimulatedAuthority {
  private static final String NAME = "simulated authority ";

  private final Chance chance;
  private final Instant from;
  private final Instant until;
  private final SeededKey key;
  private final AuthorityCertificate certificate;
  private Chain chain;

  SimulatedAuthority(FleetPlan plan) {
    chance = new Chance(plan.seed());
    from = plan.from();
    until = plan.from().plus(plan.lifetime());
    key = SeededKey.of(chance.octets("authority"));
    String name = NAME + Long.toHexString(plan.seed());
    certificate = CertificateMaker.authority(name, key, serial(name), from, until);
    chain = Chain.beginning(certificate.source());
  }

  AuthorityCertificate certificate() {
    return certificate;
  }

  SimulatedIdentity enrol(Identity identity) {
    String name = identity.source().value();
    SeededKey own = SeededKey.of(chance.octets("key", name));
    return new SimulatedIdentity(
        own,
        new CertificateMaker(key, certificate)
            .certificate(identity, own.publicKey(), serial(name), from, until));
  }

  /** States where a landmark stands. */
  Envelope position(Landmark landmark, SimulatedIdentity identity) {
    try {
      SignedStatement signed =
          new StatementSigner(key)
              .sign(
                  chain,
                  LandmarkPosition.TYPE,
                  from,
                  new LandmarkPosition(landmark, identity.keyId(), from, until, true).content(),
                  (name, octets) -> {
                    throw new IOException("a position is never large");
                  });
      chain = signed.next();
      return signed.envelope();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private BigInteger serial(String name) {
    // 127 bits, as those of AuthorityFolder.
    return new BigInteger(1, chance.octets("serial", name)).shiftRight(129);
  }
}
