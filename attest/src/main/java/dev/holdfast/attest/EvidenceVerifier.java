package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.ChainVerifier.NoPath;
import dev.holdfast.attest.ChainVerifier.Path;
import dev.holdfast.attest.DeviceRevocations.Status;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.Times;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Reason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a chip signed (SPDM measurements) against the roots that the reader trusts: form,
 * chain, validity, revocation, signature, nonce. Safe for many threads; asks for no clock and no
 * network.
 */
public final class EvidenceVerifier {
  /** How many chains a verifier remembers if nothing else is said. */
  public static final int MEMORY = 65_536;

  private final ChainVerifier chains;
  private final DeviceRevocations revocations;

  /** A verifier that remembers {@value #MEMORY} chains. */
  public EvidenceVerifier(DeviceRoots roots, DeviceRevocations revocations) {
    this(roots, revocations, MEMORY);
  }

  /**
   * A verifier.
   *
   * @param memory how many good chains it remembers; 0 for none
   */
  public EvidenceVerifier(DeviceRoots roots, DeviceRevocations revocations, int memory) {
    chains = new ChainVerifier(roots, memory);
    this.revocations = requireNonNull(revocations, "revocations");
  }

  /**
   * Checks one report.
   *
   * @param report request and answer, as {@link SpdmReport} reads them
   * @param chain its certificates in PEM, the leaf first
   * @param nonce that it must answer; null where none is known, which the reasons then say
   * @param at the moment at which certificates must be valid and lists not outdated
   */
  public EvidenceCheck check(byte[] report, byte[] chain, byte @Nullable [] nonce, Instant at) {
    SpdmReport read;
    try {
      read = SpdmReport.parse(report, "evidence");
    } catch (CodedException e) {
      return refused(ChainVerifier.malformed(e.problem()));
    }
    return switch (chains.find(chain, "certificate", at)) {
      case NoPath(Reason reason) -> refused(reason);
      case Path path -> check(read, path, nonce, at);
    };
  }

  /** What became of a chain alone. */
  public sealed interface ChainCheck {
    /** It leads to a trusted root; whose reports it is for. */
    record Trusted(String id, String model, List<Alias> aliases, List<Reason> reasons)
        implements ChainCheck {
      public Trusted {
        aliases = List.copyOf(aliases);
        reasons = List.copyOf(reasons);
      }
    }

    /** It does not. */
    record Refused(Reason reason) implements ChainCheck {}
  }

  /** Checks a chain without a report. */
  public ChainCheck check(byte[] chain, Instant at) {
    return switch (chains.find(chain, "certificate", at)) {
      case NoPath(Reason reason) -> new ChainCheck.Refused(reason);
      case Path path -> {
        Revocation revocation = revocation(path, at);
        DeviceFacts facts = path.facts();
        yield revocation.revoked() != null
            ? new ChainCheck.Refused(revocation.revoked())
            : new ChainCheck.Trusted(
                facts.id(),
                facts.model(),
                facts.aliases(),
                List.of(
                    Reason.of("evidence.chain", facts.model(), DeviceRoots.label(path.root())),
                    revocation.reason()));
      }
    };
  }

  private EvidenceCheck check(SpdmReport report, Path path, byte @Nullable [] nonce, Instant at) {
    Revocation revocation = revocation(path, at);
    if (revocation.revoked() != null) {
      return refused(revocation.revoked());
    }
    if (!report.isSignedBy(path.key())) {
      return refused(Reason.of("evidence.signature", path.facts().model()));
    }
    byte[] answered = report.nonce();
    if (nonce != null && !Arrays.equals(nonce, answered)) {
      return refused(
          Reason.of(
              "evidence.nonce-differs",
              HexFormat.of().formatHex(answered),
              HexFormat.of().formatHex(nonce)));
    }
    @Nullable String firmware =
        report.field(OpaqueField.FIRMWARE_ID).map(HexFormat.of()::formatHex).orElse(null);
    if (firmware != null
        && path.facts().firmwareId() != null
        && !firmware.equals(path.facts().firmwareId())) {
      return refused(Reason.of("evidence.firmware-differs", path.facts().model()));
    }
    @Nullable String own = report.ownPdi().orElse(null);
    if (own != null && path.facts().perDevice() && !own.equals(path.facts().id())) {
      return refused(Reason.of("evidence.device-differs", own, path.facts().id()));
    }
    return verified(report, path, nonce != null, revocation);
  }

