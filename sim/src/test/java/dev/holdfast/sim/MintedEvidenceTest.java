package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.attest.DeviceRoots;
import dev.holdfast.attest.EvidenceCheck;
import dev.holdfast.attest.EvidenceCheck.Refused;
import dev.holdfast.attest.EvidenceCheck.Verified;
import dev.holdfast.attest.EvidenceNonce;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.base.Times;
import dev.holdfast.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evidence of an invented manufacturer, good and bad. */
final class MintedEvidenceTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
  private static final byte[] NONCE = EvidenceNonce.derive(new byte[32], new byte[91], "session");

  private final SimulatedManufacturer maker = new SimulatedManufacturer(1, FROM, UNTIL);
  private final SimulatedDevice chip = maker.chip("GH100", SimulatedDevice.GPU, "7");
  private final DeviceRoots roots = DeviceRoots.parse(maker.rootPem(), "root");
  private final EvidenceVerifier verifier = verifier(DeviceRevocations.NONE);

  @Test
  void a_minted_chip_verifies_to_its_root_and_is_called_simulated() {
    Verified verified =
        verified(
            verifier.check(
                chip.report(NONCE, List.of("00000000000000a1")), chip.chainPem(), NONCE, NOW));
    assertThat(verified.simulated()).isTrue();
    assertThat(verified.nonceChecked()).isTrue();
    assertThat(verified.evidence().id()).isEqualTo(chip.id());
    assertThat(verified.evidence().neighbours()).containsExactly("00000000000000a1");
    assertThat(verified.reasons()).extracting(Reason::code).contains("evidence.simulated");
  }

  @Test
  void without_being_told_of_its_root_nobody_believes_it() {
    EvidenceVerifier real = new EvidenceVerifier(DeviceRoots.ofNvidia(), DeviceRevocations.NONE);
    refused(
        real.check(chip.report(NONCE, null), chip.chainPem(), NONCE, NOW),
        "evidence.root-untrusted");
  }

  @Test
  void a_report_says_whether_it_names_switches_at_all() {
    assertThat(
            verified(verifier.check(chip.report(NONCE, null), chip.chainPem(), NONCE, NOW))
                .evidence()
                .neighbours())
        .isNull();
    assertThat(
            verified(verifier.check(chip.report(NONCE, List.of()), chip.chainPem(), NONCE, NOW))
                .evidence()
                .neighbours())
        .isEmpty();
  }

  @Test
  void a_report_under_the_chain_of_another_chip_is_refused_for_its_signature() {
    SimulatedDevice other = maker.chip("GH100", SimulatedDevice.GPU, "8");
    refused(
        verifier.check(chip.report(NONCE, null), other.chainPem(), NONCE, NOW),
        "evidence.signature");
  }

  @Test
  void a_clone_of_a_serial_under_the_makers_own_certificate_is_told_by_its_other_names() {
    // Only whoever holds the maker's key can do this; the serial alone then no longer tells.
    SimulatedDevice clone = maker.claiming("GH100", SimulatedDevice.GPU, chip.id());
    Verified one = verified(verifier.check(chip.report(NONCE, null), chip.chainPem(), NONCE, NOW));
    Verified two =
        verified(verifier.check(clone.report(NONCE, null), clone.chainPem(), NONCE, NOW));
    assertThat(two.evidence().id()).isEqualTo(one.evidence().id());
    assertThat(two.evidence().aliases()).isNotEqualTo(one.evidence().aliases());
  }

  @Test
  void a_clone_by_another_maker_leads_to_no_trusted_root() {
    SimulatedDevice clone =
        new SimulatedManufacturer(2, FROM, UNTIL).claiming("GH100", SimulatedDevice.GPU, chip.id());
    refused(
        verifier.check(clone.report(NONCE, null), clone.chainPem(), NONCE, NOW),
        "evidence.root-untrusted");
  }

  @Test
  void a_nonce_of_another_host_session_or_moment_is_refused() {
    byte[] report = chip.report(NONCE, null);
    byte[] otherHost = new byte[91];
    otherHost[90] = 1;
    byte[] otherMoment = new byte[32];
    otherMoment[0] = 1;
    for (byte[] nonce :
        List.of(
            EvidenceNonce.derive(new byte[32], otherHost, "session"),
            EvidenceNonce.derive(new byte[32], new byte[91], "sessio"),
            EvidenceNonce.derive(otherMoment, new byte[91], "session"))) {
      refused(verifier.check(report, chip.chainPem(), nonce, NOW), "evidence.nonce-differs");
    }
  }

  @Test
  void an_expired_chain_is_refused_even_when_it_was_good_before() {
    byte[] report = chip.report(NONCE, null);
    verified(verifier.check(report, chip.chainPem(), NONCE, NOW));
    refused(
        verifier.check(report, chip.chainPem(), NONCE, UNTIL.plusSeconds(1)), "evidence.expired");
    refused(
        verifier.check(report, chip.chainPem(), NONCE, FROM.minusSeconds(1)),
        "evidence.not-yet-valid");
  }

  @Test
  void a_chip_in_a_list_is_revoked_and_others_are_not() {
    SimulatedDevice other = maker.chip("GH100", SimulatedDevice.GPU, "8");
    EvidenceVerifier informed =
        verifier(
            DeviceRevocations.parse(
                maker.chipRevocations(NOW, NOW.plus(Duration.ofDays(30)), List.of(chip)), "list"));
    refused(
        informed.check(chip.report(NONCE, null), chip.chainPem(), NONCE, NOW), "evidence.revoked");
    Verified good =
        verified(informed.check(other.report(NONCE, null), other.chainPem(), NONCE, NOW));
    // The leaf's and the authority's issuers have no list here, and that is said.
    assertThat(good.revocationsAt()).isNull();
    assertThat(good.reasons())
        .contains(Reason.of("evidence.revocation-checked", "1", "4", Times.print(NOW)));
  }

  @Test
  void a_revoked_authority_takes_all_its_chips_with_it() {
    EvidenceVerifier informed =
        verifier(
            DeviceRevocations.parse(
                maker.rootRevocations(NOW, NOW.plus(Duration.ofDays(30)), true), "list"));
    refused(
        informed.check(chip.report(NONCE, null), chip.chainPem(), NONCE, NOW), "evidence.revoked");
  }

  @Test
  void a_list_that_should_have_been_replaced_is_called_outdated() {
    EvidenceVerifier informed =
        verifier(
            DeviceRevocations.parse(
                maker.chipRevocations(
                    NOW.minus(Duration.ofDays(60)), NOW.minus(Duration.ofDays(30)), List.of()),
                "list"));
    assertThat(
            verified(informed.check(chip.report(NONCE, null), chip.chainPem(), NONCE, NOW))
                .reasons())
        .extracting(Reason::code)
        .contains("evidence.revocation-outdated");
  }

  @Test
  void a_list_that_another_maker_signed_under_the_same_name_counts_for_nothing() {
    SimulatedManufacturer impostor = new SimulatedManufacturer(2, FROM, UNTIL);
    EvidenceVerifier informed =
        verifier(
            DeviceRevocations.parse(
                impostor.chipRevocations(NOW, NOW.plus(Duration.ofDays(30)), List.of(chip)),
                "list"));
    assertThat(
            verified(informed.check(chip.report(NONCE, null), chip.chainPem(), NONCE, NOW))
                .reasons())
        .extracting(Reason::code)
        .contains("evidence.revocation-unchecked");
  }

  @Test
  void a_cross_signed_chain_verifies_to_either_root() {
    SimulatedManufacturer older = new SimulatedManufacturer(9, FROM, UNTIL);
    SimulatedDevice both = maker.crossSigned(chip, older);
    byte[] report = both.report(NONCE, null);
    for (SimulatedManufacturer each : List.of(maker, older)) {
      EvidenceVerifier one =
          new EvidenceVerifier(DeviceRoots.parse(each.rootPem(), "root"), DeviceRevocations.NONE);
      verified(one.check(report, both.chainPem(), NONCE, NOW));
    }
    EvidenceVerifier neither =
        new EvidenceVerifier(
            DeviceRoots.parse(new SimulatedManufacturer(3, FROM, UNTIL).rootPem(), "root"),
            DeviceRevocations.NONE);
    refused(neither.check(report, both.chainPem(), NONCE, NOW), "evidence.root-untrusted");
  }

  @Test
  void a_switch_names_the_accelerators_that_it_sees() {
    SimulatedDevice one = maker.chip("LS10", SimulatedDevice.SWITCH, "1");
    assertThat(
            verified(
                    verifier.check(
                        one.report(NONCE, List.of(chip.id())), one.chainPem(), NONCE, NOW))
                .evidence()
                .neighbours())
        .containsExactly(chip.id());
  }

  private EvidenceVerifier verifier(DeviceRevocations revocations) {
    return new EvidenceVerifier(roots, revocations);
  }

  private static Verified verified(EvidenceCheck check) {
    assertThat(check).isInstanceOf(Verified.class);
    return (Verified) check;
  }

  private static void refused(EvidenceCheck check, String code) {
    assertThat(check)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reasons().getFirst().code()).isEqualTo(code));
  }
}
