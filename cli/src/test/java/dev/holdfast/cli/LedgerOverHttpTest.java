package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Logs and witnesses over HTTP, from one end to the other. */
final class LedgerOverHttpTest {
  @TempDir private Path folder = Path.of("");

  private LedgerDesk desk() {
    return new LedgerDesk(folder);
  }

  private static LedgerDesk.Server log(LedgerDesk desk) {
    return desk.serve("ledger", "serve", desk.at("log"), "--port", "0");
  }

  @Test
  void a_log_is_verified_and_proved_by_its_address() {
    LedgerDesk desk = desk();
    String vkey = desk.init();
    desk.append(LedgerDesk.lines(0, 300));
    String old = desk.checkpoint("old");
    try (LedgerDesk.Server server = log(desk)) {
      String url = server.line();
      assertThat(url).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*/");
      assertThat(desk.run("verify", url, "--vkey", vkey).out()).startsWith("Sound: the 300");
      desk.append(LedgerDesk.lines(300, 310));
      String proof = desk.file("proof", desk.ok("ledger", "prove", url, "305") + "\n");
      assertThat(
              desk.run("entry 305".getBytes(UTF_8), "verify", proof, "--vkey", vkey, "--entry", "-")
                  .status())
          .isZero();
      assertThat(
              desk.run("verify", old, desk.checkpoint("new"), "--log", url, "--vkey", vkey).out())
          .startsWith("Consistent: ");
      assertThat(server.end()).isZero();
    }
  }

