package dev.holdfast.trust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateRequest;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementCheck;
import dev.holdfast.trust.StatementVerifier;
import dev.holdfast.trust.Succession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthorityFolderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Identity HOST = new Identity(Role.HOST, "rack-7", null, Binding.FILE, false);
  private static final Identity LANDMARK =
      new Identity(Role.LANDMARK, "fra-1", new OperatorId("north"), Binding.TPM, true);

  @TempDir private Path desk;
  private final SecureRandom random = new SecureRandom();
  private final HeldKey key = HeldKey.generate(random);
  private Instant now = NOW;
  private AuthorityFolder authority;

  @BeforeEach
  void init() {
    authority = AuthorityFolder.init(desk.resolve("ca"), "test authority", YEAR, () -> now, random);
  }

  @AfterEach
  void close() {
    authority.close();
  }

  private CertificateCheck check(IdentityCertificate certificate, Role role, Instant at) {
    return new CertificateVerifier(List.of(authority.authority()), java.util.Map.of())
        .check(certificate, role, at);
  }

  private CertificateCheck checkWithList(IdentityCertificate certificate, Instant at) {
    return TrustFiles.verifier(authority.certificateFile(), authority.revocationsFile())
        .check(certificate, Role.HOST, at);
  }

  private static void refused(CertificateCheck check, String reason) {
    assertThat(check)
        .isInstanceOfSatisfying(
            CertificateCheck.Refused.class,
            refused -> assertThat(refused.reason()).contains(reason));
  }

  private void refusedWith(ErrorCode code, Runnable run) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(run::run)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  @Test
  void a_certificate_says_what_was_certified_and_is_valid_for_its_role_and_time() {
    IdentityCertificate made = authority.enrol(LANDMARK, key.publicKey(), MONTH);
    assertThat(made.identity()).isEqualTo(LANDMARK);
    assertThat(made.key()).isEqualTo(key.publicKey());
    assertThat(made.until()).isEqualTo(NOW.plus(MONTH));
    assertThat(check(made, Role.LANDMARK, NOW))
        .isEqualTo(new CertificateCheck.Valid(authority.authority(), null));
    refused(check(made, Role.HOST, NOW), "is of a landmark, not host");
    refused(check(made, Role.LANDMARK, NOW.plus(MONTH).plusSeconds(1)), "landmark:fra-1");
    refused(check(made, Role.LANDMARK, NOW.minusSeconds(3600)), "landmark:fra-1");
  }

  @Test
  void a_certificate_of_an_authority_of_the_same_name_is_refused() {
    try (AuthorityFolder other =
        AuthorityFolder.init(desk.resolve("other"), "test authority", YEAR, () -> now, random)) {
      IdentityCertificate foreign = other.enrol(HOST, key.publicKey(), MONTH);
      refused(check(foreign, Role.HOST, NOW), "host:rack-7");
    }
    try (AuthorityFolder other =
        AuthorityFolder.init(desk.resolve("third"), "another", YEAR, () -> now, random)) {
      IdentityCertificate foreign = other.enrol(HOST, key.publicKey(), MONTH);
      refused(check(foreign, Role.HOST, NOW), "no trusted authority issued");
    }
  }

  @Test
  void a_certificate_never_outlives_its_authority() {
    IdentityCertificate made = authority.enrol(HOST, key.publicKey(), YEAR.multipliedBy(3));
    assertThat(made.until()).isEqualTo(authority.authority().until());
  }

  @Test
  void an_octet_changed_anywhere_in_a_certificate_is_found() {
    byte[] der = authority.enrol(HOST, key.publicKey(), MONTH).der();
    for (int i = 0; i < der.length; i++) {
      byte[] changed = der.clone();
      changed[i] ^= 1;
      CertificateCheck check;
      try {
        check = check(IdentityCertificate.parse(changed, "changed"), Role.HOST, NOW);
      } catch (CodedException e) {
        assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_CERTIFICATE);
        continue;
      }
      assertThat(check)
          .as("octet %s of %s", i, java.util.HexFormat.of().formatHex(der))
          .isInstanceOf(CertificateCheck.Refused.class);
    }
  }

  @Test
  void a_certificate_with_something_behind_it_is_refused() {
    byte[] der = authority.enrol(HOST, key.publicKey(), MONTH).der();
    refusedWith(
        ErrorCode.MALFORMED_CERTIFICATE,
        () -> IdentityCertificate.parse(java.util.Arrays.copyOf(der, der.length + 1), "longer"));
    refusedWith(
        ErrorCode.MALFORMED_CERTIFICATE,
        () -> IdentityCertificate.parse(authority.authority().der(), "authority"));
  }

  @Test
  void a_stolen_key_spoils_what_was_signed_before_and_a_retired_one_does_not() {
    IdentityCertificate stolen = authority.enrol(HOST, key.publicKey(), MONTH);
    IdentityCertificate retired =
        authority.enrol(HOST, HeldKey.generate(random).publicKey(), MONTH);
    IdentityCertificate good = authority.enrol(HOST, HeldKey.generate(random).publicKey(), MONTH);
    now = NOW.plusSeconds(3600);
    authority.revoke(stolen, AuthorityFolder.Reason.KEY_COMPROMISE);
    authority.revoke(retired, AuthorityFolder.Reason.CESSATION_OF_OPERATION);
    refused(checkWithList(stolen, NOW), "was revoked at 2026-03-01T13:00:00Z");
    refused(checkWithList(retired, now), "was revoked");
    assertThat(checkWithList(retired, NOW)).isInstanceOf(CertificateCheck.Valid.class);
    assertThat(checkWithList(good, now))
        .isEqualTo(new CertificateCheck.Valid(authority.authority(), now));
    refusedWith(ErrorCode.CERTIFICATE_REFUSED, () -> authority.renew(stolen, MONTH));
  }

  @Test
  void renewal_keeps_key_and_identity_and_only_what_was_issued_is_renewed_or_revoked() {
    IdentityCertificate old = authority.enrol(HOST, key.publicKey(), MONTH);
    now = NOW.plus(MONTH);
    IdentityCertificate renewed = authority.renew(old, MONTH);
    assertThat(renewed.key()).isEqualTo(old.key());
    assertThat(renewed.identity()).isEqualTo(old.identity());
    assertThat(renewed.serial()).isNotEqualTo(old.serial());
    assertThat(renewed.until()).isEqualTo(NOW.plus(MONTH).plus(MONTH));
    try (AuthorityFolder other =
        AuthorityFolder.init(desk.resolve("other"), "other", YEAR, () -> now, random)) {
      refusedWith(ErrorCode.UNKNOWN_CERTIFICATE, () -> other.renew(old, MONTH));
      refusedWith(
          ErrorCode.UNKNOWN_CERTIFICATE,
          () -> other.revoke(old, AuthorityFolder.Reason.UNSPECIFIED));
    }
  }

  @Test
  void the_folder_belongs_to_one_process_and_its_key_to_its_owner() throws IOException {
    Path folder = desk.resolve("ca");
    refusedWith(ErrorCode.AUTHORITY_IN_USE, () -> AuthorityFolder.open(folder, () -> now, random));
    authority.close();
    authority = AuthorityFolder.open(folder, () -> now, random);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("authority.key"))))
        .isEqualTo("rw-------");
    refusedWith(
        ErrorCode.AUTHORITY_EXISTS,
        () -> AuthorityFolder.init(folder, "again", YEAR, () -> now, random));
    refusedWith(
        ErrorCode.NOT_AN_AUTHORITY,
        () -> AuthorityFolder.open(desk.resolve("none"), () -> now, random));
  }

  @Test
  void positions_are_signed_in_a_chain_that_survives_closing() {
    LandmarkPosition position =
        new LandmarkPosition(
            new Landmark(
                new LandmarkId("fra-1"),
                new Position(50.1, 8.6),
                new OperatorId("north"),
                Distance.ofKilometres(0.5)),
            key.publicKey().id(),
            NOW,
            NOW.plus(YEAR),
            true);
    Statement first = verified(authority.position(position));
    authority.close();
    authority = AuthorityFolder.open(desk.resolve("ca"), () -> now, random);
    Statement second = verified(authority.position(position));
    assertThat(LandmarkPosition.read(first, "first")).isEqualTo(position);
    assertThat(Succession.of(Chain.after(first), second)).isEqualTo(new Succession.Follows());
    position.requireHoldsAt(NOW, "position");
    refusedWith(
        ErrorCode.POSITION_REFUSED, () -> position.requireHoldsAt(NOW.minusMillis(1), "position"));
    refusedWith(
        ErrorCode.POSITION_REFUSED,
        () -> position.requireHoldsAt(NOW.plus(YEAR).plusMillis(1), "position"));
  }

  private Statement verified(Envelope envelope) {
    StatementCheck check =
        new StatementVerifier(KeyRing.of(List.of(authority.authority().key())))
            .check(envelope.octets(), "position");
    assertThat(check).isInstanceOf(StatementCheck.Valid.class);
    return ((StatementCheck.Valid) check).statement();
  }

  @Test
  void keys_and_requests_go_through_files_and_come_back() throws IOException {
    Path file = desk.resolve("host.key");
    key.write(file);
    assertThat(HeldKey.read(file).publicKey()).isEqualTo(key.publicKey());
    CertificateRequest request = CertificateRequest.make(key.secret(), key.publicKey());
    Path asked = Files.write(desk.resolve("host.csr"), TrustFiles.print(request));
    IdentityCertificate made = authority.enrol(HOST, TrustFiles.request(asked).key(), MONTH);
    Path certificate = Files.write(desk.resolve("host.pem"), TrustFiles.print(made));
    assertThat(HeldIdentity.of(HeldKey.read(file), certificate).certificate()).isEqualTo(made);
    refusedWith(
        ErrorCode.KEY_MISMATCH, () -> HeldIdentity.of(HeldKey.generate(random), certificate));
    byte[] der = request.der();
    der[der.length - 1] ^= 1;
    refusedWith(ErrorCode.MALFORMED_REQUEST, () -> CertificateRequest.parse(der, "changed"));
  }

  @Test
  void openssl_verifies_certificate_request_and_list() throws Exception {
    assumeTrue(ran("openssl", "version"), "openssl is not installed");
    now = Instant.now();
    authority.close();
    authority = AuthorityFolder.init(desk.resolve("today"), "today", YEAR, () -> now, random);
    IdentityCertificate made = authority.enrol(HOST, key.publicKey(), MONTH);
    Path certificate = Files.write(desk.resolve("host.pem"), TrustFiles.print(made));
    CertificateRequest request = CertificateRequest.make(key.secret(), key.publicKey());
    Path asked = Files.write(desk.resolve("host.csr"), TrustFiles.print(request));
    String trusted = authority.certificateFile().toString();
    assertThat(
            ran(
                "openssl",
                "verify",
                "-ignore_critical",
                "-CAfile",
                trusted,
                certificate.toString()))
        .isTrue();
    assertThat(ran("openssl", "verify", "-CAfile", trusted, certificate.toString()))
        .as("who does not know the identity refuses the certificate")
        .isFalse();
    assertThat(ran("openssl", "req", "-verify", "-noout", "-in", asked.toString())).isTrue();
    authority.revoke(made, AuthorityFolder.Reason.KEY_COMPROMISE);
    assertThat(
            ran(
                "openssl",
                "verify",
                "-ignore_critical",
                "-crl_check",
                "-CRLfile",
                authority.revocationsFile().toString(),
                "-CAfile",
                trusted,
                certificate.toString()))
        .isFalse();
  }

  private static boolean ran(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
