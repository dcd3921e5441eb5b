package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

/** Any octets at all, keyed and not. */
final class ReflectionFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void any_packet_is_met_with_silence_or_an_answer_as_long_as_itself(FuzzedDataProvider data) {
    boolean keyed = data.consumeBoolean();
    byte[] octets = data.consumeRemainingAsBytes();
    if (keyed && octets.length >= Layout.BASE) {
      Octets.putShort(octets, Layout.SSID, 0x1234);
      Wire.mac().tag(octets, 0, Layout.COVERED, octets, Layout.HMAC);
    }
    int length =
        Reflection.reflect(octets, octets.length, Wire.session(1), 1, () -> 2, 255, Wire.SIGHTING);
    assertThat(length).isEqualTo(keyed && octets.length >= Layout.BASE ? octets.length : 0);
    PlainStamp.reflect(octets, octets.length, 1, () -> 2, 255, Wire.SIGHTING);
  }

  @FuzzTest(maxDuration = "10s")
  void any_tlvs_are_answered_in_their_own_room_and_read_again(FuzzedDataProvider data) {
    boolean keyed = data.consumeBoolean();
    byte[] tlvs = data.consumeRemainingAsBytes();
    byte[] packet = keyed ? keyed(tlvs) : plain(tlvs);
    int from = keyed ? Layout.BASE : PlainStamp.LENGTH;
    byte[] answer = packet.clone();
    int length =
        keyed
            ? Reflection.reflect(
                answer, answer.length, Wire.session(1), 1, () -> 2, 255, Wire.SIGHTING)
            : PlainStamp.reflect(answer, answer.length, 1, () -> 2, 255, Wire.SIGHTING);
    assertThat(length).isEqualTo(packet.length);
    assertThat(heads(answer, from)).isEqualTo(heads(packet, from));
    if (Diagnosis.read(answer, from, length).location()
        instanceof Told.Said<Location>(Location told)) {
      assertThat(told.source().port()).isEqualTo(Wire.FROM.port());
      assertThat(told.destination().port()).isEqualTo(Wire.TO.port());
    }
    Diagnosis.read(tlvs, 0, tlvs.length);
  }

  private static byte[] plain(byte[] tlvs) {
    byte[] packet = new byte[PlainStamp.LENGTH + tlvs.length];
    System.arraycopy(tlvs, 0, packet, PlainStamp.LENGTH, tlvs.length);
    if (tlvs.length > 0) {
      packet[PlainStamp.LENGTH] |= (byte) Layout.FLAG_UNRECOGNISED;
    }
    return packet;
  }

  /** Under a good HMAC and, behind them, a good HMAC TLV. */
  private static byte[] keyed(byte[] tlvs) {
    int seal = Layout.BASE + tlvs.length;
    byte[] packet = new byte[seal + Layout.TLV_HEAD + StampMac.LENGTH];
    Octets.putShort(packet, Layout.SSID, 0x1234);
    Wire.mac().tag(packet, 0, Layout.COVERED, packet, Layout.HMAC);
    System.arraycopy(tlvs, 0, packet, Layout.BASE, tlvs.length);
    Tlvs.ask(packet, seal, Layout.HMAC_TLV, StampMac.LENGTH);
    Wire.mac().tag(packet, 0, 4, Layout.BASE, tlvs.length, packet, seal + Layout.TLV_HEAD);
    return packet;
  }

  /** Types and lengths of all TLVs that fit. */
  private static List<Integer> heads(byte[] packet, int from) {
    List<Integer> heads = new ArrayList<>();
    for (int at = from;
        packet.length - at >= Layout.TLV_HEAD && Tlvs.after(packet, at) <= packet.length;
        at = Tlvs.after(packet, at)) {
      heads.add(Octets.integer(packet, at) & 0xFF_FFFF);
    }
    return heads;
  }

  @FuzzTest(maxDuration = "10s")
  void any_octets_are_refused_as_an_answer(FuzzedDataProvider data) {
    byte[] octets = data.consumeRemainingAsBytes();
    assertThat(Wire.check(Wire.challenge(1), octets)).isInstanceOf(ReplyCheck.Refused.class);
    if (octets.length >= PathDatagram.LENGTH) {
      assertThat(
              PathDatagram.read(octets, octets.length, new SessionId("00".repeat(16)), Wire.mac()))
          .isNull();
    }
  }
}
