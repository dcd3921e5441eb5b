package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The rules of C2SP tlog-witness, each by itself. */
final class WitnessTest {
  private static final Path FOLDER = Path.of("/witness");
  private static final String NAME = "witness.example/w";
  private static final SigningKey LOG = TestLogs.KEY;
  private static final SigningKey OTHER_LOG =
      TestLogs.key("log.example/other", KeyAlgorithm.ED25519_NOTE);
  private static final SigningKey STRANGER =
      TestLogs.key("stranger.example", KeyAlgorithm.ED25519_NOTE);
  private static final SigningKey ED25519 = TestLogs.key(NAME, KeyAlgorithm.ED25519_COSIGNATURE);
  private static final SigningKey MLDSA44 = TestLogs.key(NAME, KeyAlgorithm.MLDSA44_COSIGNATURE);
  private static final TestHistory HISTORY = TestHistory.of(LOG, 300);
  private static final TestHistory FORK = TestHistory.forked(LOG, 100, 300, "'");

  private final TestClock clock = new TestClock();
  private final Witness witness = open(List.of(ED25519, MLDSA44), List.of(LOG.key()));

  private Witness open(List<SigningKey> signers, Collection<VerifierKey> logs) {
    try {
      return Witness.open(new SimulatedDisk(), FOLDER, signers, logs, clock, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(WitnessAnswer answer) {
    return new String(answer.body(), UTF_8);
  }

  private static void requireRefused(WitnessAnswer answer, int status, String reason) {
    assertThat(answer.status()).as(text(answer)).isEqualTo(status);
    assertThat(answer).isInstanceOf(WitnessAnswer.Refused.class);
    assertThat(text(answer)).contains(reason).startsWith("HF-").endsWith("\n");
    assertThat(text(answer).lines()).hasSize(1);
    assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
  }

  private static void requireCosigned(WitnessAnswer answer) {
    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
  }

  private static List<SignatureCheck> checks(WitnessAnswer answer, Checkpoint checkpoint) {
    return NoteSignature.parseAll(answer.body()).stream()
        .map(line -> SignatureChecks.check(checkpoint, line, List.of(ED25519.key(), MLDSA44.key())))
        .toList();
  }

  @Test
  void the_first_checkpoint_is_cosigned_by_every_key_with_the_time_of_the_clock() {
    WitnessAnswer answer = witness.add(HISTORY.body(0, 7));

    requireCosigned(answer);
    OptionalLong time = OptionalLong.of(clock.instant().getEpochSecond());
    assertThat(checks(answer, HISTORY.checkpoint(7)))
        .containsExactly(
            new SignatureCheck.Valid(ED25519.key(), time),
            new SignatureCheck.Valid(MLDSA44.key(), time));
    assertThat(text(answer).lines()).allMatch(line -> line.startsWith("— " + NAME + " "));
  }

  @Test
  void a_log_grows_step_by_step_with_proofs() {
    long from = 0;
    for (long to : List.of(1L, 2L, 3L, 8L, 64L, 65L, 256L, 257L, 300L)) {
      requireCosigned(witness.add(HISTORY.body(from, to)));
      from = to;
    }
  }

  @Test
  void the_same_checkpoint_again_is_cosigned_again() {
    requireCosigned(witness.add(HISTORY.body(0, 7)));
    clock.move(Duration.ofHours(1));
    WitnessAnswer again = witness.add(HISTORY.body(7, 7));

    requireCosigned(again);
    assertThat(checks(again, HISTORY.checkpoint(7)).getFirst())
        .isEqualTo(
            new SignatureCheck.Valid(
                ED25519.key(), OptionalLong.of(clock.instant().getEpochSecond())));
  }

  @Test
  void an_empty_log_is_cosigned_and_grows() {
    requireCosigned(witness.add(HISTORY.body(0, 0)));
    requireCosigned(witness.add(HISTORY.body(0, 0)));
    requireCosigned(witness.add(HISTORY.body(0, 9)));
    assertThat(witness.add(HISTORY.body(0, 0))).isEqualTo(new WitnessAnswer.OtherSize(9));
  }

  @Test
  void a_body_that_is_no_request_is_malformed() {
    String good = HISTORY.request(0, 7).text();
    for (String bad :
        List.of(
            "",
            "\n",
            good.substring(4),
            good.replace("old 0", "old 00"),
            good.replace("old 0", "old -1"),
            good.replace("old 0", "old  0"),
            good.replace("old 0", "old 18446744073709551616"),
            good.replace("old 0\n", "old 0\r\n"),
            good.replace("old 0\n\n", "old 0\n"),
            good.replace("old 0\n", "old 0\nAAAA\n"),
            good.substring(0, good.length() - 1),
            good + "\n",
            good.replace("\n7\n", "\n07\n"),
            good.replace("— ", "- "))) {
      requireRefused(witness.add(bad.getBytes(UTF_8)), 400, "");
    }
    requireCosigned(witness.add(good.getBytes(UTF_8)));
  }

  @Test
  void sixty_three_hashes_are_read_and_sixty_four_are_malformed() {
    requireCosigned(witness.add(HISTORY.body(0, 7)));
    String line = HISTORY.root(1).base64() + "\n";
    String tail = "\n" + HISTORY.signed(9).note();

    requireRefused(
        witness.add(("old 7\n" + line.repeat(63) + tail).getBytes(UTF_8)), 422, "the length 63");
    requireRefused(
        witness.add(("old 7\n" + line.repeat(64) + tail).getBytes(UTF_8)), 400, "63 hashes");
  }

  @Test
  void a_request_larger_than_any_is_malformed() {
    requireRefused(witness.add(new byte[WitnessRequest.LARGEST + 1]), 400, "larger than");
  }

  @Test
  void an_unknown_origin_is_not_found_whoever_signed_it() {
    TestHistory stranger = TestHistory.of(STRANGER, 7);

    requireRefused(witness.add(stranger.body(0, 7)), 404, "stranger.example");
    // Even where other things are wrong with it as well.
    requireRefused(
        witness.add(new WitnessRequest(9, List.of(), stranger.signed(7)).octets()), 404, "");
  }

  @Test
  void a_checkpoint_without_a_trusted_signature_is_forbidden() {
    Checkpoint checkpoint = HISTORY.checkpoint(7);
    SignedCheckpoint signed =
        SignedCheckpoint.of(checkpoint, List.of(STRANGER.sign(checkpoint, Instant.EPOCH)));

    requireRefused(
        witness.add(new WitnessRequest(0, List.of(), signed).octets()), 403, "no trusted key");
  }

  @Test
  void a_key_of_another_log_is_not_trusted_for_this_one() {
    Witness both = open(List.of(ED25519), List.of(LOG.key(), OTHER_LOG.key()));
    Checkpoint checkpoint = HISTORY.checkpoint(7);
    SignedCheckpoint signed =
        SignedCheckpoint.of(checkpoint, List.of(OTHER_LOG.sign(checkpoint, Instant.EPOCH)));

    requireRefused(
        both.add(new WitnessRequest(0, List.of(), signed).octets()), 403, "no trusted key");
  }

  @Test
  void a_wrong_signature_that_names_a_trusted_key_is_forbidden_beside_a_good_one_too() {
    SignedCheckpoint good = HISTORY.signed(7);
    NoteSignature wrong = HISTORY.signed(8).note().signatures().getFirst();

    requireRefused(
        witness.add(new WitnessRequest(0, List.of(), good.with(wrong)).octets()), 403, "is wrong");
    requireRefused(
        witness.add(
            new WitnessRequest(0, List.of(), SignedCheckpoint.of(good.checkpoint(), List.of(wrong)))
                .octets()),
        403,
        "is wrong");
  }

  @Test
  void signatures_by_unknown_keys_are_ignored_and_not_kept() {
    Checkpoint checkpoint = HISTORY.checkpoint(7);
    NoteSignature unknown = STRANGER.sign(checkpoint, Instant.EPOCH);
    NoteSignature nonsense = new NoteSignature(LOG.key().name(), 12_345, new byte[] {1, 2, 3});
    SignedCheckpoint signed =
        SignedCheckpoint.of(
            checkpoint, List.of(unknown, nonsense, LOG.sign(checkpoint, Instant.EPOCH)));

    requireCosigned(witness.add(new WitnessRequest(0, List.of(), signed).octets()));
    assertThat(witness.latest(CosignedFiles.originHash(LOG.key().name())).orElseThrow().note())
        .satisfies(note ->
            assertThat(note.signatures())
                .hasSize(3)
                .doesNotContain(unknown, nonsense)
                .contains(LOG.sign(checkpoint, Instant.EPOCH)));
  }

  @Test
  void an_old_size_above_the_checkpoints_is_malformed_before_it_is_a_conflict() {
    requireRefused(
        witness.add(new WitnessRequest(8, List.of(), HISTORY.signed(7)).octets()),
        400,
        "greater than the checkpoint's");
  }

  @Test
  void another_old_size_is_a_conflict_that_names_the_size_in_its_own_media_type() {
    WitnessAnswer never = witness.add(HISTORY.body(3, 7));
    assertThat(never.status()).isEqualTo(409);
    assertThat(text(never)).isEqualTo("0\n");
    assertThat(never.contentType()).isEqualTo("text/x.tlog.size");

    requireCosigned(witness.add(HISTORY.body(0, 200)));
    assertThat(text(witness.add(HISTORY.body(0, 300)))).isEqualTo("200\n");
    assertThat(text(witness.add(HISTORY.body(199, 300)))).isEqualTo("200\n");
    assertThat(text(witness.add(HISTORY.body(100, 100)))).isEqualTo("200\n");
  }

  @Test
  void a_conflict_is_told_before_a_wrong_proof_is_looked_at() {
    requireCosigned(witness.add(HISTORY.body(0, 200)));

    assertThat(
            witness.add(new WitnessRequest(0, List.of(HISTORY.root(1)), FORK.signed(300)).octets()))
        .isEqualTo(new WitnessAnswer.OtherSize(200));
  }

  @Test
  void an_empty_tree_has_the_root_of_nothing() {
    Checkpoint wrong = Checkpoint.of(LOG.key().name(), 0, HISTORY.root(1));

    requireRefused(
        witness.add(new WitnessRequest(0, List.of(), HISTORY.signed(wrong)).octets()),
        422,
        TreeHasher.emptyRoot().base64());
  }

  @Test
  void a_proof_from_nothing_is_empty() {
    requireRefused(
        witness.add(new WitnessRequest(0, List.of(HISTORY.root(1)), HISTORY.signed(7)).octets()),
        422,
        "no hashes");
    requireCosigned(witness.add(HISTORY.body(0, 0)));
    requireRefused(
        witness.add(new WitnessRequest(0, List.of(HISTORY.root(1)), HISTORY.signed(7)).octets()),
        422,
        "no hashes");
  }

  @Test
  void a_proof_that_does_not_hold_is_refused() {
    requireCosigned(witness.add(HISTORY.body(0, 150)));
    List<Hash> proof = HISTORY.proof(150, 300);
    List<Hash> reversed = new ArrayList<>(proof);
    Collections.reverse(reversed);
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(HISTORY.root(1));

    for (List<Hash> bad :
        List.of(List.<Hash>of(), proof.subList(1, proof.size()), reversed, longer)) {
      requireRefused(
          witness.add(new WitnessRequest(150, bad, HISTORY.signed(300)).octets()), 422, "HF-3024");
    }
    requireCosigned(witness.add(HISTORY.body(150, 300)));
  }

  @Test
  void a_fork_is_refused_whichever_proof_comes_with_it() {
    requireCosigned(witness.add(HISTORY.body(0, 150)));

    requireRefused(witness.add(FORK.body(150, 300)), 422, "old root");
    requireRefused(
        witness.add(new WitnessRequest(150, HISTORY.proof(150, 300), FORK.signed(300)).octets()),
        422,
        "new root");
    assertThat(witness.latest(CosignedFiles.originHash(LOG.key().name())).orElseThrow())
        .extracting(SignedCheckpoint::checkpoint)
        .isEqualTo(HISTORY.checkpoint(150));
  }

  @Test
  void equal_sizes_need_equal_roots_and_no_proof() {
    requireCosigned(witness.add(HISTORY.body(0, 150)));

    requireRefused(witness.add(FORK.body(150, 150)), 422, "HF-3024");
    requireRefused(
        witness.add(
            new WitnessRequest(150, List.of(HISTORY.root(1)), HISTORY.signed(150)).octets()),
        422,
        "the path has the length 1");
    requireCosigned(witness.add(HISTORY.body(150, 150)));
  }

  @Test
  void nothing_that_was_refused_changes_what_is_remembered() {
    requireCosigned(witness.add(HISTORY.body(0, 150)));
    SignedCheckpoint before = latest();

    witness.add(FORK.body(150, 300));
    witness.add(HISTORY.body(0, 300));
    witness.add(new byte[9]);

    assertThat(latest()).isEqualTo(before);
  }

  private SignedCheckpoint latest() {
    return witness.latest(CosignedFiles.originHash(LOG.key().name())).orElseThrow();
  }

  @Test
  void the_latest_checkpoint_carries_what_was_answered() {
    assertThat(witness.latest(CosignedFiles.originHash(LOG.key().name()))).isEmpty();

    WitnessAnswer answer = witness.add(HISTORY.body(0, 7));

    assertThat(latest().checkpoint()).isEqualTo(HISTORY.checkpoint(7));
    assertThat(latest().note().signatures())
        .containsAll(NoteSignature.parseAll(answer.body()))
        .containsAll(HISTORY.signed(7).note().signatures());
    assertThat(witness.latest("00".repeat(32))).isEmpty();
    assertThat(witness.latest("../witness")).isEmpty();
  }

  @Test
  void several_keys_of_a_log_are_each_trusted_and_kept() {
    SigningKey second = TestLogs.key(LOG.key().name(), KeyAlgorithm.MLDSA44_COSIGNATURE);
    Witness both = open(List.of(ED25519), List.of(LOG.key(), second.key(), LOG.key()));
    Checkpoint checkpoint = HISTORY.checkpoint(7);
    SignedCheckpoint signed = HISTORY.signed(7).with(second.sign(checkpoint, clock.instant()));
    SignedCheckpoint twice = signed.with(second.sign(checkpoint, clock.instant().plusSeconds(1)));

    requireCosigned(both.add(new WitnessRequest(0, List.of(), twice).octets()));
    assertThat(both.latest(CosignedFiles.originHash(LOG.key().name())).orElseThrow().note())
        .satisfies(note -> assertThat(note.signatures()).hasSize(3));
    requireCosigned(
        both.add(
            new WitnessRequest(
                    7,
                    List.of(),
                    SignedCheckpoint.of(
                        checkpoint, List.of(second.sign(checkpoint, clock.instant()))))
                .octets()));
  }

  @Test
  void logs_do_not_share_their_sizes() {
    Witness both = open(List.of(ED25519), List.of(LOG.key(), OTHER_LOG.key()));

    requireCosigned(both.add(HISTORY.body(0, 150)));
    requireCosigned(both.add(TestHistory.of(OTHER_LOG, 9).body(0, 9)));
    requireCosigned(both.add(HISTORY.body(150, 300)));
  }

  @Test
  void the_time_is_never_zero_and_never_goes_back() {
    clock.set(Instant.EPOCH.minusSeconds(1000));
    assertThat(time(witness.add(HISTORY.body(0, 1)))).isEqualTo(1);
    clock.set(Instant.ofEpochSecond(5000));
    assertThat(time(witness.add(HISTORY.body(1, 2)))).isEqualTo(5000);
    clock.set(Instant.ofEpochSecond(4000));
    assertThat(time(witness.add(HISTORY.body(2, 3)))).isEqualTo(5000);
    clock.set(Instant.ofEpochSecond(5001));
    assertThat(time(witness.add(HISTORY.body(3, 4)))).isEqualTo(5001);
  }

  private long time(WitnessAnswer answer) {
    requireCosigned(answer);
    return ((SignatureCheck.Valid) checks(answer, latest().checkpoint()).getFirst())
        .timestamp()
        .orElseThrow();
  }

  @Test
  void keys_that_cannot_cosign_are_refused_when_it_is_opened() {
    assertMismatch(List.of(LOG), List.of(LOG.key()), "not one of a cosigner");
    assertMismatch(List.of(ED25519, ED25519), List.of(LOG.key()), "are the same");
    SigningKey renamed =
        SigningKey.of(
            VerifierKey.of("another.example", ED25519.key().algorithm(), ED25519.key().publicKey()),
            ED25519.pkcs8());
    assertMismatch(List.of(ED25519, renamed), List.of(LOG.key()), "are the same");
    SigningKey longName = TestLogs.key("l".repeat(256), KeyAlgorithm.ED25519_NOTE);
    assertMismatch(List.of(ED25519, MLDSA44), List.of(longName.key()), "255 octets");
    requireCosigned(
        open(List.of(ED25519), List.of(longName.key()))
            .add(TestHistory.of(longName, 3).body(0, 3)));
  }

  private void assertMismatch(
      List<SigningKey> signers, Collection<VerifierKey> logs, String reason) {
    assertThatThrownBy(() -> open(signers, logs))
        .isInstanceOf(CodedException.class)
        .hasMessageContaining(reason)
        .extracting(e -> ((CodedException) e).problem().code())
        .isEqualTo(ErrorCode.KEY_MISMATCH);
  }

  @Test
  void extension_lines_are_cosigned_with_the_rest() {
    Checkpoint extended =
        new Checkpoint(LOG.key().name(), 7, HISTORY.root(7), List.of("a line", "and more"));
    WitnessAnswer answer =
        witness.add(new WitnessRequest(0, List.of(), HISTORY.signed(extended)).octets());

    requireCosigned(answer);
    assertThat(checks(answer, extended)).allMatch(SignatureCheck.Valid.class::isInstance);
  }
}
