package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LedgerFsckTest {
  @TempDir private Path folder = Path.of("");

  private LedgerDesk desk() {
    return new LedgerDesk(folder);
  }

  private Desk.Result fsck(String vkey, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(
        new String[] {"ledger", "fsck", desk().at("log"), "--vkey", vkey}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return desk().run(arguments);
  }

  private String log() {
    String vkey = desk().init();
    desk().append(LedgerDesk.lines(0, 300));
    return vkey;
  }

  @Test
  void a_sound_log_is_said_to_be_sound_with_its_size_and_root() {
    Desk.Result result = fsck(log());
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    String root =
        new String(desk().octets("log/checkpoint"), java.nio.charset.StandardCharsets.UTF_8)
            .lines()
            .skip(2)
            .findFirst()
            .orElseThrow();
    assertThat(result.out()).startsWith("Sound: size 300, root " + root + ", ");
  }

  @Test
  void a_flipped_bit_is_found_with_file_octet_and_reason() {
    String vkey = log();
    desk().flip("log/tile/0/000", 32 * 7 + 3);
    Desk.Result result = fsck(vkey);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("tile/0/000, octet " + (32 * 7 + 3) + ": ")
        .contains("Wrong:");
  }

  @Test
  void json_is_one_finding_a_line_and_a_summary() {
    String vkey = log();
    desk().flip("log/tile/entries/001.p/44", 20);
    Desk.Result result = fsck(vkey, "--output", "json");
    assertThat(result.status()).isEqualTo(1);
    JsonNode finding = result.lines().getFirst();
    assertThat(finding.propertyNames()).containsExactly("path", "octet", "reason");
    assertThat(finding.path("path").asString()).isEqualTo("tile/entries/001.p/44");
    JsonNode summary = result.lines().getLast();
    assertThat(summary.propertyNames())
        .containsExactly("sound", "size", "root", "files", "findings", "unlisted", "notes");
    assertThat(summary.path("sound").asBoolean()).isFalse();
    assertThat(summary.path("findings").asInt()).isEqualTo(result.lines().size() - 1);
  }

  @Test
  void a_missing_file_is_found() throws IOException {
    String vkey = log();
    Files.delete(desk().path("log/tile/entries/000"));
    Desk.Result result = fsck(vkey);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("tile/entries/000: it is missing");
  }

  @Test
  void a_checkpoint_by_another_key_is_not_believed() {
    log();
    String other =
        desk()
            .ok(
                "ledger",
                "init",
                desk().at("b"),
                "--origin",
                LedgerDesk.ORIGIN,
                "--key",
                desk().at("b.key"));
    Desk.Result result = fsck(other);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("checkpoint: ", "no valid signature", "cannot be believed");
    assertThat(fsck(other, "--output", "json").lines().getLast().path("size").isNull()).isTrue();
  }

  @Test
  void what_cannot_be_checked_is_a_coded_error() {
    String vkey = log();
    assertThat(fsck("nonsense").err()).startsWith("HF-3002 --vkey: ");
    assertThat(desk().run("ledger", "fsck", desk().at("log")).err())
        .startsWith("HF-2001 ")
        .contains("--vkey");
    Desk.Result none = desk().run("ledger", "fsck", desk().at("none"), "--vkey", vkey);
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).startsWith("HF-3010 ");
  }
}
