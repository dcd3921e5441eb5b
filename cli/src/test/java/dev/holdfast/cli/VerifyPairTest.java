package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.WitnessRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two checkpoints: does the larger tree continue the smaller? */
final class VerifyPairTest {
  @TempDir private Path folder = Path.of("");

  private LedgerDesk desk = new LedgerDesk(folder);
  private String vkey = "";
  private String empty = "";
  private String small = "";
  private String large = "";
  private String forked = "";

  /** A log of 400 entries, and another history of it from the 10th entry on. */
  @BeforeEach
  void logs() {
    desk = new LedgerDesk(folder);
    vkey = desk.init();
    empty = desk.checkpoint("empty");
    desk.append(LedgerDesk.lines(0, 10));
    desk.copy("log", "fork");
    desk.append(LedgerDesk.lines(10, 100));
    small = desk.checkpoint("small");
    desk.append(LedgerDesk.lines(100, 400));
    large = desk.checkpoint("large");
    desk.ok(
        LedgerDesk.lines(1010, 1100).getBytes(UTF_8),
        "ledger",
        "append",
        desk.at("fork"),
        "--key",
        desk.at("log.key"),
        "--lines");
    forked = desk.file("forked", desk.octets("fork/checkpoint"));
  }

  private Desk.Result verify(String... arguments) {
    List<String> all = new ArrayList<>(List.of("verify"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--vkey", vkey));
    return desk.run(all.toArray(String[]::new));
  }

  private String proof(String from) {
    return desk.file("proof", desk.run("ledger", "prove", desk.at("log"), "--from", from).out());
  }

  @Test
  void a_checkpoint_is_consistent_with_itself() {
    Desk.Result result = verify(small, small);
    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("Consistent: both checkpoints").contains("100 entries");
  }

  @Test
  void two_roots_of_one_size_are_a_fork() {
    Desk.Result result = verify(small, forked);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("FORKED: the log " + LedgerDesk.ORIGIN)
        .contains("size 100");
    JsonNode line = verify(small, forked, "--output", "json").lines().getFirst();
    assertThat(line.propertyNames())
        .containsExactly(
            "kind",
            "result",
            "origin",
            "oldSize",
            "oldRoot",
            "size",
            "root",
            "oldQuorum",
            "quorum",
            "witnesses",
            "reasons");
    assertThat(line.path("result").asString()).isEqualTo("FORKED");
  }

  @Test
  void different_sizes_need_a_proof_or_the_log() {
    Desk.Result result = verify(small, large);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-2001 ").contains("--proof", "--log");
    assertThat(verify(small, large, "--proof", proof("100"), "--log", desk.at("log")).err())
        .contains("exclude each other");
  }

  @Test
  void a_proof_shows_that_the_log_grew_in_whichever_order_they_are_given() {
    String proof = proof("100");
    Desk.Result result = verify(small, large, "--proof", proof);
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .startsWith("Consistent: the log " + LedgerDesk.ORIGIN + " grew from 100 to 400 entries");
    assertThat(verify(large, small, "--proof", proof).out()).isEqualTo(result.out());
  }

  @Test
  void a_proof_may_be_bare_hashes() {
    String request = desk.run("ledger", "prove", desk.at("log"), "--from", "100").out();
    String hashes =
        WitnessRequest.parse(request.getBytes(UTF_8)).proof().stream()
            .map(Hash::base64)
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(verify(small, large, "--proof", desk.file("hashes", hashes)).status()).isZero();
    Desk.Result bad = verify(small, large, "--proof", desk.file("bad", "AAAA\n"));
    assertThat(bad.status()).isEqualTo(2);
    assertThat(bad.err()).startsWith("HF-3004 " + desk.at("bad")).contains("line 1");
  }

  @Test
  void a_wrong_proof_proves_nothing_and_is_not_called_a_fork() {
    Desk.Result result = verify(small, large, "--proof", proof("99"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).startsWith("Not proved: ").doesNotContain("FORKED");
    assertThat(verify(forked, large, "--proof", proof("100")).status()).isEqualTo(1);
  }

  @Test
  void the_log_itself_shows_that_it_grew_or_forked() {
    assertThat(verify(small, large, "--log", desk.at("log")).out()).startsWith("Consistent: ");
    Desk.Result fork = verify(forked, large, "--log", desk.at("log"));
    assertThat(fork.status()).isEqualTo(1);
    assertThat(fork.out()).startsWith("FORKED: ").contains("first 100 entries");
  }

  @Test
  void a_log_that_is_not_that_of_the_checkpoint_tells_nothing() {
    Desk.Result missing = verify(small, large, "--log", desk.at("fork"));
    assertThat(missing.status()).isEqualTo(3);
    assertThat(missing.err()).startsWith("HF-3013 ");
    desk.ok(
        LedgerDesk.lines(1100, 1400).getBytes(UTF_8),
        "ledger",
        "append",
        desk.at("fork"),
        "--key",
        desk.at("log.key"),
        "--lines");
    Desk.Result other = verify(small, large, "--log", desk.at("fork"));
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.out()).startsWith("Not proved: ").contains("tell nothing");
  }

  @Test
  void everything_continues_the_empty_log() {
    assertThat(verify(empty, large).status()).isZero();
    assertThat(verify(empty, large).out()).contains("from 0 to 400");
  }

  @Test
  void a_continuation_needs_the_checkpoint_that_it_begins_with() {
    String proof = proof("100");
    assertThat(verify(proof).err()).startsWith("HF-2001 ").contains("--from");
    assertThat(verify(proof, "--from", small).status()).isZero();
    Desk.Result fork = verify(proof, "--from", forked);
    assertThat(fork.status()).isEqualTo(1);
    assertThat(fork.out()).startsWith("Not proved: ");
    assertThat(verify(proof, "--from", large).out()).contains("begins at size 100");
    assertThat(verify(proof, "--from", proof).err()).contains("is not a checkpoint");
  }

  @Test
  void a_fork_by_somebody_else_says_nothing_about_the_log() {
    desk.ok(
        "ledger", "init", desk.at("b"), "--origin", LedgerDesk.ORIGIN, "--key", desk.at("b.key"));
    desk.ok(
        LedgerDesk.lines(0, 100).getBytes(UTF_8),
        "ledger",
        "append",
        desk.at("b"),
        "--key",
        desk.at("b.key"),
        "--lines");
    Desk.Result result = verify(small, desk.at("b/checkpoint"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).startsWith("Not verified: ").doesNotContain("FORKED");
  }

  @Test
  void checkpoints_of_two_logs_cannot_be_compared() {
    desk.ok("ledger", "init", desk.at("b"), "--origin", "b", "--key", desk.at("b.key"));
    Desk.Result result = verify(small, desk.at("b/checkpoint"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3015 ").contains("two logs");
    assertThat(verify(small, desk.at("log")).err()).contains("two TARGETs are two checkpoints");
  }
}
