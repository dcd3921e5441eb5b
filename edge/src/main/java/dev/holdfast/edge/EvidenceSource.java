package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.Problem;
import java.time.Duration;
import java.util.List;

/**
 * Something on or beside this machine that lets its chips sign. What they sign is checked
 * elsewhere; here it is octets. For one thread at a time.
 */
public interface EvidenceSource {
  /** The length of a nonce in octets. */
  int NONCE = 32;

  /**
   * What one chip signed.
   *
   * @param component how the source calls it, which is no name of the chip: what it signed may be
   *     another's
   * @param certificates its chain in PEM; empty where the source gives none
   * @param report the request for measurements, the answer and its signature, at least one octet
   * @param signing how long the source took, the way there and back too
   */
  record ChipEvidence(String component, byte[] certificates, byte[] report, Duration signing) {
    public ChipEvidence {
      requireNonNull(component, "component");
      certificates = certificates.clone();
      report = report.clone();
      if (report.length == 0 || signing.isNegative()) {
        throw new IllegalArgumentException("a report has octets and took time");
      }
    }

    @Override
    public byte[] certificates() {
      return certificates.clone();
    }

    @Override
    public byte[] report() {
      return report.clone();
    }
  }

  /**
   * What all chips signed, in the order of the source.
   *
   * @param problems those that did not, with the reason
   */
  record Gathered(List<ChipEvidence> evidence, List<Problem> problems) {
    public Gathered {
      evidence = List.copyOf(evidence);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Lets every chip sign.
   *
   * @param nonce of {@value #NONCE} octets
   * @throws dev.holdfast.base.CodedException as {@link InventorySource#look}, where no chip at all
   *     can be asked
   */
  Gathered evidence(byte[] nonce);
}