  @Test
  void tampering_is_found_by_the_address_too() {
    LedgerDesk desk = desk();
    String vkey = desk.init();
    desk.append(LedgerDesk.lines(0, 300));
    desk.flip("log/tile/0/000", 33);
    try (LedgerDesk.Server server = log(desk)) {
      Desk.Result result = desk.run("verify", server.line(), "--vkey", vkey);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.out()).startsWith("tile/0/000, octet 33: ");
    }
  }

  @Test
  void json_says_what_is_served() {
    LedgerDesk desk = desk();
    desk.init();
    try (LedgerDesk.Server server =
        desk.serve("ledger", "serve", desk.at("log"), "--port", "0", "--output", "json")) {
      JsonNode line = Json.mapper().readTree(server.line());
      assertThat(line.propertyNames()).containsExactly("url", "origin", "size");
      assertThat(line.path("origin").asString()).isEqualTo(LedgerDesk.ORIGIN);
    }
  }

  @Test
  void what_cannot_be_served_is_a_coded_error() {
    LedgerDesk desk = desk();
    desk.init();
    assertThat(desk.run("ledger", "serve", desk.at("none"), "--port", "0").err())
        .startsWith("HF-3010 ");
    assertThat(desk.run("ledger", "serve", desk.at("log"), "--port", "65536").err())
        .startsWith("HF-2001 --port: ");
    assertThat(desk.run("ledger", "serve", desk.at("log")).err())
        .startsWith("HF-2001 ")
        .contains("--port");
    try (LedgerDesk.Server server = log(desk)) {
      String port = server.line().replaceAll(".*:([0-9]+)/", "$1");
      Desk.Result second = desk.run("ledger", "serve", desk.at("log"), "--port", port);
      assertThat(second.status()).isEqualTo(2);
      assertThat(second.err()).startsWith("HF-2001 cannot listen on ");
    }
  }

  @Test
  void a_peer_that_cannot_be_reached_is_its_own_status() {
    LedgerDesk desk = desk();
    String vkey = desk.init();
    String gone;
    try (LedgerDesk.Server server = log(desk)) {
      gone = server.line();
    }
    Desk.Result result = desk.run("verify", gone, "--vkey", vkey);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).startsWith("HF-3019 " + gone);
    assertThat(desk.run("verify", "http://user@host/", "--vkey", vkey).err())
        .startsWith("HF-2001 ");
  }

  @Test
  void a_signal_ends_the_process_with_status_0() throws IOException, InterruptedException {
    LedgerDesk desk = desk();
    desk.init();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.holdfast.cli.Holdfast",
                "ledger",
                "serve",
                desk.at("log"),
                "--port",
                "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).startsWith("http://127.0.0.1:");
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void the_key_of_a_witness_is_printed_alone_and_kept_for_its_owner() throws IOException {
    LedgerDesk desk = desk();
    for (String algorithm : List.of("ml-dsa-44", "ed25519")) {
      Desk.Result result =
          desk.run(
              "witness",
              "init",
              "--name",
              "w.example",
              "--key",
              desk.at(algorithm),
              "--algorithm",
              algorithm);
      assertThat(result.status()).isZero();
      assertThat(result.err()).isEmpty();
      assertThat(result.out().lines()).hasSize(1);
      assertThat(dev.holdfast.ledger.VerifierKey.parse(result.out().strip()).algorithm().code())
          .isEqualTo(algorithm.equals("ed25519") ? 0x04 : 0x06);
      assertThat(Files.getPosixFilePermissions(desk.path(algorithm))).hasSize(2);
    }
    assertThat(desk.run("witness", "init", "--name", "w", "--key", desk.at("ed25519")).err())
        .startsWith("HF-3025 ");
    assertThat(
            desk.run("witness", "init", "--name", "w", "--key", desk.at("x"), "--algorithm", "rsa")
                .err())
        .startsWith("HF-2001 ")
        .contains("--algorithm");
  }

  @Test
  void a_witness_cosigns_what_is_appended_and_the_quorum_is_met() {
    LedgerDesk desk = desk();
    String vkey = desk.init();
    String one = desk.ok("witness", "init", "--name", "one.example", "--key", desk.at("one.key"));
    String two =
        desk.ok(
            "witness",
            "init",
            "--name",
            "two.example",
            "--key",
            desk.at("two.key"),
            "--algorithm",
            "ed25519");
    try (LedgerDesk.Server first =
            desk.serve(
                "witness",
                "serve",
                desk.at("state-1"),
                "--key",
                desk.at("one.key"),
                "--log",
                vkey,
                "--port",
                "0");
        LedgerDesk.Server second =
            desk.serve(
                "witness",
                "serve",
                desk.at("state-2"),
                "--key",
                desk.at("two.key"),
                "--policy",
                desk.file("logs", "log " + vkey + "\nquorum none\n"),
                "--port",
                "0")) {
      String policy =
          desk.file(
              "policy",
              "log "
                  + vkey
                  + "\n"
                  + "witness one "
                  + one
                  + " "
                  + first.line()
                  + "\n"
                  + "witness two "
                  + two
                  + " "
                  + second.line()
                  + "\n"
                  + "group both all one two\nquorum both\n");
      Desk.Result appended = desk.append("a\nb\n", "--policy", policy);
      assertThat(appended.status()).isZero();
      assertThat(appended.err()).doesNotContain("has not cosigned", "missing");

      Desk.Result proof = desk.run("ledger", "prove", desk.at("log"), "1");
      assertThat(proof.err()).isEmpty();
      String file = desk.file("proof", proof.out());
      Desk.Result verified =
          desk.run("b".getBytes(UTF_8), "verify", file, "--policy", policy, "--entry", "-");
      assertThat(verified.status()).isZero();
      assertThat(verified.out())
          .contains("Proved: entry 1", "Witness one cosigned at 2", "Witness two cosigned at 2")
          .contains("The quorum of witnesses is met.");
      JsonNode line =
          desk.run(
                  "b".getBytes(UTF_8),
                  "verify",
                  file,
                  "--policy",
                  policy,
                  "--entry",
                  "-",
                  "--output",
                  "json")
              .lines()
              .getFirst();
      assertThat(line.path("quorum").asString()).isEqualTo("met");
      assertThat(line.path("witnesses").get(0).propertyNames()).containsExactly("name", "at");
      assertThat(desk.run("verify", desk.at("log"), "--policy", policy).status()).isZero();
      assertThat(desk.run("ledger", "fsck", desk.at("log"), "--vkey", vkey).status()).isZero();

      // The log keeps the policy, and its next entries are cosigned by it.
      assertThat(desk.append("c\n").err()).doesNotContain("has not cosigned", "missing");
      second.end();
      Desk.Result lonely = desk.append("d\n");
      assertThat(lonely.status()).isZero();
      assertThat(lonely.out()).isEqualTo("3\n");
      assertThat(lonely.err())
          .contains("witness two has not cosigned: ", "quorum is missing")
          .doesNotContain("witness one has not");
      String unseen = desk.file("unseen", desk.run("ledger", "prove", desk.at("log"), "3").out());
      Desk.Result missing =
          desk.run("d".getBytes(UTF_8), "verify", unseen, "--policy", policy, "--entry", "-");
      assertThat(missing.status()).isEqualTo(1);
      assertThat(missing.out())
          .startsWith("Entry 3 is in the tree of 4 entries")
          .contains("Witness one cosigned at", "quorum of witnesses is missing", "two no");
      assertThat(desk.run("verify", desk.at("log"), "--policy", policy).status()).isEqualTo(1);
      assertThat(desk.run("verify", desk.at("log/checkpoint"), "--policy", policy).status())
          .isEqualTo(1);
    }
  }

  @Test
  void a_witness_does_not_cosign_a_second_history() {
    LedgerDesk desk = desk();
    String vkey = desk.init();
    String key =
        desk.ok(
            "witness", "init", "--name", "w", "--key", desk.at("w.key"), "--algorithm", "ed25519");
    desk.copy("log", "fork");
    try (LedgerDesk.Server witness =
        desk.serve(
            "witness",
            "serve",
            desk.at("state"),
            "--key",
            desk.at("w.key"),
            "--log",
            vkey,
            "--port",
            "0")) {
      String policy =
          desk.file("policy", "witness w " + key + " " + witness.line() + "\nquorum w\n");
      assertThat(desk.append("a\nb\n", "--policy", policy).err()).doesNotContain("missing");
      Desk.Result fork =
          desk.run(
              "other\n".getBytes(UTF_8),
              "ledger",
              "append",
              desk.at("fork"),
              "--key",
              desk.at("log.key"),
              "--lines",
              "--policy",
              policy);
      assertThat(fork.err()).contains("witness w has not cosigned: ", "size 2");
      Desk.Result second =
          desk.run(
              "witness",
              "serve",
              desk.at("state"),
              "--key",
              desk.at("w.key"),
              "--log",
              vkey,
              "--port",
              "0");
      assertThat(second.status()).isEqualTo(3);
      assertThat(second.err()).startsWith("HF-3011 ");
    }
  }

  @Test
  void a_witness_needs_a_log_to_watch_and_a_cosigners_key() {
    LedgerDesk desk = desk();
    String vkey = desk.init();
    assertThat(
            desk.run("witness", "serve", desk.at("s"), "--key", desk.at("log.key"), "--port", "0")
                .err())
        .startsWith("HF-2001 ")
        .contains("--log", "--policy");
    Desk.Result wrong =
        desk.run(
            "witness",
            "serve",
            desk.at("s"),
            "--key",
            desk.at("log.key"),
            "--log",
            vkey,
            "--port",
            "0");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("HF-3015 ");
  }
}
