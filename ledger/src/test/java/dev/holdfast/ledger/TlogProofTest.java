package dev.holdfast.ledger;

import static dev.holdfast.base.ErrorCode.MALFORMED_NOTE;
import static dev.holdfast.base.ErrorCode.MALFORMED_PROOF;
import static dev.holdfast.ledger.Coded.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlogProofTest {
  private static final int SIZE = 11;
  private static final List<Hash> LEAVES = leaves();
  private static final MemoryTree TREE = tree();
  private static final Checkpoint CHECKPOINT = Checkpoint.of(TestKeys.ORIGIN, SIZE, TREE.root());
  private static final SignedCheckpoint SIGNED =
      SignedCheckpoint.of(
          CHECKPOINT,
          List.of(
              TestKeys.LOG.sign(CHECKPOINT, TestKeys.TIME),
              TestKeys.WITNESS.sign(CHECKPOINT, TestKeys.TIME)));
  private static final Policy POLICY = policy("W");

  private static List<Hash> leaves() {
    TreeHasher hasher = new TreeHasher();
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      leaves.add(hasher.leaf(("entry " + i).getBytes(UTF_8)));
    }
    return leaves;
  }

  private static MemoryTree tree() {
    MemoryTree tree = new MemoryTree();
    LEAVES.forEach(tree::append);
    return tree;
  }

  private static Policy policy(String quorum) {
    return new Policy(
        List.of(new Policy.LogKey(TestKeys.LOG.key(), null)),
        List.of(
            new Policy.Witness("W", TestKeys.WITNESS.key(), null),
            new Policy.Witness("V", TestKeys.PQ_WITNESS.key(), null)),
        List.of(),
        quorum);
  }

  private static TlogProof proof(long index) {
    try {
      return new TlogProof(
          Optional.empty(), index, InclusionProof.make(index, SIZE, TREE).path(), SIGNED);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static TlogProof parse(String text) {
    return TlogProof.parse(text.getBytes(UTF_8));
  }

  @Test
  void a_proof_of_each_entry_proves_it_and_no_other() {
    for (int i = 0; i < SIZE; i++) {
      TlogProof proof = TlogProof.parse(proof(i).octets());
      assertThat(proof).isEqualTo(proof(i)).hasSameHashCodeAs(proof(i));
      for (int j = 0; j < SIZE; j++) {
        TlogProofCheck check = proof.check(LEAVES.get(j), POLICY);
        if (i == j) {
          assertThat(check)
              .isEqualTo(new TlogProofCheck.Proved(i, TestKeys.LOG.key(), List.of("W")));
        } else {
          assertThat(check)
              .isInstanceOfSatisfying(
                  TlogProofCheck.Refused.class,
                  refused ->
                      assertThat(refused.reasons())
                          .singleElement()
                          .asString()
                          .contains(TREE.root().base64()));
        }
      }
    }
  }

  @Test
  void too_few_witnesses_are_told_apart_from_a_wrong_proof() {
    assertThat(proof(3).check(LEAVES.get(3), policy("V")))
        .isEqualTo(
            new TlogProofCheck.QuorumMissing(
                3, TestKeys.LOG.key(), List.of("W"), "witness V has not cosigned"));
    assertThat(proof(3).check(LEAVES.get(4), policy("V")))
        .isInstanceOfSatisfying(
            TlogProofCheck.Refused.class, refused -> assertThat(refused.reasons()).hasSize(2));
  }

  @Test
  void a_log_that_is_not_in_the_policy_proves_nothing() {
    Policy other = Policy.ofLog(TestKeys.make("other", KeyAlgorithm.ED25519_NOTE).key());
    assertThat(proof(3).check(LEAVES.get(3), other)).isInstanceOf(TlogProofCheck.Refused.class);
  }

  @Test
  void a_wrong_signature_proves_nothing() {
    NoteSignature wrong =
        TestKeys.with(
            SIGNED.note().signatures().get(1),
            TestKeys.flipped(SIGNED.note().signatures().get(1).signature(), 9));
    TlogProof proof = new TlogProof(Optional.empty(), 3, proof(3).path(), SIGNED.with(wrong));
    assertThat(proof.check(LEAVES.get(3), policy("none")))
        .isInstanceOf(TlogProofCheck.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {SIZE, SIZE + 1, Long.MAX_VALUE})
  void an_index_beyond_the_tree_is_read_but_proves_nothing(long index) {
    TlogProof proof = parse(new TlogProof(Optional.empty(), index, proof(0).path(), SIGNED).text());
    assertThat(proof.check(LEAVES.get(0), POLICY)).isInstanceOf(TlogProofCheck.Refused.class);
  }

  @Test
  void extra_octets_are_kept_and_vouched_for_by_nobody() {
    byte[] extra = {1, 2, 3};
    TlogProof proof = new TlogProof(Optional.of(extra), 3, proof(3).path(), SIGNED);
    assertThat(proof.text()).startsWith("c2sp.org/tlog-proof@v1\nextra AQID\nindex 3\n");
    assertThat(parse(proof.text())).isEqualTo(proof).isNotEqualTo(proof(3));
    assertThat(proof.check(LEAVES.get(3), POLICY)).isInstanceOf(TlogProofCheck.Proved.class);
    extra[0] = 9;
    proof.extra().orElseThrow()[0] = 9;
    assertThat(proof.extra())
        .hasValueSatisfying(octets -> assertThat(octets[0]).isEqualTo((byte) 1));
    TlogProof empty = new TlogProof(Optional.of(new byte[0]), 3, proof(3).path(), SIGNED);
    assertThat(parse(empty.text())).isEqualTo(empty).isNotEqualTo(proof(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c2sp.org/tlog-proof@v2\nindex 3",
        "C2SP.org/tlog-proof@v1\nindex 3",
        "c2sp.org/tlog-proof@v1 \nindex 3",
        "c2sp.org/tlog-proof@v1\r\nindex 3",
        "\nc2sp.org/tlog-proof@v1\nindex 3",
        "c2sp.org/tlog-proof@v1\n\nindex 3",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\nextra AQID",
        "c2sp.org/tlog-proof@v1\nextra\nindex 3",
        "c2sp.org/tlog-proof@v1\nextra  AQID\nindex 3",
        "c2sp.org/tlog-proof@v1\nextra AQI\nindex 3",
        "c2sp.org/tlog-proof@v1\nextra AQJ=\nindex 3",
        "c2sp.org/tlog-proof@v1\nextra AQID\nextra AQID\nindex 3",
        "c2sp.org/tlog-proof@v1\nindex 3\nextra AQID",
        "c2sp.org/tlog-proof@v1\nindex 03",
        "c2sp.org/tlog-proof@v1\nindex -3",
        "c2sp.org/tlog-proof@v1\nindex",
        "c2sp.org/tlog-proof@v1\nindex ",
        "c2sp.org/tlog-proof@v1\nindex  3",
        "c2sp.org/tlog-proof@v1\nindex 3 ",
        "c2sp.org/tlog-proof@v1\nindex 9223372036854775808",
        "c2sp.org/tlog-proof@v1\nindex 3\nAQID",
        "c2sp.org/tlog-proof@v1\nindex 3\n "
      })
  void another_beginning_is_refused(String beginning) {
    refused(MALFORMED_PROOF, () -> parse(beginning + "\n\n" + SIGNED.note()));
  }

  @Test
  void a_proof_that_ends_early_is_refused() {
    String text = proof(3).text();
    int blank = text.indexOf("\n\n");
    for (int end = 0; end < blank + 2; end++) {
      String cut = text.substring(0, end);
      refused(MALFORMED_PROOF, () -> parse(cut));
    }
    refused(MALFORMED_NOTE, () -> parse(text.substring(0, blank + 2)));
    refused(MALFORMED_NOTE, () -> parse(text.stripTrailing()));
    refused(MALFORMED_PROOF, () -> TlogProof.parse(new byte[TlogProof.LARGEST + 1]));
  }

  @Test
  void a_path_has_at_most_63_hashes() {
    Hash hash = TREE.root();
    TlogProof longest = new TlogProof(Optional.empty(), 0, Collections.nCopies(63, hash), SIGNED);
    assertThat(parse(longest.text())).isEqualTo(longest);
    String more = longest.text().replaceFirst("\n\n", "\n" + hash + "\n\n");
    assertThat(refused(MALFORMED_PROOF, () -> parse(more)).line()).isEqualTo(66);
    assertThatThrownBy(
            () -> new TlogProof(Optional.empty(), 0, Collections.nCopies(64, hash), SIGNED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TlogProof(Optional.empty(), -1, List.of(), SIGNED))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
