package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a reflector answers, and to what it stays silent. */
final class ReflectionTest {
  private final ReflectorSession session = Wire.session(Integer.MAX_VALUE);

  @Test
  void its_own_numbers_grow_by_one_and_wrap() {
    for (int i = 0; i < 3; i++) {
      byte[] answer = Wire.reflect(Wire.packet(Wire.challenge(i + 1)), session);
      assertThat(Octets.integer(answer, 0)).isEqualTo(Integer.MAX_VALUE + i);
    }
  }

  @Test
  void its_own_number_is_never_the_challenges() {
    byte[] answer = Wire.reflect(Wire.packet(Wire.challenge(9)), Wire.session(9));
    assertThat(Octets.integer(answer, 0)).isEqualTo(10);
  }

  @Test
  void it_is_silent_to_a_challenge_that_came_before() {
    byte[] packet = Wire.packet(Wire.challenge(1));
    assertThat(Wire.reflect(packet, session)).isNotEmpty();
    assertThat(Wire.reflect(packet, session)).isEmpty();
  }

  @Test
  void challenges_may_overtake_each_other_by_up_to_63() {
    assertThat(Wire.reflect(Wire.packet(Wire.challenge(100)), session)).isNotEmpty();
    assertThat(Wire.reflect(Wire.packet(Wire.challenge(37)), session)).isNotEmpty();
    assertThat(Wire.reflect(Wire.packet(Wire.challenge(37)), session)).isEmpty();
    assertThat(Wire.reflect(Wire.packet(Wire.challenge(36)), session)).isEmpty();
  }

  @Test
  void numbers_of_challenges_may_wrap() {
    assertThat(Wire.reflect(Wire.packet(Wire.challenge(-1)), session)).isNotEmpty();
    assertThat(Wire.reflect(Wire.packet(Wire.challenge(0)), session)).isNotEmpty();
    assertThat(Wire.reflect(Wire.packet(Wire.challenge(-1)), session)).isEmpty();
  }

  @Test
  void it_is_silent_to_what_is_short_keyless_or_of_another_session() {
    byte[] packet = Wire.packet(Wire.challenge(1));
    assertThat(Wire.reflect(Arrays.copyOf(packet, 111), session)).isEmpty();
    assertThat(Wire.reflect(new byte[152], session)).isEmpty();
    assertThat(Wire.reflect(packet, new ReflectorSession(0x1235, Wire.mac(), 1))).isEmpty();
    assertThat(
            Wire.reflect(packet, new ReflectorSession(0x1234, StampMac.of(Wire.octets(3, 32)), 1)))
        .isEmpty();
  }

  @Test
  void a_wrong_hmac_of_the_tlvs_is_flagged_on_all_of_them() {
    byte[] packet = Wire.packet(Wire.challenge(1));
    packet[Challenge.NONCE] ^= 1;
    byte[] answer = Wire.reflect(packet, session);
    assertThat(answer[Challenge.NONCE_TLV]).isEqualTo((byte) Layout.FLAG_INTEGRITY);
    assertThat(answer[Challenge.MAC_TLV]).isEqualTo((byte) Layout.FLAG_INTEGRITY);
    assertThat(Arrays.copyOfRange(answer, Challenge.MAC, 152))
        .isEqualTo(Arrays.copyOfRange(packet, Challenge.MAC, 152));
  }

  @Test
  void a_tlv_that_it_does_not_know_keeps_its_flag() {
    byte[] packet = Arrays.copyOf(Wire.packet(Wire.challenge(1)), 112 + 8);
    byte[] tlv = {(byte) 0x80, (byte) 200, 0, 4, 1, 2, 3, 4};
    System.arraycopy(tlv, 0, packet, 112, 8);
    byte[] answer = Wire.reflect(packet, session);
    assertThat(Arrays.copyOfRange(answer, 112, 120)).isEqualTo(tlv);
  }

