package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.OwnersFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server by its file, and what its operator does with commands. */
final class ServerCommandsTest {
  @TempDir private static Path folder;
  private static LedgerDesk desk;
  private static LedgerDesk.Server server;
  private static String url;

  @BeforeAll
  static void start() {
    desk = new LedgerDesk(folder);
    String config =
        desk.file(
            "server.yaml",
            "data: '" + desk.at("data") + "'\nport: 0\norigin: fleet.example/log\ntick: 1h\n");
    server = desk.serve("serve", "--config", config);
    url = server.line();
  }

  @AfterAll
  static void stop() {
    assertThat(server.end()).isZero();
  }

  private static String[] asking(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--server", url, "--token-file", desk.at("data/admin.token")));
    return arguments.toArray(String[]::new);
  }

  @Test
  void the_name_of_the_log_is_that_of_the_file() throws Exception {
    assertThat(Files.readString(desk.path("data/log/checkpoint")))
        .startsWith("fleet.example/log\n");
  }

  @Test
  void a_token_is_made_listed_and_revoked() throws Exception {
    String file = desk.at("berlin.token");
    assertThat(desk.ok(asking("token", "make", "berlin", "--role", "auditor", "--out", file)))
        .isEqualTo("the token is in " + file);
    assertThat(Files.readString(Path.of(file))).matches("hf_[A-Za-z0-9_-]{43}\n");
    assertThat(Files.getPosixFilePermissions(Path.of(file)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(desk.ok(asking("token", "list")))
        .containsPattern("(?m)^admin  admin  since 20")
        .containsPattern("(?m)^berlin  auditor  since 20")
        .doesNotContain("hf_");
    assertThat(
            desk.ok(
                "token",
                "list",
                "--server",
                url,
                "--token-file",
                desk.at("data/admin.token"),
                "--output",
                "json"))
        .contains("\"name\":\"berlin\"", "\"role\":\"auditor\"");
    assertThat(desk.ok(asking("token", "revoke", "berlin"))).contains("counts no longer");
    assertThat(desk.ok(asking("token", "list"))).doesNotContain("berlin");
    Desk.Result again = desk.run(asking("token", "revoke", "berlin"));
    assertThat(again.status()).isEqualTo(3);
    assertThat(again.err()).contains("404");
  }

  @Test
  void a_token_whose_file_cannot_be_written_counts_for_nobody() {
    String nowhere = desk.at("nowhere/lost.token");
    Desk.Result result =
        desk.run(asking("token", "make", "lost", "--role", "auditor", "--out", nowhere));
    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("lost.token");
    assertThat(desk.ok(asking("token", "list"))).doesNotContain("lost");
  }

  @Test
  void a_printed_token_opens_what_its_role_may() throws Exception {
    String secret = desk.ok(asking("token", "make", "rack agent", "--role", "agent"));
    Path file = desk.path("agent.token");
    OwnersFiles.create(file, secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Desk.Result refused =
        desk.run("token", "list", "--server", url, "--token-file", file.toString());
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("403").doesNotContain(secret);
    assertThat(desk.ok(asking("token", "revoke", "rack agent"))).contains("rack agent");
  }

  @Test
  void a_role_that_is_none_is_refused_by_name() {
    Desk.Result result = desk.run(asking("token", "make", "x", "--role", "king"));
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("400", "role");
  }

  @Test
  void a_fleet_is_declared_from_a_file_by_its_ending() {
    String yaml =
        desk.file(
            "fleet.yaml",
            """
            parties: [{id: north, name: North, role: operator}]
            sites:
              - {id: hall-1, name: Hall 1, operator: north, destination: DE, latitude: 50.1,
                 longitude: 8.7, radiusKm: 1}
            hosts: [{id: rack-1, site: hall-1}]
            """);
    assertThat(desk.ok(asking("fleet", "declare", yaml))).startsWith("declared, in entry ");
    String csv = desk.file("chips.csv", "kind,id,model,host\nchip,c-1,M,rack-1\n");
    assertThat(desk.ok(asking("fleet", "declare", csv))).startsWith("declared, in entry ");
    Desk.Result other = desk.run(asking("fleet", "declare", desk.file("fleet.txt", "x")));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains(".yaml, .json, .csv");
    Desk.Result bad =
        desk.run(asking("fleet", "declare", desk.file("bad.yaml", "hosts: [{id: r, site: none}]")));
    assertThat(bad.status()).isEqualTo(3);
    assertThat(bad.err()).contains("none");
  }

  @Test
  void a_list_of_revocations_is_handed_over() {
    desk.ok("authority", "init", desk.at("ca"), "--name", "ca");
    String list = desk.at("ca/revocations.pem");
    Desk.Result stranger = desk.run(asking("fleet", "revocations", list));
    assertThat(stranger.status()).isEqualTo(3);
    assertThat(stranger.err()).contains("400");
    String certificate =
        new String(desk.octets("ca/authority.pem"), java.nio.charset.StandardCharsets.US_ASCII)
            .replaceAll("-----[A-Z ]+-----|\\s", "");
    desk.ok(
        asking(
            "fleet",
            "declare",
            desk.file("ca.yaml", "authorities: [{certificate: " + certificate + "}]\n")));
    assertThat(desk.ok(asking("fleet", "revocations", list)))
        .matches("the list is in entry [0-9]+ of the ledger");
  }

  @Test
  void a_file_that_says_something_unknown_is_refused_with_its_line() {
    String config = desk.file("wrong.yaml", "data: x\ntls:\n  certificate: a\n  chain: b\n");
    Desk.Result result = desk.run("serve", "--config", config);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("wrong.yaml", "tls.key", "it is missing");
    Desk.Result none = desk.run("serve", "--config", desk.at("none.yaml"));
    assertThat(none.status()).isEqualTo(2);
    Desk.Result empty = desk.run("serve", "--config", desk.file("empty.yaml", "port: 0\n"));
    assertThat(empty.status()).isEqualTo(2);
    assertThat(empty.err()).contains("--data");
    Desk.Result port =
        desk.run(
            "serve", "--config", desk.file("port.yaml", "port: 99999\n"), "--data", desk.at("d"));
    assertThat(port.status()).isEqualTo(2);
    assertThat(port.err()).contains("port").contains("65535");
  }

  @Test
  @Timeout(60)
  void the_witnesses_of_the_file_cosign_the_log() throws Exception {
    String data = desk.at("watched");
    String vkey;
    try (LedgerDesk.Server first =
        desk.serve("serve", "--data", data, "--port", "0", "--output", "json")) {
      vkey = Json.mapper().readTree(first.line()).get("vkey").asString();
    }
    String key = desk.at("w.key");
    String witness = desk.ok("witness", "init", "--name", "witness.example/w", "--key", key);
    try (LedgerDesk.Server watching =
        desk.serve(
            "witness", "serve", desk.at("state"), "--key", key, "--log", vkey, "--port", "0")) {
      String address = watching.line().lines().findFirst().orElseThrow();
      String policy = desk.file("policy", "witness w " + witness + " " + address + "\nquorum w\n");
      String config =
          desk.file("watched.yaml", "data: '" + data + "'\nport: 0\nwitnesses: '" + policy + "'\n");
      try (LedgerDesk.Server served = desk.serve("serve", "--config", config)) {
        assertThat(served.line()).startsWith("http://");
        Path checkpoint = desk.path("watched/log/checkpoint");
        while (!Files.readString(checkpoint).contains("\n\u2014 witness.example/w ")) {
          Thread.sleep(20);
        }
      }
    }
  }
}
