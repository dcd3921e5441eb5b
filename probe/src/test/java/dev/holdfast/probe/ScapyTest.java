package dev.holdfast.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds our layouts against another implementation's: scapy's contrib.stamp, where it is there. */
final class ScapyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");
  private static String python = "";

  @BeforeAll
  static void find() throws Exception {
    for (String candidate : PYTHONS) {
      if (run(candidate, "import scapy.contrib.stamp; print('here')").strip().equals("here")) {
        python = candidate;
        return;
      }
    }
    assumeTrue(false, "skipped: python3 with scapy (contrib.stamp) is not on this machine");
  }

  private static String run(String program, String script) throws Exception {
    try {
      Process process =
          new ProcessBuilder(program, "-c", script).redirectErrorStream(false).start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return out;
    } catch (IOException e) {
      return "";
    }
  }

  private static String scapy(String script) throws Exception {
    return run(
            python,
            "import struct\nfrom scapy.contrib.stamp import *\nfrom scapy.layers.inet import UDP\n"
                + "def read(kind, b):\n"
                + " return kind(b, _parent=UDP(sport=1, dport=862, len=8 + len(b)))\n"
                + script)
        .strip();
  }

  @Test
  void scapy_reads_our_plain_packet_with_our_tlvs_behind_it() throws Exception {
    Challenge sent = Wire.challenge(0x01020304);
    byte[] packet = new byte[PlainStamp.LENGTH + 40];
    PlainStamp.write(packet, sent.sequence(), sent.timestamp(), sent.ssid());
    System.arraycopy(Wire.packet(sent), Layout.BASE, packet, PlainStamp.LENGTH, 40);
    String read =
        scapy(
            "p = read(STAMPSessionSenderTestUnauthenticated, bytes.fromhex('"
                + HEX.formatHex(packet)
                + "'))\n"
                + "print(p.seq, p.ssid, bytes(p)[4:12].hex(), p.err_estimate.S, p.err_estimate.Z,"
                + " p.err_estimate.scale, p.err_estimate.multiplier)\n"
                + "print([(int(t.flags), t.type, t.len, t.value.hex()) for t in p.tlv_objects])");
    assertThat(read)
        .contains("16909060 4660 " + HEX.toHexDigits(sent.timestamp().bits()) + " 0 0 30 1")
        .contains("(128, 1, 16, '" + sent.nonce() + "')")
        .contains("(128, 8, 16, '" + HEX.formatHex(Wire.packet(sent), Challenge.MAC, 152) + "')");
  }

  @Test
  void scapy_reads_the_tlvs_of_our_answer() throws Exception {
    byte[] answer = Wire.reflect(Wire.packet(Wire.challenge(7)), Wire.session(4242));
    String read =
        scapy(
            "p = read(STAMPSessionReflectorTestUnauthenticated, bytes(44) + bytes.fromhex('"
                + HEX.formatHex(answer, Layout.BASE, 152)
                + "'))\n"
                + "print([(int(t.flags), t.type, t.len) for t in p.tlv_objects])");
    assertThat(read).isEqualTo("[(0, 1, 16), (0, 8, 16)]");
  }

  @Test
  void a_plain_packet_that_scapy_makes_is_answered_so_that_scapy_reads_it() throws Exception {
    String made =
        scapy("print(bytes(STAMPSessionSenderTestUnauthenticated(seq=99, ssid=17)).hex())");
    byte[] packet = Arrays.copyOf(HEX.parseHex(made), PlainStamp.LENGTH);
    int length =
        PlainStamp.reflect(packet, packet.length, Wire.RECEIVED, () -> 5L << 32, 44, Wire.SIGHTING);
    assertThat(length).isEqualTo(44);
    String read =
        scapy(
            "p = read(STAMPSessionReflectorTestUnauthenticated, bytes.fromhex('"
                + HEX.formatHex(packet)
                + "'))\nprint(p.seq, p.ssid, p.seq_sender, p.ttl_sender, bytes(p)[16:24].hex())");
    assertThat(read).isEqualTo("99 17 99 44 " + HEX.toHexDigits(Wire.RECEIVED));
  }

  /** Of TLVs it knows the form, not the types; what is inside is held against frozen octets. */
  @Test
  void a_diagnosis_that_scapy_asks_for_is_answered_so_that_scapy_reads_it() throws Exception {
    String made =
        scapy(
            """
            def ask(kind, value):
                return STAMPTestTLV(flags=0x80, type=kind, len=len(value), value=value)
            def sub(kind):
                return bytes(ask(kind, bytes(16)))
            tlvs = [ask(2, bytes(4) + sub(7) + sub(4)), ask(3, bytes(4))]
            p = STAMPSessionSenderTestUnauthenticated(seq=99, ssid=17, tlv_objects=tlvs)
            print(bytes(p).hex())\
            """);
    byte[] packet = HEX.parseHex(made);
    PlainQuestions questions = new PlainQuestions(true);
    byte[] ours = questions.write(99, new StampTimestamp(0));
    assertThat(packet).hasSize(questions.length());
    assertThat(HEX.formatHex(packet, PlainStamp.LENGTH, packet.length))
        .isEqualTo(HEX.formatHex(ours, PlainStamp.LENGTH, ours.length));
    PlainStamp.reflect(packet, packet.length, Wire.RECEIVED, () -> 5L << 32, 44, Wire.SIGHTING);
    String read =
        scapy(
            "p = read(STAMPSessionReflectorTestUnauthenticated, bytes.fromhex('"
                + HEX.formatHex(packet)
                + "'))\n"
                + "l, t = p.tlv_objects\n"
                + "s = STAMPTestTLV(l.value[4:24])\n"
                + "d = STAMPTestTLV(l.value[24:])\n"
                + "print([(int(x.flags), x.type, x.len) for x in (l, t, s, d)],"
                + " l.value[:4].hex(), s.value[:4].hex(), d.value[:4].hex(), t.value.hex())");
    assertThat(read)
        .isEqualTo(
            "[(0, 2, 44), (0, 3, 4), (0, 8, 16), (0, 5, 16)]"
                + " 035e9c40 c0000207 c6336401 00020002");
  }
}
