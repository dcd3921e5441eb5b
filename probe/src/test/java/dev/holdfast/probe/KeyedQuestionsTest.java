package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Diagnosis under a key: what is answered, and that it never counts in a round. */
final class KeyedQuestionsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int LOCATION = 132;
  private static final int LENGTH = 208;

  private final KeyedQuestions questions =
      new KeyedQuestions(0x1234, Wire.mac(), new SplittableRandom(3));
  private final byte[] sent = questions.write(1, StampTimestamp.of(Wire.NOW));

  private byte[] answer() {
    return Wire.reflect(sent, Wire.session(500));
  }

  private static Diagnosis diagnosis(byte[] answer) {
    return Diagnosis.read(answer, Layout.BASE, answer.length);
  }

  /** Signs the TLVs of a question again, up to an HMAC TLV at its end. */
  private static byte[] signed(byte[] packet) {
    int tlv = packet.length - 20;
    Wire.mac().tag(packet, 0, 4, Layout.BASE, tlv - Layout.BASE, packet, tlv + Layout.TLV_HEAD);
    return packet;
  }

  @Test
  void the_question_is_a_challenge_with_two_more_tlvs() {
    assertThat(sent).hasSize(LENGTH).hasSize(questions.length());
    assertThat(HEX.formatHex(sent, LOCATION, LOCATION + 8)).isEqualTo("8002002c00000000");
    assertThat(HEX.formatHex(sent, 180, 192)).isEqualTo("800300040000000080080010");
    assertThat(signed(sent.clone())).isEqualTo(sent);
  }

  @Test
  void an_answer_is_as_long_and_tells_what_was_seen() {
    byte[] answer = answer();
    assertThat(answer).hasSize(LENGTH);
    assertThat(questions.refusal(sent, answer, LENGTH)).isNull();
    assertThat(questions.answer(1, 5, answer, LENGTH).diagnosis())
        .isEqualTo(
            new Diagnosis(
                new Told.Said<>(new Location(Wire.FROM, Wire.TO)),
                new Told.Said<>(TimestampInformation.OF_SOFTWARE)));
  }

  @Test
  void no_bit_of_an_answer_can_be_changed() {
    byte[] answer = answer();
    for (int bit = 0; bit < LENGTH * 8; bit++) {
      byte[] changed = answer.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(questions.refusal(sent, changed, LENGTH)).as("bit %d", bit).isNotNull();
    }
  }

  @Test
  void the_question_bounced_back_is_no_answer() {
    assertThat(questions.refusal(sent, sent, LENGTH)).isNotNull();
  }

  @Test
  void no_round_takes_an_answer_in_and_nobody_countersigns_it() {
    Nonce nonce = Nonce.copyOf(sent, Challenge.NONCE);
    Challenge challenge =
        new Challenge(0x1234, 1, StampTimestamp.of(Wire.NOW), ErrorEstimate.UNKNOWN, nonce);
    ReflectorSession session = Wire.session(500);
    byte[] answer = Wire.reflect(sent, session);
    assertThat(Wire.check(challenge, answer))
        .isEqualTo(new ReplyCheck.Refused(Refusal.WRONG_LENGTH));
    assertThat(Wire.check(challenge, Arrays.copyOf(answer, Challenge.LENGTH)))
        .isInstanceOf(ReplyCheck.Refused.class);
    assertThat(session.answered().answered(500, nonce)).isFalse();
  }

  @Test
  void nothing_is_told_under_a_wrong_hmac() {
    sent[Challenge.NONCE] ^= 1;
    byte[] answer = answer();
    assertThat(answer[LOCATION]).isEqualTo((byte) Layout.FLAG_INTEGRITY);
    assertThat(Arrays.copyOfRange(answer, LOCATION + 1, LENGTH))
        .isEqualTo(expectedAfterIntegrityFailure());
    assertThat(diagnosis(answer).location()).isEqualTo(new Told.Unsaid<>(Told.Reason.NOT_INTACT));
  }

  private byte[] expectedAfterIntegrityFailure() {
    byte[] copy = Arrays.copyOfRange(sent, LOCATION + 1, LENGTH);
    copy[180 - LOCATION - 1] = Layout.FLAG_INTEGRITY;
    copy[188 - LOCATION - 1] = Layout.FLAG_INTEGRITY;
    return copy;
  }

  @Test
  void nothing_is_told_without_an_hmac_that_covers_the_question() {
    byte[] answer = Wire.reflect(Arrays.copyOf(sent, 188), Wire.session(500));
    assertThat(diagnosis(answer).location())
        .isEqualTo(new Told.Unsaid<>(Told.Reason.NOT_UNDERSTOOD));
    assertThat(diagnosis(answer).stamps()).isEqualTo(new Told.Unsaid<>(Told.Reason.NOT_UNDERSTOOD));
  }

  @Test
  void a_question_behind_the_hmac_makes_it_a_wrong_one() {
    byte[] packet = Arrays.copyOf(Wire.packet(Wire.challenge(1)), 152 + 8);
    TimestampInformation.ask(packet, 152);
    byte[] answer = Wire.reflect(packet, Wire.session(500));
    assertThat(answer[Challenge.NONCE_TLV]).isEqualTo((byte) Layout.FLAG_INTEGRITY);
    assertThat(answer[Challenge.MAC_TLV]).isEqualTo((byte) Layout.FLAG_INTEGRITY);
    assertThat(HEX.formatHex(answer, 152, 160)).isEqualTo("2003000400000000");
  }

  @Test
  void a_malformed_question_is_flagged_and_the_rest_comes_back_as_it_was() {
    byte[] packet = sent.clone();
    packet[LOCATION + 4 + 4 + 3] = 15;
    byte[] answer = Wire.reflect(signed(packet), Wire.session(500));
    assertThat(answer[LOCATION]).isEqualTo((byte) Layout.FLAG_MALFORMED);
    packet[LOCATION] = Layout.FLAG_MALFORMED;
    packet[LOCATION + 8] = (byte) 0xC0;
    assertThat(Arrays.copyOfRange(answer, LOCATION, LENGTH))
        .isEqualTo(Arrays.copyOfRange(packet, LOCATION, LENGTH));
    assertThat(questions.refusal(sent, answer, LENGTH)).isNotNull();
  }

  @Test
  void an_answer_never_grows_whatever_the_tlvs() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 500; i++) {
      int room = random.nextInt(300);
      byte[] packet = new byte[Layout.BASE + room];
      System.arraycopy(sent, 0, packet, 0, Layout.BASE);
      for (int at = Layout.BASE; at < packet.length; at++) {
        packet[at] = (byte) random.nextInt(at % 4 == 1 ? 12 : 256);
      }
      assertThat(Wire.reflect(packet, Wire.session(i))).hasSize(packet.length);
    }
  }
}
