package dev.holdfast.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Packets that may never change again, and the same packets made by a few lines of Python that
 * share nothing with ours but the RFCs.
 */
final class StampVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  private static final String KEY =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final String NONCE = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

  private static final String CHALLENGE =
      "0a0b0c0d000000000000000000000000ee94a8c0123456789e01beef"
          + "00".repeat(68)
          + "6b022fa00ce0ab33c859e35103d7147c"
          + "80010010"
          + NONCE
          + "80080010"
          + "91bef0b469b6db26e956004486b7323f";

  private static final String ANSWER =
      "0000002a000000000000000000000000ee94a8c0800000001e01beef00000000"
          + "ee94a8c07fffffff0000000000000000"
          + "0a0b0c0d000000000000000000000000ee94a8c0123456789e010000000000003f"
          + "00".repeat(15)
          + "880b9e87d523e5d7396d93eca8bd84c7"
          + "00010010"
          + NONCE
          + "00080010"
          + "cbdcd492108c3eada62ef65952e58736";

  private static byte[] challenge() {
    byte[] packet = new byte[Challenge.LENGTH];
    new Challenge(
            0xBEEF,
            0x0A0B0C0D,
            new StampTimestamp(0xEE94A8C012345678L),
            ErrorEstimate.of(true, 30, 1),
            Nonce.copyOf(HEX.parseHex(NONCE), 0))
        .write(packet, 0, StampMac.of(HEX.parseHex(KEY)));
    return packet;
  }

  private static byte[] answer() {
    byte[] packet = challenge();
    Reflection.reflect(
        packet,
        packet.length,
        new ReflectorSession(0xBEEF, StampMac.of(HEX.parseHex(KEY)), 42),
        0xEE94A8C07FFFFFFFL,
        () -> 0xEE94A8C080000000L,
        63,
        Sighting.NOTHING);
    return packet;
  }

  @Test
  void a_challenge_has_these_octets() {
    assertThat(HEX.formatHex(challenge())).isEqualTo(CHALLENGE);
  }

  @Test
  void an_answer_has_these_octets() {
    assertThat(HEX.formatHex(answer())).isEqualTo(ANSWER);
  }

  @Test
  void pythons_standard_library_makes_the_same_packets() throws Exception {
    String script =
        """
        import hmac, struct
        key = bytes(range(32)); nonce = bytes(range(0xf0, 0x100))
        def mac(data): return hmac.new(key, data, 'sha256').digest()[:16]
        def packet(covered, flags):
            padding = struct.pack('>BBH', flags, 1, 16) + nonce
            seal = struct.pack('>BBH', flags, 8, 16) + mac(covered[:4] + padding)
            return covered + mac(covered) + padding + seal
        sent = 0xee94a8c012345678
        ask = struct.pack('>I12xQHH68x', 0x0a0b0c0d, sent, 0x9e01, 0xbeef)
        say = struct.pack('>I12xQHH4xQ8xI12xQH6xB15x', 42, 0xee94a8c080000000, 0x1e01, 0xbeef,
                          0xee94a8c07fffffff, 0x0a0b0c0d, sent, 0x9e01, 63)
        print(packet(ask, 0x80).hex()); print(packet(say, 0).hex())
        """;
    String out;
    try {
      Process process = new ProcessBuilder("python3", "-c", script).start();
      out = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (IOException e) {
      assumeTrue(false, "skipped: there is no python3 on this machine");
      return;
    }
    assertThat(out.lines()).containsExactly(CHALLENGE, ANSWER);
  }
}
