package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.attest.DeviceRoots;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.model.OperatorId;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.StatementKey;
import java.util.List;
import java.util.Set;

/**
 * Whose statements count, for whoever makes a bundle and whoever checks it.
 *
 * @param certificates the authorities, with their lists of revocations
 * @param operators whose landmarks count; empty: every operator's that an authority certified
 * @param declarers keys of servers; when their ticks say that a challenge was made public counts
 * @param devices whose chips count
 */
public record EvidenceTrust(
    CertificateVerifier certificates,
    Set<OperatorId> operators,
    List<StatementKey> declarers,
    EvidenceVerifier devices) {
  private static final int CHAINS = 16;

  public EvidenceTrust {
    requireNonNull(certificates, "certificates");
    operators = Set.copyOf(operators);
    declarers = List.copyOf(declarers);
    requireNonNull(devices, "devices");
  }

  /** All landmarks that the authorities certified, nobody's ticks, and NVIDIA's chips. */
  public static EvidenceTrust of(CertificateVerifier certificates) {
    return new EvidenceTrust(
        certificates, Set.of(), List.of(), devices(DeviceRoots.ofNvidia(), DeviceRevocations.NONE));
  }

  /** Who checks the chips of one bundle. */
  static EvidenceVerifier devices(DeviceRoots roots, DeviceRevocations revocations) {
    return new EvidenceVerifier(roots, revocations, CHAINS);
  }

  boolean accepts(OperatorId operator) {
    return operators.isEmpty() || operators.contains(operator);
  }
}
