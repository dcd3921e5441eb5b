package dev.holdfast.attest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever octets are shown, the answer is a verdict with reasons, or a coded error. */
final class EvidenceFuzzTest {
  private final EvidenceVerifier verifier = SharedGpu.verifier();

  @FuzzTest
  void any_octets_are_refused_with_a_reason(byte[] octets) {
    int half = octets.length / 2;
    byte[] report = Arrays.copyOfRange(octets, 0, half);
    byte[] chain = Arrays.copyOfRange(octets, half, octets.length);
    assertThat(verifier.check(report, chain, null, SharedGpu.NOW).reasons()).isNotEmpty();
    read(octets);
  }

  @Test
  void a_report_of_the_right_form_with_anything_in_it_is_refused_with_a_reason() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < Counts.of(2_000); i++) {
      byte[] report = report(random);
      assertThat(
              verifier
                  .check(
                      report, "no chain".getBytes(StandardCharsets.US_ASCII), null, SharedGpu.NOW)
                  .reasons())
          .hasSize(1);
      read(report);
      look(report);
    }
  }

  @Test
  void real_evidence_with_some_octets_changed_moved_or_gone_is_never_verified() {
    EvidenceFile.Piece piece = SharedGpu.pieces("multi_gpu_hopper.json").getFirst();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < Counts.of(60); i++) {
      boolean ofReport = random.nextBoolean();
      byte[] report = ofReport ? mutated(piece.report(), random) : piece.report();
      byte[] chain = ofReport ? piece.chain() : mutated(piece.chain(), random);
      EvidenceCheck check = verifier.check(report, chain, null, SharedGpu.NOW);
      if (check instanceof EvidenceCheck.Verified) {
        // A blank more between two lines of base64 changes no certificate.
        assertThat(DeviceChain.parse(chain, "chain"))
            .isEqualTo(DeviceChain.parse(piece.chain(), "chain"));
        assertThat(report).isEqualTo(piece.report());
      }
    }
  }

  private static byte[] mutated(byte[] octets, SplittableRandom random) {
    byte[] changed = octets.clone();
    switch (random.nextInt(3)) {
      case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
      case 1 -> {
        int from = random.nextInt(changed.length);
        int length = Math.min(1 + random.nextInt(64), changed.length - from);
        int to = random.nextInt(changed.length - length + 1);
        System.arraycopy(octets, from, changed, to, length);
      }
      default -> changed = Arrays.copyOf(changed, random.nextInt(changed.length));
    }
    return changed;
  }

  /** A report whose lengths fit together. */
  private static byte[] report(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, 0x11, 0xE0, 1, 0xFF);
    out.writeBytes(octets(random, 33));
    int blocks = random.nextInt(4);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    for (int i = 1; i <= blocks; i++) {
      int size = random.nextInt(60);
      write(record, i, 1, size + 3, 0, random.nextInt(256), size, 0);
      record.writeBytes(octets(random, size));
    }
    write(out, 0x11, 0x60, 0, 0, blocks, record.size() & 0xFF, record.size() >> 8, 0);
    out.writeBytes(record.toByteArray());
    out.writeBytes(octets(random, 32));
    ByteArrayOutputStream opaque = new ByteArrayOutputStream();
    for (int number = random.nextInt(5); number < 40; number += 1 + random.nextInt(12)) {
      int size = List.of(0, 1, 2, 8, 48, 64, 128, 144).get(random.nextInt(8));
      write(opaque, number, 0, size, 0);
      opaque.writeBytes(octets(random, size));
    }
    write(out, opaque.size() & 0xFF, opaque.size() >> 8);
    out.writeBytes(opaque.toByteArray());
    out.writeBytes(octets(random, 96));
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int... octets) {
    for (int each : octets) {
      out.write(each);
    }
  }

  private static byte[] octets(SplittableRandom random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  private static void read(byte[] octets) {
    try {
      assertThat(EvidenceFile.read(octets, "fuzz")).isNotNull();
    } catch (CodedException e) {
      assertThat(e.problem().reason()).isNotBlank();
    }
  }

  /** Every field that can be asked for, whatever is in it. */
  private static void look(byte[] octets) {
    SpdmReport report = SpdmReport.parse(octets, "fuzz");
    assertThat(report.octets()).isEqualTo(octets);
    assertThat(report.fields()).isNotNull();
    for (OpaqueField each : OpaqueField.values()) {
      assertThat(report.text(each)).isNotNull();
    }
    assertThat(
            List.of(
                report.vbios(),
                report.ownPdi(),
                report.links(),
                report.seenBySwitch(),
                report.ports(),
                report.disabledPorts(),
                report.counts()))
        .doesNotContainNull();
  }
}
