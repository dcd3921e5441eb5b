package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyCheckTest {
  private static final Checkpoint CHECKPOINT =
      Checkpoint.of(TestKeys.ORIGIN, 5, TreeHasher.plain(new byte[5]));
  private static final List<SigningKey> WITNESSES =
      List.of(
          TestKeys.make("w/1", KeyAlgorithm.ED25519_COSIGNATURE),
          TestKeys.make("w/2", KeyAlgorithm.MLDSA44_COSIGNATURE),
          TestKeys.make("w/3", KeyAlgorithm.ED25519_COSIGNATURE),
          TestKeys.make("w/4", KeyAlgorithm.ED25519_COSIGNATURE));
  private static final List<String> NAMES = List.of("X1", "X2", "X3", "Y");

  private static Policy policy(String rest) {
    StringBuilder text = new StringBuilder("log " + TestKeys.LOG.key().vkey() + "\n");
    for (int i = 0; i < WITNESSES.size(); i++) {
      text.append("witness %s %s\n".formatted(NAMES.get(i), WITNESSES.get(i).key().vkey()));
    }
    byte[] octets = (text + rest).getBytes(ISO_8859_1);
    return Policy.parse(octets, "policy");
  }

  private static SignedCheckpoint signed(SigningKey... keys) {
    return signed(CHECKPOINT, keys);
  }

  private static SignedCheckpoint signed(Checkpoint checkpoint, SigningKey... keys) {
    List<NoteSignature> signatures = new ArrayList<>();
    for (SigningKey key : keys) {
      signatures.add(key.sign(checkpoint, TestKeys.TIME));
    }
    return SignedCheckpoint.of(checkpoint, signatures);
  }

  private static String missing(PolicyCheck check) {
    assertThat(check).isInstanceOf(PolicyCheck.QuorumMissing.class);
    PolicyCheck.QuorumMissing missing = (PolicyCheck.QuorumMissing) check;
    assertThat(missing.log()).isEqualTo(TestKeys.LOG.key());
    assertThat(missing.reasons()).containsExactly("the quorum is missing: " + missing.statement());
    return missing.statement();
  }

  @Test
  void the_signature_of_a_listed_log_is_enough_where_the_quorum_is_none() {
    SignedCheckpoint signed = signed(TestKeys.LOG);
    PolicyCheck check = Policy.ofLog(TestKeys.LOG.key()).check(signed);
    assertThat(check)
        .isInstanceOfSatisfying(
            PolicyCheck.Accepted.class,
            accepted -> {
              assertThat(accepted.log()).isEqualTo(TestKeys.LOG.key());
              assertThat(accepted.witnesses()).isEmpty();
              assertThat(accepted.signatures()).hasSize(1);
              assertThat(accepted.reasons()).isEmpty();
            });
  }

  @Test
  void witnesses_that_cosigned_are_named_even_where_none_is_asked_for() {
    assertThat(
            policy("quorum none\n").check(signed(WITNESSES.get(2), TestKeys.LOG, WITNESSES.get(1))))
        .isInstanceOfSatisfying(
            PolicyCheck.Accepted.class,
            accepted -> assertThat(accepted.witnesses()).containsExactly("X2", "X3"));
  }

  @Test
  void witnesses_alone_do_not_make_up_for_the_log() {
    assertThat(policy("quorum X1\n").check(signed(WITNESSES.get(0))))
        .isInstanceOfSatisfying(
            PolicyCheck.NoLogSignature.class,
            refused ->
                assertThat(refused.reasons())
                    .containsExactly("log " + TestKeys.LOG.key() + " has not signed it"));
  }

  @Test
  void a_policy_without_logs_accepts_nothing() {
    Policy policy = new Policy(List.of(), List.of(), List.of(), "none");
    assertThat(policy.check(signed(TestKeys.LOG))).isInstanceOf(PolicyCheck.NoLogSignature.class);
  }

  @Test
  void the_name_of_the_log_is_the_origin_of_its_checkpoints() {
    Checkpoint other = Checkpoint.of("other.example", 5, CHECKPOINT.root());
    assertThat(Policy.ofLog(TestKeys.LOG.key()).check(signed(other, TestKeys.LOG)))
        .isInstanceOfSatisfying(
            PolicyCheck.NoLogSignature.class,
            refused -> assertThat(refused.reasons().getFirst()).contains("other.example"));
  }

  @Test
  void any_one_of_several_keys_of_a_log_will_do() {
    Policy policy =
        new Policy(
            List.of(
                new Policy.LogKey(TestKeys.LOG.key(), null),
                new Policy.LogKey(TestKeys.PQ_LOG.key(), null)),
            List.of(),
            List.of(),
            "none");
    for (SigningKey log : List.of(TestKeys.LOG, TestKeys.PQ_LOG)) {
      assertThat(policy.check(signed(log)))
          .isInstanceOfSatisfying(
              PolicyCheck.Accepted.class,
              accepted -> assertThat(accepted.log()).isEqualTo(log.key()));
    }
  }

  @Test
  void signatures_of_unknown_keys_change_nothing() {
    SigningKey stranger = TestKeys.make("stranger", KeyAlgorithm.ED25519_COSIGNATURE);
    NoteSignature noise = new NoteSignature("noise", 1, new byte[1]);
    SignedCheckpoint signed = signed(stranger, TestKeys.LOG, WITNESSES.get(0)).with(noise);
    assertThat(policy("quorum X1\n").check(signed)).isInstanceOf(PolicyCheck.Accepted.class);
    assertThat(missing(policy("quorum Y\n").check(signed))).isEqualTo("witness Y has not cosigned");
  }

  @Test
  void one_wrong_signature_of_a_known_key_makes_the_whole_note_wrong() {
    NoteSignature good = WITNESSES.get(3).sign(CHECKPOINT, TestKeys.TIME);
    NoteSignature wrong = TestKeys.with(good, TestKeys.flipped(good.signature(), 20));
    for (String quorum : List.of("quorum none\n", "quorum X1\n", "quorum Y\n")) {
      assertThat(policy(quorum).check(signed(TestKeys.LOG, WITNESSES.get(0)).with(good, wrong)))
          .isInstanceOfSatisfying(
              PolicyCheck.WrongSignature.class,
              refused ->
                  assertThat(refused.reasons())
                      .singleElement()
                      .asString()
                      .contains(WITNESSES.get(3).key().toString()));
    }
  }

  @Test
  void a_witness_that_cosigns_twice_counts_once() {
    NoteSignature later = WITNESSES.get(0).sign(CHECKPOINT, TestKeys.TIME.plusSeconds(1));
    SignedCheckpoint twice = signed(TestKeys.LOG, WITNESSES.get(0)).with(later);
    assertThat(twice.note().signatures()).hasSize(3);
    assertThat(missing(policy("group X 2 X1 X2 X3\nquorum X\n").check(twice)))
        .isEqualTo("group X has 1 of 2: X1 yes, X2 no, X3 no");
  }

  @Test
  void a_missing_quorum_is_told_by_name_from_the_top_down() {
    Policy policy = policy("group Xs 2 X1 X2 X3\ngroup Z all Xs Y\nquorum Z\n");
    assertThat(missing(policy.check(signed(TestKeys.LOG, WITNESSES.get(2)))))
        .isEqualTo("group Z has 0 of 2: Xs no, Y no; group Xs has 1 of 2: X1 no, X2 no, X3 yes");
    assertThat(
            missing(
                policy.check(
                    signed(TestKeys.LOG, WITNESSES.get(0), WITNESSES.get(1), WITNESSES.get(2)))))
        .isEqualTo("group Z has 1 of 2: Xs yes, Y no");
    assertThat(
            policy.check(
                signed(TestKeys.LOG, WITNESSES.get(0), WITNESSES.get(1), WITNESSES.get(3))))
        .isInstanceOf(PolicyCheck.Accepted.class);
  }

  @Test
  void a_cosignature_for_another_checkpoint_is_wrong() {
    Checkpoint other = Checkpoint.of(TestKeys.ORIGIN, 6, CHECKPOINT.root());
    SignedCheckpoint mixed = signed(TestKeys.LOG).with(WITNESSES.get(0).sign(other, TestKeys.TIME));
    assertThat(policy("quorum none\n").check(mixed)).isInstanceOf(PolicyCheck.WrongSignature.class);
  }
}
