package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A log from its making to its proofs, by commands alone. */
final class LedgerCommandsTest {
  @TempDir private Path folder;
  private Desk desk;
  private String vkey;

  @BeforeEach
  void makeLog() {
    desk = new Desk(folder);
    Desk.Result made =
        desk.run("ledger", "init", at("log"), "--origin", "example.com/log", "--key", at("key"));
    assertThat(made.status()).as(made.err()).isZero();
    vkey = made.out().strip();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private Desk.Result append(String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("lines"), lines);
    return desk.run("ledger", "append", at("log"), "--key", at("key"), "--lines", file.toString());
  }

  private Desk.Result verify(String... arguments) {
    return desk.run(arguments);
  }

  @Test
  void init_prints_the_vkey_alone_and_keeps_the_key_to_the_owner() throws IOException {
    assertThat(vkey).matches("example\\.com/log\\+[0-9a-f]{8}\\+\\S+");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_key_inside_the_log_and_a_second_log_are_refused() {
    Desk.Result inside =
        desk.run("ledger", "init", at("new"), "--origin", "o", "--key", at("new/key"));
    assertThat(inside.status()).isEqualTo(2);
    assertThat(inside.err()).startsWith("HF-");
    assertThat(folder.resolve("new/key")).doesNotExist();
    Desk.Result again =
        desk.run("ledger", "init", at("log"), "--origin", "o", "--key", at("other"));
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("HF-3009");
    assertThat(folder.resolve("other")).as("no key is left behind").doesNotExist();
  }

  @Test
  void lines_get_their_indexes_in_order_and_the_next_run_goes_on() throws IOException {
    assertThat(append("one\ntwo\n\nfour").out()).isEqualTo("0\n1\n2\n3\n");
    assertThat(append("five\n").out()).isEqualTo("4\n");
  }

  @Test
  void a_line_that_is_too_long_is_refused_and_the_rest_is_kept() throws IOException {
    Desk.Result result = append("a\n" + "x".repeat(65_536) + "\nb\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEqualTo("0\n1\n");
    assertThat(result.err()).contains("HF-3008");
  }

  @Test
  void a_proof_proves_its_entry_and_no_other() throws IOException {
    append("one\ntwo\nthree\n");
    Desk.Result proof = desk.run("ledger", "prove", at("log"), "1");
    assertThat(proof.status()).isZero();
    Files.writeString(folder.resolve("proof"), proof.out());
    Files.writeString(folder.resolve("two"), "two");
    Files.writeString(folder.resolve("three"), "three");
    Desk.Result good = verify("verify", at("proof"), "--entry", at("two"), "--vkey", vkey);
    assertThat(good.status()).as(good.err()).isZero();
    assertThat(good.out()).startsWith("Proved").contains("No witness");
    Desk.Result bad = verify("verify", at("proof"), "--entry", at("three"), "--vkey", vkey);
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.out()).startsWith("Not proved");
    assertThat(verify("verify", at("proof"), "--entry", at("two")).status())
        .as("nothing vouches for itself")
        .isEqualTo(2);
    assertThat(desk.run("ledger", "prove", at("log"), "3").err()).contains("HF-3014");
  }

  @Test
  void two_checkpoints_are_consistent_or_not() throws IOException {
    append("one\n");
    Files.copy(folder.resolve("log/checkpoint"), folder.resolve("earlier"));
    append("two\nthree\n");
    Files.copy(folder.resolve("log/checkpoint"), folder.resolve("later"));
    Desk.Result good =
        verify("verify", at("earlier"), at("later"), "--log", at("log"), "--vkey", vkey);
    assertThat(good.status()).as(good.out() + good.err()).isZero();
    Desk.Result proof = desk.run("ledger", "prove", at("log"), "--from", "1");
    Files.writeString(folder.resolve("growth"), proof.out());
    Desk.Result byProof =
        verify("verify", at("earlier"), at("later"), "--proof", at("growth"), "--vkey", vkey);
    assertThat(byProof.status()).as(byProof.out() + byProof.err()).isZero();
    Files.writeString(folder.resolve("growth"), proof.out().replaceFirst("\n[A-Za-z0-9+/]", "\n/"));
    Desk.Result bad =
        verify("verify", at("earlier"), at("later"), "--proof", at("growth"), "--vkey", vkey);
    assertThat(bad.status()).isNotZero();
  }

  @Test
  void a_flipped_bit_is_found_by_fsck_and_by_verify_with_its_place() throws IOException {
    append("one\ntwo\n");
    assertThat(desk.run("ledger", "fsck", at("log"), "--vkey", vkey).status()).isZero();
    assertThat(verify("verify", at("log"), "--vkey", vkey).status()).isZero();
    Path bundle = folder.resolve("log/tile/entries/000.p/2");
    byte[] octets = Files.readAllBytes(bundle);
    octets[3] ^= 4;
    Files.write(bundle, octets);
    Desk.Result fsck = desk.run("ledger", "fsck", at("log"), "--vkey", vkey, "--output", "json");
    assertThat(fsck.status()).isEqualTo(1);
    JsonNode finding = fsck.lines().getFirst();
    assertThat(finding.path("path").asString()).isEqualTo("tile/entries/000.p/2");
    Desk.Result verify = verify("verify", at("log"), "--vkey", vkey);
    assertThat(verify.status()).isEqualTo(1);
    assertThat(verify.out()).contains("tile/entries/000.p/2");
  }

  @Test
  void a_missing_quorum_is_said_in_the_proof_and_is_a_no_to_whoever_asks_for_it()
      throws IOException {
    String witness =
        desk.run("witness", "init", "--name", "w.example/1", "--key", at("w.key")).out().strip();
    Files.writeString(
        folder.resolve("policy"), "log " + vkey + "\nwitness w1 " + witness + "\nquorum w1\n");
    Files.writeString(folder.resolve("one"), "one");
    assertThat(
            desk.run(
                    "ledger",
                    "append",
                    at("log"),
                    "--key",
                    at("key"),
                    "--policy",
                    at("policy"),
                    at("one"))
                .out())
        .isEqualTo("0\n");
    Desk.Result proof = desk.run("ledger", "prove", at("log"), "0");
    assertThat(proof.err()).contains("uorum is missing");
    String extra = proof.out().lines().skip(1).findFirst().orElseThrow();
    assertThat(new String(java.util.Base64.getDecoder().decode(extra.substring(6)), UTF_8))
        .contains("\"quorum\":\"missing\"");
    Files.writeString(folder.resolve("proof"), proof.out());
    Desk.Result asked =
        verify("verify", at("proof"), "--entry", at("one"), "--policy", at("policy"));
    assertThat(asked.status()).isEqualTo(1);
    assertThat(asked.out()).contains("w1");
  }
}
