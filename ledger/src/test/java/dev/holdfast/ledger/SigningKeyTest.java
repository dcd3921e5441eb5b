package dev.holdfast.ledger;

import static dev.holdfast.base.ErrorCode.BAD_KEY_FILE;
import static dev.holdfast.ledger.Coded.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SigningKeyTest {
  private static final Checkpoint CHECKPOINT =
      Checkpoint.of(TestKeys.ORIGIN, 0, TreeHasher.emptyRoot());

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void a_key_is_the_same_after_its_octets_went_out_and_in(KeyAlgorithm algorithm) {
    SigningKey key = TestKeys.make("name", algorithm);
    SigningKey again = SigningKey.of(key.key(), key.pkcs8());
    assertThat(again).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(again.pkcs8()).isEqualTo(key.pkcs8());
    key.pkcs8()[40] ^= 1;
    assertThat(again.pkcs8()).isEqualTo(key.pkcs8());
    assertThat(key).isNotEqualTo(TestKeys.make("other", algorithm));
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void a_private_key_of_another_public_key_is_refused(KeyAlgorithm algorithm) {
    SigningKey one = TestKeys.make("one", algorithm);
    SigningKey two = TestKeys.make("two", algorithm);
    assertThat(refused(BAD_KEY_FILE, () -> SigningKey.of(one.key(), two.pkcs8())).reason())
        .contains("does not belong");
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void octets_that_are_no_private_key_are_refused_and_not_repeated(KeyAlgorithm algorithm) {
    SigningKey key = TestKeys.make("name", algorithm);
    byte[] good = key.pkcs8();
    for (int length = 0; length < good.length; length += algorithm.rawSignatureLength() / 9) {
      byte[] cut = Arrays.copyOf(good, length);
      refused(BAD_KEY_FILE, () -> SigningKey.of(key.key(), cut));
    }
    for (int at = 0; at < 24; at++) {
      byte[] broken = TestKeys.flipped(good, at);
      try {
        // The version of PKCS #8 may be the later one, of other tools.
        assertThat(SigningKey.of(key.key(), broken).key()).isEqualTo(key.key());
      } catch (CodedException e) {
        assertThat(e.problem().code()).isEqualTo(BAD_KEY_FILE);
        assertThat(e).hasNoCause();
      }
    }
  }

  @Test
  void a_key_of_another_algorithm_is_refused() {
    assertThat(
            refused(BAD_KEY_FILE, () -> SigningKey.of(TestKeys.LOG.key(), TestKeys.PQ_LOG.pkcs8()))
                .reason())
        .contains("Ed25519");
    refused(
        BAD_KEY_FILE,
        () ->
            SigningKey.of(
                "name",
                KeyAlgorithm.MLDSA44_COSIGNATURE,
                TestKeys.pair("name", KeyAlgorithm.ED25519_NOTE)));
  }

  @Test
  void its_text_shows_the_public_name_only() {
    assertThat(TestKeys.LOG).hasToString("signing key of " + TestKeys.LOG.key());
    assertThat(TestKeys.LOG.toString()).doesNotContain(StrictText.base64(TestKeys.LOG.pkcs8()));
  }

  @Test
  void ed25519_signs_alike_each_time_and_mldsa_does_not() {
    assertThat(TestKeys.WITNESS.sign(CHECKPOINT, TestKeys.TIME))
        .isEqualTo(TestKeys.WITNESS.sign(CHECKPOINT, TestKeys.TIME));
    assertThat(TestKeys.PQ_WITNESS.sign(CHECKPOINT, TestKeys.TIME))
        .isNotEqualTo(TestKeys.PQ_WITNESS.sign(CHECKPOINT, TestKeys.TIME));
  }

  @Test
  void a_note_signature_has_no_time_and_a_cosignature_none_before_1970() {
    Instant early = Instant.ofEpochSecond(-1);
    assertThat(TestKeys.LOG.sign(CHECKPOINT, early))
        .isEqualTo(TestKeys.LOG.sign(CHECKPOINT, TestKeys.TIME));
    assertThatThrownBy(() -> TestKeys.WITNESS.sign(CHECKPOINT, early))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestKeys.PQ_WITNESS.sign(CHECKPOINT, early))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
