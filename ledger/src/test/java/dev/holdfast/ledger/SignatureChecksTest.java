package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureChecksTest {
  private static final Checkpoint CHECKPOINT =
      Checkpoint.of(TestKeys.ORIGIN, 5, TreeHasher.plain(new byte[5]));
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static SigningKey key(KeyAlgorithm algorithm) {
    return TestKeys.make("signer.example", algorithm);
  }

  private static SignatureCheck check(
      Checkpoint checkpoint, NoteSignature signature, VerifierKey... keys) {
    return SignatureChecks.check(checkpoint, signature, List.of(keys));
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void what_a_key_signs_it_checks(KeyAlgorithm algorithm) {
    SigningKey signer = key(algorithm);
    NoteSignature signature = signer.sign(CHECKPOINT, TestKeys.TIME);
    assertThat(signature.signature()).hasSize(algorithm.signatureLength());
    OptionalLong time =
        algorithm.isCosignature()
            ? OptionalLong.of(TestKeys.TIME.getEpochSecond())
            : OptionalLong.empty();
    assertThat(check(CHECKPOINT, signature, signer.key()))
        .isEqualTo(new SignatureCheck.Valid(signer.key(), time));
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void every_flipped_octet_makes_a_signature_wrong(KeyAlgorithm algorithm) {
    SigningKey signer = key(algorithm);
    NoteSignature signature = signer.sign(CHECKPOINT, TestKeys.TIME);
    int step = algorithm == KeyAlgorithm.MLDSA44_COSIGNATURE ? 7 : 1;
    for (int at = 0; at < algorithm.signatureLength(); at += step) {
      byte[] octets = TestKeys.flipped(signature.signature(), at);
      assertThat(check(CHECKPOINT, TestKeys.with(signature, octets), signer.key()))
          .as("octet " + at)
          .isInstanceOf(SignatureCheck.Wrong.class);
    }
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void a_signature_of_another_length_is_wrong_and_no_exception(KeyAlgorithm algorithm) {
    SigningKey signer = key(algorithm);
    NoteSignature signature = signer.sign(CHECKPOINT, TestKeys.TIME);
    int length = algorithm.signatureLength();
    for (int other : new int[] {1, 7, 8, 9, 64, 72, length - 1, length + 1, 5000}) {
      if (other != length) {
        byte[] octets = Arrays.copyOf(signature.signature(), other);
        assertThat(check(CHECKPOINT, TestKeys.with(signature, octets), signer.key()))
            .isInstanceOfSatisfying(
                SignatureCheck.Wrong.class,
                wrong -> assertThat(wrong.reason()).contains(other + " octets, not " + length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void a_signature_over_another_checkpoint_is_wrong(KeyAlgorithm algorithm) {
    SigningKey signer = key(algorithm);
    NoteSignature signature = signer.sign(CHECKPOINT, TestKeys.TIME);
    for (Checkpoint other :
        List.of(
            Checkpoint.of(CHECKPOINT.origin(), 6, CHECKPOINT.root()),
            Checkpoint.of("other", 5, CHECKPOINT.root()),
            Checkpoint.of(CHECKPOINT.origin(), 5, TreeHasher.emptyRoot()))) {
      assertThat(check(other, signature, signer.key())).isInstanceOf(SignatureCheck.Wrong.class);
    }
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void extension_lines_are_signed_but_not_by_mldsa(KeyAlgorithm algorithm) {
    SigningKey signer = key(algorithm);
    Checkpoint extended =
        new Checkpoint(CHECKPOINT.origin(), 5, CHECKPOINT.root(), List.of("extension"));
    NoteSignature signature = signer.sign(extended, TestKeys.TIME);
    assertThat(check(extended, signature, signer.key())).isInstanceOf(SignatureCheck.Valid.class);
    assertThat(check(CHECKPOINT, signature, signer.key()))
        .isInstanceOf(
            algorithm == KeyAlgorithm.MLDSA44_COSIGNATURE
                ? SignatureCheck.Valid.class
                : SignatureCheck.Wrong.class);
  }

  @Test
  void only_mldsa_commits_to_the_name_of_the_cosigner() {
    for (KeyAlgorithm algorithm :
        List.of(KeyAlgorithm.ED25519_COSIGNATURE, KeyAlgorithm.MLDSA44_COSIGNATURE)) {
      SigningKey signer = key(algorithm);
      VerifierKey renamed = VerifierKey.of("renamed", algorithm, signer.key().publicKey());
      NoteSignature moved =
          new NoteSignature(
              "renamed", renamed.keyId(), signer.sign(CHECKPOINT, TestKeys.TIME).signature());
      assertThat(check(CHECKPOINT, moved, renamed))
          .isInstanceOf(
              algorithm == KeyAlgorithm.MLDSA44_COSIGNATURE
                  ? SignatureCheck.Wrong.class
                  : SignatureCheck.Valid.class);
    }
  }

  @Test
  void a_signature_of_one_type_is_none_of_another() {
    SigningKey note = key(KeyAlgorithm.ED25519_NOTE);
    VerifierKey cosigner =
        VerifierKey.of(note.key().name(), KeyAlgorithm.ED25519_COSIGNATURE, note.key().publicKey());
    byte[] bare = note.sign(CHECKPOINT, TestKeys.TIME).signature();
    NoteSignature posing =
        new NoteSignature(
            cosigner.name(),
            cosigner.keyId(),
            ByteBuffer.allocate(72).putLong(TestKeys.TIME.getEpochSecond()).put(bare).array());
    assertThat(check(CHECKPOINT, posing, cosigner)).isInstanceOf(SignatureCheck.Wrong.class);
    assertThat(check(CHECKPOINT, posing, note.key())).isInstanceOf(SignatureCheck.Unknown.class);
  }

  @Test
  void s_not_below_the_order_of_the_group_is_wrong() {
    SigningKey signer = key(KeyAlgorithm.ED25519_NOTE);
    NoteSignature signature = signer.sign(CHECKPOINT, TestKeys.TIME);
    byte[] octets = signature.signature();
    BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(octets, 32, 64))).add(ORDER);
    byte[] larger = withS(octets, Arrays.copyOf(reversed(s.toByteArray()), 32));
    assertThat(check(CHECKPOINT, TestKeys.with(signature, larger), signer.key()))
        .isInstanceOfSatisfying(
            SignatureCheck.Wrong.class, wrong -> assertThat(wrong.reason()).contains("malformed"));
  }

  private static byte[] reversed(byte[] octets) {
    byte[] reversed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return reversed;
  }

  /** The signature with its second half, S, replaced. */
  private static byte[] withS(byte[] signature, byte[] s) {
    return ByteBuffer.allocate(64).put(signature, 0, 32).put(s).array();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0xff})
  void octets_that_are_no_signature_at_all_are_wrong_and_no_exception(int filling) {
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      SigningKey signer = key(algorithm);
      byte[] octets = new byte[algorithm.signatureLength()];
      Arrays.fill(octets, (byte) filling);
      NoteSignature signature =
          new NoteSignature(signer.key().name(), signer.key().keyId(), octets);
      assertThat(check(CHECKPOINT, signature, signer.key()))
          .isInstanceOf(SignatureCheck.Wrong.class);
    }
  }

  @Test
  void times_reach_to_2_to_the_63_and_no_further() {
    for (KeyAlgorithm algorithm :
        List.of(KeyAlgorithm.ED25519_COSIGNATURE, KeyAlgorithm.MLDSA44_COSIGNATURE)) {
      SigningKey signer = key(algorithm);
      NoteSignature latest = timed(signer, Long.MAX_VALUE);
      assertThat(check(CHECKPOINT, latest, signer.key()))
          .isEqualTo(new SignatureCheck.Valid(signer.key(), OptionalLong.of(Long.MAX_VALUE)));
      assertThat(check(CHECKPOINT, timed(signer, 0), signer.key()))
          .isEqualTo(new SignatureCheck.Valid(signer.key(), OptionalLong.of(0)));
      byte[] beyond = latest.signature();
      beyond[0] |= (byte) 0x80;
      assertThat(check(CHECKPOINT, TestKeys.with(latest, beyond), signer.key()))
          .isInstanceOfSatisfying(
              SignatureCheck.Wrong.class, wrong -> assertThat(wrong.reason()).contains("2^63"));
    }
  }

  private static NoteSignature timed(SigningKey signer, long timestamp) {
    KeyAlgorithm algorithm = signer.key().algorithm();
    byte[] bare =
        TestKeys.sign(
            TestKeys.pair("signer.example", algorithm).getPrivate(),
            algorithm.jdkName(),
            Cosignature.message(signer.key(), CHECKPOINT, timestamp));
    return new NoteSignature(
        signer.key().name(),
        signer.key().keyId(),
        ByteBuffer.allocate(algorithm.signatureLength()).putLong(timestamp).put(bare).array());
  }

  @Test
  void the_origin_of_an_mldsa_cosignature_has_at_most_255_octets() {
    SigningKey signer = key(KeyAlgorithm.MLDSA44_COSIGNATURE);
    NoteSignature signature = signer.sign(CHECKPOINT, TestKeys.TIME);
    Checkpoint tooLong = Checkpoint.of("x".repeat(256), 5, CHECKPOINT.root());
    assertThat(check(tooLong, signature, signer.key()))
        .isInstanceOfSatisfying(
            SignatureCheck.Wrong.class, wrong -> assertThat(wrong.reason()).contains("255"));
  }

  @Test
  void signatures_of_unknown_keys_are_told_as_unknown_even_if_they_share_a_name_or_an_id() {
    SigningKey signer = key(KeyAlgorithm.ED25519_NOTE);
    NoteSignature signature = signer.sign(CHECKPOINT, TestKeys.TIME);
    NoteSignature sameName =
        new NoteSignature(signature.name(), signature.keyId() ^ 1, signature.signature());
    NoteSignature sameId = new NoteSignature("other", signature.keyId(), signature.signature());
    SignedCheckpoint signed = SignedCheckpoint.of(CHECKPOINT, List.of(sameName, signature, sameId));
    assertThat(SignatureChecks.check(signed, List.of(signer.key())))
        .containsExactly(
            new SignatureCheck.Unknown(sameName),
            new SignatureCheck.Valid(signer.key(), OptionalLong.empty()),
            new SignatureCheck.Unknown(sameId));
    assertThat(SignatureChecks.check(signed, List.of()))
        .allMatch(SignatureCheck.Unknown.class::isInstance);
  }

  @Test
  void a_note_that_is_no_checkpoint_can_be_signed_but_not_cosigned() {
    SigningKey signer = key(KeyAlgorithm.ED25519_NOTE);
    SigningKey cosigner = key(KeyAlgorithm.ED25519_COSIGNATURE);
    byte[] bare =
        TestKeys.sign(
            TestKeys.pair("signer.example", KeyAlgorithm.ED25519_NOTE).getPrivate(),
            "Ed25519",
            "hello\n".getBytes(UTF_8));
    Note note =
        Note.of(
            "hello\n",
            List.of(
                new NoteSignature(signer.key().name(), signer.key().keyId(), bare),
                new NoteSignature(cosigner.key().name(), cosigner.key().keyId(), new byte[72])));
    assertThat(SignatureChecks.check(note, List.of(signer.key(), cosigner.key())))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(SignatureCheck.Valid.class),
            second ->
                assertThat(second)
                    .isInstanceOfSatisfying(
                        SignatureCheck.Wrong.class,
                        wrong -> assertThat(wrong.reason()).contains("not a checkpoint")));
  }

  @Test
  void a_time_is_stated_to_the_second() {
    SigningKey signer = key(KeyAlgorithm.ED25519_COSIGNATURE);
    Instant late = Instant.ofEpochSecond(9, 999_999_999);
    assertThat(check(CHECKPOINT, signer.sign(CHECKPOINT, late), signer.key()))
        .isEqualTo(new SignatureCheck.Valid(signer.key(), OptionalLong.of(9)));
  }
}
