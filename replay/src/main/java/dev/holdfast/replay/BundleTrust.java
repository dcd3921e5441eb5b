package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.ledger.Policy;
import dev.holdfast.model.OperatorId;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.StatementKey;
import java.util.List;
import java.util.Set;

/**
 * Whom a reader of bundles trusts. It comes from the reader, never from the bundle.
 *
 * @param certificates the authorities, with their lists of revocations
 * @param policy the logs and witnesses, and how many of these must have cosigned
 * @param operators whose landmarks count; empty: every operator's that an authority certified
 * @param declarers keys that may declare sites; what they declare is said and proves nothing
 */
public record BundleTrust(
    CertificateVerifier certificates,
    Policy policy,
    Set<OperatorId> operators,
    List<StatementKey> declarers) {
  /** The most octets of a trust file: 16 MiB. */
  public static final int LARGEST = 16 << 20;

  public BundleTrust {
    requireNonNull(certificates, "certificates");
    requireNonNull(policy, "policy");
    operators = Set.copyOf(operators);
    declarers = List.copyOf(declarers);
  }

  /**
   * Reads a trust file, YAML 1.2 or JSON.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_TRUST_FILE or INPUT_TOO_LARGE, with the field
   */
  public static BundleTrust parse(byte[] octets, String source) {
    return TrustReader.read(octets, source);
  }
}
