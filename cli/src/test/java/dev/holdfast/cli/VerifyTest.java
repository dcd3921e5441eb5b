package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.TreeHasher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class VerifyTest {
  @TempDir private Path folder = Path.of("");

  private LedgerDesk desk = new LedgerDesk(folder);
  private String vkey = "";

  @BeforeEach
  void log() {
    desk = new LedgerDesk(folder);
    vkey = desk.init();
    desk.append(LedgerDesk.lines(0, 300));
  }

  private Desk.Result verify(String... arguments) {
    List<String> all = new ArrayList<>(List.of("verify"));
    all.addAll(List.of(arguments));
    return desk.run(all.toArray(String[]::new));
  }

  private String proof(int index) {
    return desk.file(
        "proof-" + index, desk.ok("ledger", "prove", desk.at("log"), "" + index) + "\n");
  }

  private String entry(String text) {
    return desk.file("entry", text);
  }

  private String strangerKey(String origin) {
    return desk.ok(
        "ledger", "init", desk.at("stranger"), "--origin", origin, "--key", desk.at("s.key"));
  }

  @Test
  void nothing_vouches_for_itself() {
    Desk.Result none = verify(desk.at("log"));
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.out()).isEmpty();
    assertThat(none.err())
        .startsWith("HF-2001 ")
        .contains("nothing vouches for itself", "--vkey", "--policy");
    String policy = desk.file("policy", "log " + vkey + "\nquorum none\n");
    assertThat(verify(desk.at("log"), "--vkey", vkey, "--policy", policy).err())
        .startsWith("HF-2001 ")
        .contains("exclude each other");
    assertThat(verify(desk.at("log"), "--policy", policy).status()).isZero();
    assertThat(verify(desk.at("log"), "--vkey", vkey, "--vkey", vkey).err())
        .startsWith("HF-2001 --vkey: ");
  }

  @Test
  void a_proof_is_proved_by_its_entry() {
    Desk.Result result = verify(proof(270), "--vkey", vkey, "--entry", entry("entry 270"));
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .startsWith("Proved: entry 270 is in the log " + LedgerDesk.ORIGIN)
        .contains("300 entries", "No witness was asked for");
  }

  @Test
  void a_proof_is_proved_by_its_leaf_hash_too() {
    String hash = new TreeHasher().leaf("entry 7".getBytes(UTF_8)).base64();
    assertThat(verify(proof(7), "--vkey", vkey, "--leaf-hash", hash).status()).isZero();
    assertThat(verify(proof(7), "--vkey", vkey, "--leaf-hash", "abc").err())
        .startsWith("HF-2001 --leaf-hash: ");
  }

  @Test
  void a_proof_comes_from_standard_input_too() {
    String text = new String(desk.octets(Path.of(proof(7)).getFileName().toString()), UTF_8);
    Desk.Result result =
        desk.run(text.getBytes(UTF_8), "verify", "-", "--vkey", vkey, "--entry", entry("entry 7"));
    assertThat(result.status()).isZero();
  }

  @Test
  void another_entry_is_not_proved() {
    Desk.Result result = verify(proof(7), "--vkey", vkey, "--entry", entry("entry 8"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("Not proved: ");
  }

  @Test
  void another_key_of_the_same_name_is_not_believed() {
    Desk.Result result =
        verify(proof(7), "--vkey", strangerKey(LedgerDesk.ORIGIN), "--entry", entry("entry 7"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).startsWith("Not proved: ").contains("has not signed");
  }

  @Test
  void a_changed_root_is_not_proved() {
    String changed =
        new String(desk.octets(Path.of(proof(7)).getFileName().toString()), UTF_8)
            .replace("\n300\n", "\n301\n");
    Desk.Result result =
        verify(desk.file("changed", changed), "--vkey", vkey, "--entry", entry("entry 7"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).startsWith("Not proved: ");
  }

  @Test
  void the_fields_of_a_proof_are_those_that_scripts_rely_on() {
    JsonNode line =
        verify(proof(7), "--vkey", vkey, "--entry", entry("entry 7"), "--output", "json")
            .lines()
            .getFirst();
    assertThat(line.propertyNames())
        .containsExactly(
            "kind",
            "result",
            "origin",
            "index",
            "size",
            "root",
            "leafHash",
            "log",
            "quorum",
            "witnesses",
            "reasons");
    assertThat(line.path("result").asString()).isEqualTo("PROVED");
    assertThat(line.path("log").asString()).isEqualTo(vkey);
    JsonNode refused =
        verify(
                proof(7),
                "--vkey",
                vkey,
                "--entry",
                entry("x"),
                "--output",
                "json",
                "--language",
                "ja")
            .lines()
            .getFirst();
    assertThat(refused.path("result").asString()).isEqualTo("NOT_PROVED");
    assertThat(refused.path("reasons")).hasSize(1);
  }

  @Test
  void a_proof_needs_one_form_of_its_entry() {
    assertThat(verify(proof(7), "--vkey", vkey).err())
        .startsWith("HF-2001 ")
        .contains("--entry", "--leaf-hash");
    assertThat(verify(proof(7), "--vkey", vkey, "--entry", entry("x"), "--leaf-hash", "x").status())
        .isEqualTo(2);
    assertThat(verify(proof(7), "--vkey", vkey, "--entry", desk.at("gone")).err())
        .startsWith("HF-2002 ");
  }

  @Test
  void an_option_that_would_be_ignored_is_refused() {
    String entry = entry("x");
    assertThat(verify(desk.at("log"), "--vkey", vkey, "--entry", entry).err())
        .startsWith("HF-2001 ")
        .contains("--entry has no meaning with a log");
    assertThat(verify(proof(7), "--vkey", vkey, "--entry", entry, "--log", desk.at("log")).err())
        .contains("--log has no meaning with a proof");
    assertThat(verify(desk.at("log/checkpoint"), "--vkey", vkey, "--proof", entry).err())
        .contains("--proof has no meaning with one checkpoint");
  }

  @Test
  void a_file_that_is_none_of_these_is_named() {
    String junk = desk.file("junk", "junk\n");
    assertThat(verify(junk, "--vkey", vkey).status()).isEqualTo(2);
    assertThat(verify(junk, "--vkey", vkey).err()).startsWith("HF-3001 " + junk);
    assertThat(verify(desk.file("empty", ""), "--vkey", vkey).err()).startsWith("HF-3001 ");
    String cut = desk.file("cut", "c2sp.org/tlog-proof@v1\nindex x\n");
    assertThat(verify(cut, "--vkey", vkey, "--entry", junk).err()).startsWith("HF-3004 " + cut);
    assertThat(verify(desk.file("old", "old x\n"), "--vkey", vkey, "--from", junk).err())
        .startsWith("HF-3020 ");
    assertThat(verify(desk.at("gone"), "--vkey", vkey).err()).startsWith("HF-2002 ");
    assertThat(verify(folder.toString(), "--vkey", vkey).err()).startsWith("HF-3010 ");
    assertThat(verify(desk.file("large", new byte[3 << 20]), "--vkey", vkey).err())
        .startsWith("HF-1021 ");
    assertThat(verify(junk, "--vkey", "nonsense").err()).startsWith("HF-3002 --vkey: ");
  }

  @Test
  void a_checkpoint_is_verified_by_the_key_of_its_log() {
    Desk.Result result = verify(desk.at("log/checkpoint"), "--vkey", vkey);
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .startsWith("The log " + LedgerDesk.ORIGIN + " signed a tree of 300 entries");
    Desk.Result stranger = verify(desk.at("log/checkpoint"), "--vkey", strangerKey("other"));
    assertThat(stranger.status()).isEqualTo(1);
    assertThat(stranger.out()).startsWith("Not verified: ");
    Desk.Result both =
        verify(
            desk.at("log/checkpoint"),
            "--vkey",
            vkey,
            "--vkey",
            desk.ok(
                "ledger",
                "init",
                desk.at("third"),
                "--origin",
                "third",
                "--key",
                desk.at("t.key")));
    assertThat(both.status()).isZero();
  }

  @Test
  void a_whole_log_is_sound_or_its_damage_is_named() {
    Desk.Result sound = verify(desk.at("log"), "--vkey", vkey);
    assertThat(sound.status()).isZero();
    assertThat(sound.out()).startsWith("Sound: the 300 entries of the log " + LedgerDesk.ORIGIN);
    desk.flip("log/tile/entries/000", 4);
    Desk.Result damaged = verify(desk.at("log"), "--vkey", vkey);
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(damaged.out())
        .contains("tile/entries/000, octet ", "entry 0", "Damaged: the log " + LedgerDesk.ORIGIN);
    JsonNode line = verify(desk.at("log"), "--vkey", vkey, "--output", "json").lines().getFirst();
    assertThat(line.propertyNames())
        .containsExactly(
            "kind",
            "result",
            "origin",
            "size",
            "root",
            "log",
            "quorum",
            "witnesses",
            "entries",
            "files",
            "findings",
            "unlisted",
            "reasons");
    assertThat(line.path("result").asString()).isEqualTo("DAMAGED");
    assertThat(line.path("findings")).hasSize(1);
  }

  @Test
  void a_log_that_is_signed_by_nobody_believed_is_not_read() {
    Desk.Result result = verify(desk.at("log"), "--vkey", strangerKey("other"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).startsWith("Not verified: ").contains("no log with the origin");
  }

  @Test
  void sentences_are_said_in_chinese_and_japanese() {
    assertThat(verify(desk.at("log"), "--vkey", vkey, "--language", "zh").out())
        .startsWith("完好：")
        .doesNotContain("Sound");
    assertThat(
            verify(proof(7), "--vkey", vkey, "--entry", entry("entry 7"), "--language", "ja").out())
        .startsWith("証明済み：")
        .doesNotContain("Proved");
  }
}
