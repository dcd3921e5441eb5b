package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.TlogProof;
import dev.holdfast.ledger.WitnessRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LedgerProveTest {
  @TempDir private Path folder = Path.of("");

  private LedgerDesk desk() {
    return new LedgerDesk(folder);
  }

  private LedgerDesk log(int entries) {
    LedgerDesk desk = desk();
    desk.init();
    desk.append(LedgerDesk.lines(0, entries));
    return desk;
  }

  private Desk.Result prove(String... more) {
    String[] arguments = new String[3 + more.length];
    System.arraycopy(new String[] {"ledger", "prove", desk().at("log")}, 0, arguments, 0, 3);
    System.arraycopy(more, 0, arguments, 3, more.length);
    return desk().run(arguments);
  }

  private static JsonNode extra(String proof) {
    return Json.mapper().readTree(TlogProof.parse(proof.getBytes(UTF_8)).extra().orElseThrow());
  }

  @Test
  void what_is_printed_is_the_proof_file_itself() {
    log(300);
    Desk.Result result = prove("299");
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    TlogProof proof = TlogProof.parse(result.out().getBytes(UTF_8));
    assertThat(proof.index()).isEqualTo(299);
    assertThat(proof.text()).isEqualTo(result.out());
    assertThat(proof.checkpoint().checkpoint().size()).isEqualTo(300);
  }

  @Test
  void json_holds_the_parts_and_the_file() {
    log(5);
    JsonNode line = prove("3", "--output", "json").lines().getFirst();
    assertThat(line.propertyNames())
        .containsExactly(
            "index", "leafHash", "origin", "size", "root", "path", "quorum", "statement", "proof");
    assertThat(line.path("proof").asString()).isEqualTo(prove("3").out());
    assertThat(line.path("size").asLong()).isEqualTo(5);
    assertThat(line.path("path")).hasSize(3);
  }

  @Test
  void an_entry_that_is_not_published_is_a_coded_error() {
    log(5);
    Desk.Result result = prove("5");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("HF-3014 ").contains("entry 5", "5 entries");
    assertThat(prove("9223372036854775807").err()).startsWith("HF-3014 ");
    assertThat(prove("-1").status()).isEqualTo(2);
    assertThat(prove("first").err()).startsWith("HF-2001 ");
  }

  @Test
  void without_a_policy_the_extra_line_says_that_nobody_was_asked() {
    log(1);
    JsonNode extra = extra(prove("0").out());
    assertThat(extra.propertyNames()).containsExactly("holdfast", "quorum", "statement");
    assertThat(extra.path("holdfast").asString()).isEqualTo("proof");
    assertThat(extra.path("quorum").asString()).isEqualTo("none");
  }

  @Test
  void a_missing_quorum_is_stated_in_the_proof_and_on_standard_error() {
    String witness = desk().ok("witness", "init", "--name", "w.example", "--key", desk().at("w"));
    String policy = desk().file("policy", "witness w " + witness + "\nquorum w\n");
    desk().init("--policy", policy);
    Desk.Result appended = desk().append("x\n");
    assertThat(appended.status()).isZero();
    assertThat(appended.err()).contains("witness w has not cosigned: ", "quorum is missing");
    Desk.Result result = prove("0");
    assertThat(result.status()).isZero();
    assertThat(result.err()).startsWith("The quorum is missing: witness w has not cosigned");
    assertThat(extra(result.out()).path("quorum").asString()).isEqualTo("missing");
    assertThat(extra(result.out()).path("statement").asString()).contains("w", "not cosigned");
  }

  @Test
  void a_policy_that_is_given_replaces_the_logs_own() {
    String witness = desk().ok("witness", "init", "--name", "w.example", "--key", desk().at("w"));
    String policy = desk().file("policy", "witness w " + witness + "\nquorum w\n");
    log(1);
    assertThat(extra(prove("0").out()).path("quorum").asString()).isEqualTo("none");
    assertThat(extra(prove("0", "--policy", policy).out()).path("quorum").asString())
        .isEqualTo("missing");
  }

  @Test
  void a_log_that_is_damaged_proves_nothing() {
    log(300);
    desk().flip("log/tile/entries/000", 5);
    Desk.Result entry = prove("0");
    assertThat(entry.status()).isEqualTo(3);
    assertThat(entry.out()).isEmpty();
    assertThat(entry.err()).startsWith("HF-3013 ").contains("entry 0");
    assertThat(prove("299").status()).isZero();
    desk().flip("log/tile/0/001.p/44", 40);
    assertThat(prove("299").err()).startsWith("HF-3013 ");
    assertThat(prove("--from", "100").err()).startsWith("HF-3013 ");
  }

  @Test
  void a_continuation_has_the_form_of_a_witness_request() {
    log(300);
    Desk.Result result = prove("--from", "100");
    assertThat(result.status()).isZero();
    WitnessRequest request = WitnessRequest.parse(result.out().getBytes(UTF_8));
    assertThat(request.oldSize()).isEqualTo(100);
    assertThat(request.text()).isEqualTo(result.out());
    JsonNode line = prove("--from", "100", "--output", "json").lines().getFirst();
    assertThat(line.propertyNames())
        .containsExactly("origin", "oldSize", "oldRoot", "size", "root", "path", "proof");
    assertThat(line.path("proof").asString()).isEqualTo(result.out());
    assertThat(prove("--from", "0").status()).isZero();
    assertThat(prove("--from", "300").status()).isZero();
  }

  @Test
  void a_continuation_from_a_checkpoint_is_what_verify_takes() {
    LedgerDesk desk = desk();
    String vkey = desk.init();
    desk.append(LedgerDesk.lines(0, 10));
    String old = desk.checkpoint("old");
    desk.append(LedgerDesk.lines(10, 400));
    String proof = desk.file("proof", prove("--from", old).out());
    Desk.Result result = desk.run("verify", proof, "--from", old, "--vkey", vkey);
    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("Consistent: ").contains("from 10 to 400");
  }

  @Test
  void a_checkpoint_that_the_log_does_not_continue_is_called_a_fork() {
    LedgerDesk desk = log(3);
    desk.copy("log", "fork");
    desk.append("one way\n");
    String old = desk.checkpoint("old");
    desk.ok(
        "other\nway\n".getBytes(UTF_8),
        "ledger",
        "append",
        desk.at("fork"),
        "--key",
        desk.at("log.key"),
        "--lines");
    Desk.Result result = desk.run("ledger", "prove", desk.at("fork"), "--from", old);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("HF-3024 ").contains("FORKED");
  }

  @Test
  void a_size_or_a_checkpoint_that_the_log_cannot_begin_with_is_refused() {
    LedgerDesk desk = log(3);
    assertThat(prove("--from", "4").err()).startsWith("HF-3023 ").contains("--from", "3 entries");
    assertThat(prove("--from", "9999999999999999999").err()).startsWith("HF-2001 ");
    assertThat(prove("--from", desk.at("gone")).err()).startsWith("HF-2002 ");
    assertThat(prove("--from", desk.file("junk", "junk")).err())
        .startsWith("HF-3001 " + desk.at("junk"));
    desk.ok("ledger", "init", desk.at("b"), "--origin", "b", "--key", desk.at("b.key"));
    Desk.Result other = prove("--from", desk.at("b/checkpoint"));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).startsWith("HF-3015 ").contains("\"b\"", LedgerDesk.ORIGIN);
  }

  @Test
  void either_an_index_or_a_beginning_is_asked_for() {
    log(1);
    assertThat(prove().err()).startsWith("HF-2001 ").contains("INDEX", "--from");
    assertThat(prove("0", "--from", "0").err()).startsWith("HF-2001 ");
    assertThat(desk().run("ledger", "prove", desk().at("none"), "0").err()).startsWith("HF-3010 ");
  }
}
