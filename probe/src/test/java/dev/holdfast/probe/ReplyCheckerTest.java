package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What an answer must be, and what boxes on the way try instead. */
final class ReplyCheckerTest {
  private final Challenge sent = Wire.challenge(77);
  private final byte[] challenge = Wire.packet(sent);
  private final byte[] answer = Wire.reflect(challenge, Wire.session(5000));

  private void assertRefused(byte[] packet, Refusal why) {
    assertThat(Wire.check(sent, packet)).isEqualTo(new ReplyCheck.Refused(why));
  }

  @Test
  void an_honest_answer_is_accepted_with_what_the_reflector_says() {
    assertThat(Wire.check(sent, answer))
        .isEqualTo(
            new ReplyCheck.Accepted(
                5000,
                new ReflectorWord(
                    new StampTimestamp(Wire.RECEIVED), new StampTimestamp(Wire.TRANSMITTED), 61)));
  }

  @Test
  void an_answer_is_exactly_as_long_as_its_challenge() {
    assertThat(answer).hasSize(Challenge.LENGTH);
  }

  @Test
  void a_challenge_bounced_back_unchanged_is_refused() {
    assertRefused(challenge, Refusal.NOT_AWAITED);
  }

  @Test
  void a_challenge_with_the_number_zero_bounced_back_unchanged_is_refused() {
    Challenge zero = Wire.challenge(0);
    assertThat(Wire.check(zero, Wire.packet(zero)))
        .isEqualTo(new ReplyCheck.Refused(Refusal.OTHER_TIMESTAMP));
  }

  @Test
  void a_base_made_in_advance_with_the_challenges_tlvs_behind_it_is_refused() {
    // A distant key-holder guesses number and time, as a stateless reflector would answer.
    byte[] forged = inAdvance(sent.sequence());
    System.arraycopy(challenge, Layout.BASE, forged, Layout.BASE, 40);
    assertRefused(forged, Refusal.SEQUENCE_OF_CHALLENGE);
    forged[Challenge.NONCE_TLV] = 0;
    forged[Challenge.MAC_TLV] = 0;
    assertRefused(forged, Refusal.SEQUENCE_OF_CHALLENGE);
  }

  @Test
  void a_base_made_in_advance_with_another_number_cannot_carry_the_copied_hmac() {
    byte[] forged = inAdvance(sent.sequence() + 1);
    System.arraycopy(challenge, Layout.BASE, forged, Layout.BASE, 40);
    assertRefused(forged, Refusal.FLAGGED);
    forged[Challenge.NONCE_TLV] = 0;
    forged[Challenge.MAC_TLV] = 0;
    assertRefused(forged, Refusal.WRONG_TLV_MAC);
  }

  private byte[] inAdvance(int ownSequence) {
    Challenge guessed =
        new Challenge(
            sent.ssid(),
            sent.sequence(),
            sent.timestamp(),
            sent.error(),
            Nonce.copyOf(Wire.octets(99, Nonce.LENGTH), 0));
    return Wire.reflect(Wire.packet(guessed), unlike(ownSequence));
  }

  /** A reflector of the attacker's that gives its answer any number, the challenge's own too. */
  private static ReflectorSession unlike(int ownSequence) {
    return new ReflectorSession(0x1234, Wire.mac(), ownSequence) {
      @Override
      int takeSequence(int unlike) {
        return ownSequence;
      }
    };
  }

  @Test
  void an_answer_to_an_earlier_challenge_is_refused() {
    Challenge next = Wire.challenge(78);
    assertThat(Wire.check(next, answer)).isEqualTo(new ReplyCheck.Refused(Refusal.NOT_AWAITED));
  }

  @Test
  void an_answer_under_another_key_is_refused() {
    byte[] otherKey = Wire.octets(2, StampMac.KEY_LENGTH);
    assertThat(ReplyChecker.check(sent, answer, answer.length, StampMac.of(otherKey)))
        .isEqualTo(new ReplyCheck.Refused(Refusal.WRONG_MAC));
  }

  @Test
  void any_flag_of_the_reflector_spoils_the_answer() {
    for (int at : new int[] {Challenge.NONCE_TLV, Challenge.MAC_TLV}) {
      for (int flag : new int[] {0x80, 0x40, 0x20, 0x10, 0x01}) {
        byte[] flagged = answer.clone();
        flagged[at] |= (byte) flag;
        assertRefused(flagged, Refusal.FLAGGED);
      }
    }
  }

  @Test
  void a_shorter_or_longer_answer_is_refused() {
    assertRefused(Arrays.copyOf(answer, 111), Refusal.TOO_SHORT);
    assertRefused(Arrays.copyOf(answer, 112), Refusal.WRONG_LENGTH);
    assertRefused(Arrays.copyOf(answer, 151), Refusal.WRONG_LENGTH);
    assertRefused(Arrays.copyOf(answer, 156), Refusal.WRONG_LENGTH);
  }

  @Test
  void the_hmac_must_come_after_the_nonce() {
    byte[] swapped = answer.clone();
    System.arraycopy(answer, Challenge.MAC_TLV, swapped, Challenge.NONCE_TLV, 20);
    System.arraycopy(answer, Challenge.NONCE_TLV, swapped, Challenge.MAC_TLV, 20);
    assertRefused(swapped, Refusal.OTHER_TLVS);
  }

  @Test
  void no_single_bit_of_an_answer_may_change() {
    for (int bit = 0; bit < answer.length * 8; bit++) {
      byte[] changed = answer.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(Wire.check(sent, changed)).isInstanceOf(ReplyCheck.Refused.class);
    }
  }

  @Test
  void whatever_is_challenged_its_answer_is_accepted_and_no_other() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 2000; i++) {
      Challenge one =
          new Challenge(
              0x1234,
              random.nextInt(),
              new StampTimestamp(random.nextLong()),
              new ErrorEstimate(random.nextInt(0x10000)),
              Nonce.copyOf(Wire.octets(random.nextLong(), Nonce.LENGTH), 0));
      byte[] reply = Wire.reflect(Wire.packet(one), Wire.session(random.nextInt()));
      assertThat(Wire.check(one, reply)).isInstanceOf(ReplyCheck.Accepted.class);
      assertThat(Wire.check(sent, reply)).isInstanceOf(ReplyCheck.Refused.class);
    }
  }
}
