package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

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
    int length = Reflection.reflect(octets, octets.length, Wire.session(1), 1, () -> 2, 255);
    assertThat(length).isEqualTo(keyed && octets.length >= Layout.BASE ? octets.length : 0);
    PlainStamp.reflect(octets, octets.length, 1, () -> 2, 255);
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
