package dev.holdfast.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attest.EvidenceCheck.Refused;
import dev.holdfast.attest.EvidenceCheck.Verified;
import dev.holdfast.attest.EvidenceFile.Piece;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real chips signed, against the real root. */
final class RealEvidenceTest {
  private final EvidenceVerifier verifier = SharedGpu.verifier();

  @ParameterizedTest
  @CsvSource({
    "hopperAttestationReport.txt, hopperCertChain.txt, GPU, GH100 A01 GSP BROM, 535.86.09, 96.00.5E.00.01, 6a5fafcbd9fa5ca3",
    "blackwellAttestationReport.txt, blackwellCertChain.txt, GPU, GB100 A01 GSP BROM, 575.32, 97.00.88.00.0F, e6de55c3bdc14277"
  })
  void a_report_with_its_chain_verifies_to_the_root(
      String report,
      String chain,
      ChipEvidence.Kind kind,
      String model,
      String driver,
      String vbios,
      String id) {
    Verified verified = verified(SharedGpu.report(report), SharedGpu.octets(chain));
    assertThat(verified.evidence().kind()).isEqualTo(kind);
    assertThat(verified.evidence().model()).isEqualTo(model);
    assertThat(verified.evidence().driver()).isEqualTo(driver);
    assertThat(verified.evidence().vbios()).isEqualTo(vbios);
    assertThat(verified.evidence().id()).isEqualTo(id);
    assertThat(verified.evidence().neighbours()).isNull();
    assertThat(verified.simulated()).isFalse();
    assertThat(verified.reasons())
        .extracting(Reason::code)
        .containsExactly(
            "evidence.verified",
            "evidence.nonce-unchecked",
            "evidence.revocation-unchecked",
            "evidence.no-adjacency",
            "evidence.relay");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hopper_evidence.json",
        "multi_gpu_hopper.json",
        "switch_evidence_ls10.json",
        "multi_switch_ls10.json",
        "nras_v4_request.sample.json",
        "../fleet-intelligence/attestation_request.sample.json"
      })
  void every_piece_of_every_file_verifies_to_the_root_and_answers_its_nonce(String name) {
    List<Piece> pieces = SharedGpu.pieces(name);
    assertThat(pieces).isNotEmpty();
    for (Piece piece : pieces) {
      EvidenceCheck check =
          verifier.check(piece.report(), piece.chain(), piece.nonce(), SharedGpu.NOW);
      assertThat(check).isInstanceOf(Verified.class);
      assertThat(((Verified) check).nonceChecked()).isTrue();
    }
  }

  @Test
  void a_report_with_a_wrong_signature_is_refused_for_its_signature() {
    byte[] report = SharedGpu.report("hopperAttestationReportInvalidSignature.txt");
    List<byte[]> chains = new ArrayList<>();
    chains.add(SharedGpu.octets("hopperCertChain.txt"));
    SharedGpu.pieces("multi_gpu_hopper.json").forEach(each -> chains.add(each.chain()));
    for (byte[] chain : chains) {
      assertThat(verifier.check(report, chain, null, SharedGpu.NOW))
          .isInstanceOfSatisfying(
              Refused.class,
              refused ->
                  assertThat(refused.reasons())
                      .containsExactly(Reason.of("evidence.signature", "GH100 A01 GSP BROM")));
    }
  }

  @Test
  void the_names_of_a_chip_are_those_of_its_certificates() {
    Piece piece = SharedGpu.pieces("multi_gpu_hopper.json").getFirst();
    assertThat(verified(piece.report(), piece.chain()).evidence().aliases())
        .containsExactly(
            new Alias(Alias.Kind.ROM_SERIAL, "412921CE551E4EEDA3"),
            new Alias(Alias.Kind.DEVICE_NAME, "NVIDIA:GH100:48B02DF44660DA06"),
            new Alias(Alias.Kind.UEID, "655333107904478077882826344426270545524203067314"));
  }

  @Test
  void four_chips_of_one_baseboard_name_the_same_four_switches() {
    Set<Set<String>> switches = new HashSet<>();
    Set<String> chips = new HashSet<>();
    for (Piece piece : SharedGpu.pieces("multi_gpu_hopper.json")) {
      ChipEvidence evidence = verified(piece.report(), piece.chain()).evidence();
      chips.add(evidence.id());
      switches.add(evidence.neighbours());
    }
    assertThat(chips).hasSize(4);
    assertThat(switches)
        .containsExactly(
            Set.of("77e911d843b7533a", "7532679ebabee39a", "8abd113c3ba2db03", "2d7dec9de1936e66"));
  }

  @Test
  void a_switch_names_itself_and_the_accelerators_that_it_sees() {
    Piece piece = SharedGpu.pieces("switch_evidence_ls10.json").getFirst();
    ChipEvidence evidence = verified(piece.report(), piece.chain()).evidence();
    assertThat(evidence.kind()).isEqualTo(ChipEvidence.Kind.SWITCH);
    assertThat(evidence.id()).isEqualTo("203eb31ad9ed0008");
    assertThat(evidence.neighbours()).hasSize(7).contains("40b9c6b3d748fd90");
  }

  @Test
  void any_changed_octet_of_a_report_is_refused() {
    Piece piece = SharedGpu.pieces("multi_gpu_hopper.json").getFirst();
    byte[] report = piece.report();
    int step = Counts.thorough() ? 1 : 53;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < report.length; i += step) {
      byte[] changed = report.clone();
      changed[i] ^= (byte) (1 + random.nextInt(255));
      assertThat(verifier.check(changed, piece.chain(), null, SharedGpu.NOW))
          .as("octet %d", i)
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void any_changed_octet_of_a_certificate_below_the_root_is_refused() {
    Piece piece = SharedGpu.pieces("multi_gpu_hopper.json").getFirst();
    DeviceChain chain = DeviceChain.parse(piece.chain(), "chain");
    int step = Counts.thorough() ? 1 : 61;
    SplittableRandom random = new SplittableRandom(2);
    for (int certificate = 0; certificate < 4; certificate++) {
      byte[] der = Pems.der(chain.certificates().get(certificate));
      for (int i = 0; i < der.length; i += step) {
        byte[] changed = der.clone();
        changed[i] ^= (byte) (1 + random.nextInt(255));
        byte[] pem = Pems.with(chain, certificate, changed);
        assertThat(verifier.check(piece.report(), pem, null, SharedGpu.NOW))
            .as("octet %d of certificate %d", i, certificate)
            .isInstanceOf(Refused.class);
      }
    }
  }

  @Test
  void another_nonce_is_refused() {
    Piece piece = SharedGpu.pieces("hopper_evidence.json").getFirst();
    assertThat(verifier.check(piece.report(), piece.chain(), new byte[32], SharedGpu.NOW))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reasons().getFirst().code())
                    .isEqualTo("evidence.nonce-differs"));
  }

  @Test
  void a_chain_whose_root_nobody_trusts_proves_nothing() {
    Piece piece = SharedGpu.pieces("hopper_evidence.json").getFirst();
    EvidenceVerifier others =
        new EvidenceVerifier(DeviceRoots.of(List.of()), DeviceRevocations.NONE);
    assertThat(others.check(piece.report(), piece.chain(), null, SharedGpu.NOW))
        .isEqualTo(
            new Refused(
                List.of(
                    Reason.of(
                        "evidence.root-untrusted",
                        "NVIDIA Device Identity CA, SHA-256 " + DeviceRoots.NVIDIA))));
  }

  @Test
  void the_root_may_come_from_a_file() {
    DeviceRoots roots = DeviceRoots.parse(SharedGpu.octets("verifier_device_root.pem"), "root");
    Piece piece = SharedGpu.pieces("hopper_evidence.json").getFirst();
    assertThat(
            new EvidenceVerifier(roots, DeviceRevocations.NONE)
                .check(piece.report(), piece.chain(), piece.nonce(), SharedGpu.NOW))
        .isInstanceOf(Verified.class);
  }

  @Test
  void before_its_certificates_were_valid_it_proves_nothing() {
    Piece piece = SharedGpu.pieces("hopper_evidence.json").getFirst();
    assertThat(
            verifier.check(
                piece.report(),
                piece.chain(),
                null,
                java.time.Instant.parse("2019-01-01T00:00:00Z")))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reasons().getFirst().code())
                    .isEqualTo("evidence.not-yet-valid"));
  }

  private Verified verified(byte[] report, byte[] chain) {
    EvidenceCheck check = verifier.check(report, chain, null, SharedGpu.NOW);
    assertThat(check).isInstanceOf(Verified.class);
    return (Verified) check;
  }
}
