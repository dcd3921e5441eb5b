package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.ledger.Policy;

/**
 * Whom a reader of bundles trusts. It comes from the reader, never from the bundle.
 *
 * @param evidence whose statements count. What else its declarers declare, sites for one, is said
 *     and proves nothing
 * @param policy the logs and witnesses, and how many of these must have cosigned
 */
public record BundleTrust(EvidenceTrust evidence, Policy policy) {
  /** The most octets of a trust file: 16 MiB. */
  public static final int LARGEST = 16 << 20;

  public BundleTrust {
    requireNonNull(evidence, "evidence");
    requireNonNull(policy, "policy");
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
