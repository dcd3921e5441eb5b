package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.SourceId;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.SigningKey;

/** A key in memory with its certificate, which calls it simulated. */
public record SimulatedIdentity(SigningKey key, IdentityCertificate certificate) {
  public SimulatedIdentity {
    requireNonNull(key, "key");
    if (!certificate.identity().simulated() || !certificate.key().equals(key.publicKey())) {
      throw new IllegalArgumentException("a simulated key has a certificate that calls it so");
    }
  }

  /** The name in the certificate. */
  public String name() {
    return certificate.identity().name();
  }

  /** The source of its statements. */
  public SourceId source() {
    return certificate.identity().source();
  }

  /** The id of the key. */
  public KeyId keyId() {
    return key.publicKey().id();
  }
}