  @Test
  void a_tlv_that_runs_over_the_end_is_called_malformed() {
    byte[] packet = Arrays.copyOf(Wire.packet(Wire.challenge(1)), 112 + 8);
    byte[] tlv = {(byte) 0x80, 1, 0, 5, 1, 2, 3, 4};
    System.arraycopy(tlv, 0, packet, 112, 8);
    assertThat(Wire.reflect(packet, session)[112]).isEqualTo((byte) Layout.FLAG_MALFORMED);
  }

  @Test
  void what_is_understood_is_told_so_beside_what_is_malformed() {
    byte[] packet = Arrays.copyOf(Wire.packet(Wire.challenge(1)), 112 + 12);
    byte[] tlvs = {(byte) 0x80, 1, 0, 2, 7, 7, (byte) 0x80, 8, 0, 2, 9, 9};
    System.arraycopy(tlvs, 0, packet, 112, 12);
    byte[] answer = Wire.reflect(packet, session);
    assertThat(answer[112]).isZero();
    assertThat(answer[118]).isEqualTo((byte) Layout.FLAG_MALFORMED);
  }

  @Test
  void padding_behind_the_hmac_is_understood_too() {
    byte[] packet = Arrays.copyOf(Wire.packet(Wire.challenge(1)), 152 + 6);
    byte[] tlv = {(byte) 0x80, 1, 0, 2, 7, 7};
    System.arraycopy(tlv, 0, packet, 152, 6);
    byte[] answer = Wire.reflect(packet, session);
    assertThat(answer).hasSize(158);
    assertThat(answer[Challenge.NONCE_TLV]).isZero();
    assertThat(answer[Challenge.MAC_TLV]).isZero();
    assertThat(answer[152]).isZero();
  }

  @Test
  void it_remembers_which_nonce_it_answered_with_which_number() {
    Challenge challenge = Wire.challenge(8);
    Wire.reflect(Wire.packet(challenge), session);
    assertThat(session.answered().answered(Integer.MAX_VALUE, challenge.nonce())).isTrue();
    assertThat(session.answered().answered(Integer.MAX_VALUE, Wire.challenge(9).nonce())).isFalse();
    assertThat(session.answered().answered(1, challenge.nonce())).isFalse();
  }

  @Test
  void a_plain_packet_comes_back_with_its_number() {
    byte[] packet = new byte[PlainStamp.LENGTH];
    PlainStamp.write(packet, 7, StampTimestamp.of(Wire.NOW), 3);
    assertThat(PlainStamp.reflect(packet, 43, 1, () -> 2, 64, Wire.SIGHTING)).isZero();
    assertThat(PlainStamp.reflect(packet, 44, 1, () -> 2, 64, Wire.SIGHTING)).isEqualTo(44);
    assertThat(PlainStamp.read(packet, 44))
        .isEqualTo(
            new PlainStamp.Reply(
                7,
                7,
                StampTimestamp.of(Wire.NOW),
                3,
                new ReflectorWord(new StampTimestamp(1), new StampTimestamp(2), 64)));
  }

  @Test
  void stamps_keep_their_nanosecond() {
    assertThat(StampTimestamp.of(Wire.NOW).toInstant()).isEqualTo(Wire.NOW);
  }

  @Test
  void a_path_datagram_is_read_under_its_key_and_session_only() {
    SessionId id = new SessionId("00112233445566778899aabbccddeeff");
    PathDatagram path = new PathDatagram(5, id, 42);
    byte[] octets = path.octets(Wire.mac());
    assertThat(PathDatagram.read(octets, 48, id, Wire.mac())).isEqualTo(path);
    assertThat(PathDatagram.read(octets, 47, id, Wire.mac())).isNull();
    for (int bit = 0; bit < 48 * 8; bit++) {
      byte[] changed = octets.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(PathDatagram.read(changed, 48, id, Wire.mac())).isNull();
    }
  }
}
