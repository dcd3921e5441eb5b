package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.LeaseDecision;
import dev.holdfast.model.Names;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Role;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.Ear;
import dev.holdfast.trust.EarProfile;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.Lease;
import dev.holdfast.trust.LeaseMaker;
import dev.holdfast.trust.LeaseVerifier;
import dev.holdfast.trust.PossessionCheck;
import dev.holdfast.trust.PossessionVerifier;
import dev.holdfast.trust.SigningKey;
import dev.holdfast.trust.store.LeaseAnswer;
import dev.holdfast.trust.store.LeaseClient;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers hosts that ask for leases: whoever proves to have a certified key gets one where the
 * watch grants it, and all reasons where it does not. Safe for many threads.
 */
final class LeaseDesk {
  private static final Ear.Verifier VERIFIER = new Ear.Verifier("Holdfast", "0.1.0");

  private final Believing believing;
  private final Deciding deciding;
  private final Supplier<String> checkpoint;
  private final Supplier<SigningKey> key;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Consumer<LeaseStatement> keeping;

  /** Whether an authority that is believed vouches for a certificate. */
  @FunctionalInterface
  interface Believing {
    CertificateCheck check(IdentityCertificate certificate, Role role, Instant at);
  }

  /** What the watch says of a host. */
  @FunctionalInterface
  interface Deciding {
    LeaseDecision decide(TargetId host, Instant now);
  }

  /**
   * A desk.
   *
   * @param checkpoint the newest of the log, with its cosignatures
   * @param key what signs leases now
   * @param keeping keeps what is answered to hosts that proved their key, durably
   */
  LeaseDesk(
      Believing believing,
      Deciding deciding,
      Supplier<String> checkpoint,
      Supplier<SigningKey> key,
      InstantSource clock,
      SecureRandom random,
      Consumer<LeaseStatement> keeping) {
    this.believing = requireNonNull(believing);
    this.deciding = requireNonNull(deciding);
    this.checkpoint = requireNonNull(checkpoint);
    this.key = requireNonNull(key);
    this.clock = requireNonNull(clock);
    this.random = requireNonNull(random);
    this.keeping = requireNonNull(keeping);
  }

  /**
   * Answers a request.
   *
   * @param actor whose token it is
   * @throws CodedException BAD_PARAMETER, MALFORMED_CERTIFICATE or MALFORMED_TOKEN for what is
   *     none; CERTIFICATE_REFUSED where nobody vouches for the key
   */
  LeaseAnswer answer(JsonFields fields, String actor) {
    String audience =
        fields.value(
            "audience",
            text -> {
              Names.check("it", text);
              return text;
            });
    IdentityCertificate certificate =
        IdentityCertificate.parse(
            fields.value("certificate", Base64.getDecoder()::decode), "certificate");
    String proof = fields.text("proof");
    fields.requireNothingElse();
    Instant now = clock.instant();
    if (believing.check(certificate, Role.HOST, now)
        instanceof CertificateCheck.Refused(String reason)) {
      throw new CodedException(
          new Problem(ErrorCode.CERTIFICATE_REFUSED, "body", 0, "/certificate", reason));
    }
    return switch (new PossessionVerifier(LeaseVerifier.USUAL_SKEW)
        .check(
            proof, "proof", certificate.key(), LeaseClient.request(certificate, audience, now))) {
      case PossessionCheck.Malformed malformed -> throw new CodedException(malformed.problem());
      case PossessionCheck.Refused(Reason reason) -> new LeaseAnswer.Refused(List.of(reason));
      case PossessionCheck.Good good -> decided(certificate, audience, actor, now);
    };
  }

  private LeaseAnswer decided(
      IdentityCertificate certificate, String audience, String actor, Instant now) {
    TargetId host = new TargetId(certificate.identity().name());
    return switch (deciding.decide(host, now)) {
      case LeaseDecision.Refused(List<Reason> reasons) -> refused(host, audience, actor, reasons);
      case LeaseDecision.Granted granted -> {
        String key = certificate.key().id().hex();
        if (!granted.key().equals(key)) {
          Reason other = Reason.of("reason.no-lease-other-key", host.value(), granted.key(), key);
          yield refused(host, audience, actor, List.of(other));
        }
        Optional<Lease> lease = lease(host, certificate, granted, audience, now);
        if (lease.isEmpty()) {
          Reason over = Reason.of("reason.no-lease-over", host.value());
          yield refused(host, audience, actor, List.of(over));
        }
        // It is handed out once it stands in the ledger, and not before.
        keeping.accept(granted(lease.get(), actor));
        // Spelled in the one way that every checker knows, whatever results of this server are.
        LeaseMaker maker = new LeaseMaker(this.key.get(), EarProfile.DEFAULT, VERIFIER);
        yield new LeaseAnswer.Granted(maker.make(lease.get()));
      }
    };
  }

  private LeaseAnswer refused(TargetId host, String audience, String actor, List<Reason> reasons) {
    keeping.accept(
        new LeaseStatement(actor, host.value(), audience, new LeaseStatement.Refused(reasons)));
    return new LeaseAnswer.Refused(reasons);
  }

  private static LeaseStatement granted(Lease lease, String actor) {
    return new LeaseStatement(
        actor,
        lease.host().value(),
        lease.audience(),
        new LeaseStatement.Granted(lease.id(), lease.chips(), lease.licences(), lease.expires()));
  }

  /** The lease; none where something that it rests on ends within this second. */
  private Optional<Lease> lease(
      TargetId host,
      IdentityCertificate certificate,
      LeaseDecision.Granted granted,
      String audience,
      Instant now) {
    Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
    Instant end =
        certificate.until().isBefore(granted.until()) ? certificate.until() : granted.until();
    Instant last = issued.plus(Lease.LONGEST);
    Instant expires = (end.isBefore(last) ? end : last).truncatedTo(ChronoUnit.SECONDS);
    if (!expires.isAfter(issued)) {
      return Optional.empty();
    }
    byte[] id = new byte[16];
    random.nextBytes(id);
    return Optional.of(
        new Lease(
            HexFormat.of().formatHex(id),
            host,
            certificate.key(),
            granted.chips(),
            granted.site(),
            granted.licences(),
            audience,
            issued,
            expires,
            checkpoint.get(),
            granted.simulated() || certificate.identity().simulated()));
  }
}