  private static EvidenceCheck verified(
      SpdmReport report, Path path, boolean nonceChecked, Revocation revocation) {
    boolean simulated = DeviceRoots.isSimulated(path.root());
    ChipEvidence evidence = evidence(report, path.facts());
    List<Reason> reasons = new ArrayList<>();
    reasons.add(Reason.of("evidence.verified", evidence.model(), DeviceRoots.label(path.root())));
    reasons.add(
        nonceChecked ? Reason.of("evidence.nonce-fits") : Reason.of("evidence.nonce-unchecked"));
    reasons.add(revocation.reason());
    if (evidence.neighbours() == null) {
      reasons.add(Reason.of("evidence.no-adjacency"));
    }
    if (simulated) {
      reasons.add(Reason.of("evidence.simulated", DeviceRoots.name(path.root())));
    }
    reasons.add(Reason.of("evidence.relay"));
    return new EvidenceCheck.Verified(
        evidence,
        DeviceRoots.label(path.root()),
        nonceChecked,
        revocation.checkedAt(),
        simulated,
        reasons);
  }

  private static ChipEvidence evidence(SpdmReport report, DeviceFacts facts) {
    @Nullable SortedSet<String> neighbours =
        (report.isOfSwitch() ? report.seenBySwitch() : report.links())
            .map(each -> {
              TreeSet<String> named = new TreeSet<>(each);
              // Nothing is behind that link.
              named.remove("");
              return named;
            })
            .orElse(null);
    return new ChipEvidence(
        report.isOfSwitch() ? ChipEvidence.Kind.SWITCH : ChipEvidence.Kind.GPU,
        facts.id(),
        facts.model(),
        facts.aliases(),
        report.text(OpaqueField.DRIVER_VERSION).orElse(null),
        report.vbios().orElse(null),
        HexFormat.of().formatHex(report.nonce()),
        neighbours);
  }

  /**
   * What lists say of a way.
   *
   * @param checkedAt the age of the oldest list; null where some certificate was in no list's reach
   * @param revoked why it is refused; null where it is not
   */
  private record Revocation(@Nullable Instant checkedAt, @Nullable Reason revoked, Reason reason) {}

  private Revocation revocation(Path path, Instant at) {
    List<X509Certificate> certificates = path.certificates();
    Instant oldest = Instant.MAX;
    boolean outdated = false;
    int unchecked = 0;
    for (int i = 0; i + 1 < certificates.size(); i++) {
      X509Certificate each = certificates.get(i);
      switch (revocations.of(each, certificates.get(i + 1), at)) {
        case Status.Revoked(Instant when) -> {
          Reason revoked = Reason.of("evidence.revoked", DeviceRoots.name(each), Times.print(when));
          return new Revocation(null, revoked, revoked);
        }
        case Status.Unchecked() -> unchecked++;
        case Status.Good(Instant madeAt, boolean late) -> {
          oldest = madeAt.isBefore(oldest) ? madeAt : oldest;
          outdated |= late;
        }
      }
    }
    int all = certificates.size() - 1;
    if (unchecked == all) {
      return new Revocation(null, null, Reason.of("evidence.revocation-unchecked"));
    }
    Reason reason =
        Reason.of(
            outdated ? "evidence.revocation-outdated" : "evidence.revocation-checked",
            String.valueOf(all - unchecked),
            String.valueOf(all),
            Times.print(oldest));
    return new Revocation(unchecked == 0 ? oldest : null, null, reason);
  }

  private static EvidenceCheck refused(Reason reason) {
    return new EvidenceCheck.Refused(List.of(reason));
  }
}
