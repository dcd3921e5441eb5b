package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.edge.AgentDaemon;
import dev.holdfast.edge.AgentSettings;
import dev.holdfast.edge.DaemonLog;
import dev.holdfast.edge.LandmarkDaemon;
import dev.holdfast.edge.LandmarkSettings;
import dev.holdfast.edge.LogForm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From an authority to a verdict, by the commands that a user types, with real packets. */
final class SignedRoundsTest {
  @TempDir private static Path folder;
  private static Desk desk;

  @BeforeAll
  static void measure() throws Exception {
    desk = new Desk(folder);
    run("authority", "init", at("ca"), "--name", "test");
    run(
        "authority",
        "enrol",
        at("ca"),
        "--role",
        "landmark",
        "--name",
        "fra-1",
        "--operator",
        "north",
        "--latitude",
        "50.11",
        "--longitude",
        "8.68",
        "--simulated",
        "--out",
        at("fra-1"));
    run(
        "authority",
        "enrol",
        at("ca"),
        "--role",
        "host",
        "--name",
        "rack-7",
        "--out",
        at("rack-7"));
    DaemonLog silent =
        new DaemonLog(
            new PrintStream(OutputStream.nullOutputStream()), LogForm.TEXT, InstantSource.system());
    try (LandmarkDaemon landmark =
        new LandmarkDaemon(
            LandmarkSettings.read(
                settings(
                    "fra-1",
                    """
                    position: %1$s/fra-1.position.json
                    session-address: 127.0.0.1:0
                    probe-address: 127.0.0.1:0
                    round-every: 1s
                    spacing: 5ms
                    """)),
            silent,
            InstantSource.system())) {
      landmark.start();
      try (AgentDaemon agent =
          new AgentDaemon(
              AgentSettings.read(
                  settings(
                      "rack-7",
                      """
                      landmarks:
                        - name: fra-1
                          address: 127.0.0.1:%2$d
                      countersign-every: 1s
                      """
                          .replace("%2$d", "" + landmark.sessionAddress().getPort()))),
              silent,
              InstantSource.system())) {
        agent.start();
        long end = System.nanoTime() + 60_000_000_000L;
        while (countersignatures().isEmpty() && System.nanoTime() < end) {
          Thread.sleep(50);
        }
      }
    }
  }

  private static Path settings(String name, String more) throws IOException {
    String common =
        """
        certificate: %1$s/NAME.pem
        key: %1$s/NAME.key
        authorities: %1$s/ca/authority.pem
        spool: %1$s/spools/NAME
        """;
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file, (common + more).replace("NAME", name).replace("%1$s", folder.toString()));
    return file;
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static void run(String... arguments) {
    assertThat(desk.run(arguments).status()).isZero();
  }

  private static List<Path> statements(String spool, String source) throws IOException {
    Path statements = folder.resolve("spools").resolve(spool).resolve("statements");
    if (!Files.exists(statements)) {
      return List.of();
    }
    try (var files = Files.list(statements)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(source))
          .sorted()
          .toList();
    }
  }

  private static List<Path> countersignatures() throws IOException {
    return statements("fra-1", "host_rack-7.");
  }

  private Desk.Result locate(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("locate", "--rounds", at("spools"), "--authority", at("ca/authority.pem")));
    all.addAll(List.of(more));
    return desk.run(all.toArray(String[]::new));
  }

  @Test
  void a_countersigned_round_is_verified_and_says_how_far_the_key_was() throws IOException {
    Path first = statements("fra-1", "landmark_fra-1.").getFirst();
    Desk.Result result =
        desk.run(
            "verify",
            first.toString(),
            "--authority",
            at("ca/authority.pem"),
            "--revocations",
            at("ca/revocations.pem"));
    assertThat(result.out())
        .startsWith("Good: key ")
        .contains("of rack-7 answered", "fra-1", "simulated", "Revocation was looked up");
    assertThat(result.status()).isZero();
    assertThat(desk.run("verify", first.toString()).err()).contains("--authority");
  }

  @Test
  void without_its_countersignature_it_bounds_nothing() throws IOException {
    Path first = statements("fra-1", "landmark_fra-1.").getFirst();
    Path alone = folder.resolve("alone/statements");
    Files.createDirectories(alone);
    Path copy = alone.resolve("round.json");
    if (!Files.exists(copy)) {
      Files.copy(first, copy);
    }
    Desk.Result result = desk.run("verify", copy.toString(), "--authority", at("ca/authority.pem"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).startsWith("Bounds nothing (no-transcript)");
    assertThat(
            desk.run(
                    "verify",
                    copy.toString(),
                    "--authority",
                    at("ca/authority.pem"),
                    "--spool",
                    at("spools"),
                    "--output",
                    "json")
                .out())
        .startsWith("{\"result\":\"bounds\"");
  }

  @Test
  void signed_rounds_place_the_key_and_nothing_that_hangs_on_it_loosely() {
    desk.file(
        "claims.csv",
        "target,subject,latitude,longitude,within_km,country",
        "rack-7,,50,8,2000,",
        "rack-7,host,50,8,2000,",
        "rack-7,chip,50,8,2000,",
        "rack-8,,,,,DE");
    Desk.Result result = locate("--claims", at("claims.csv"), "--output", "json");
    List<JsonNode> lines = result.lines();
    assertThat(lines)
        .extracting(
            line -> line.path("subject").path("kind").asString(),
            line -> line.path("basis").asString(),
            line -> line.path("answers").path(0).path("verdict").asString(),
            line -> line.path("answers").path(0).path("reasonCode").asString(),
            line -> line.path("simulated").asBoolean())
        .containsExactly(
            tuple("key", "PROVED", "reason.within-proved", true),
            tuple("host", "UNPROVEN", "reason.key-in-file", true),
            tuple("chip", "UNPROVEN", "reason.no-chip-evidence", true),
            tuple("host", "UNPROVEN", "reason.no-bounds", false));
    assertThat(lines.getFirst().path("answers").path(0).path("assumptions").toString())
        .contains("Revocation was not checked.");
    assertThat(result.status()).isZero();
  }

  private static org.assertj.core.groups.Tuple tuple(
      String kind, String verdict, String reason, boolean simulated) {
    return org.assertj.core.api.Assertions.tuple(kind, "signed-rounds", verdict, reason, simulated);
  }

  @Test
  void text_and_map_of_a_simulated_landmark_are_called_simulated() throws IOException {
    assertThat(locate("--map", at("maps")).out()).contains("simulated", "signed rounds", "…");
    assertThat(Files.readString(folder.resolve("maps/rack-7.svg"))).contains("simulated");
  }

  @Test
  void another_authority_makes_every_round_worthless() {
    run("authority", "init", at("other"), "--name", "other");
    Desk.Result result =
        desk.run(
            "locate",
            "--rounds",
            at("spools"),
            "--authority",
            at("other/authority.pem"),
            "--output",
            "json");
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("landmark-not-certified");
    assertThat(result.status()).isEqualTo(2);
  }

  private static String trust(String vkey) throws IOException {
    String authority = Files.readString(folder.resolve("ca/authority.pem")).indent(4);
    Path file = folder.resolve("trust.yaml");
    Files.writeString(file, "authorities:\n  - |\n" + authority + "logs: ['" + vkey + "']\n");
    return file.toString();
  }

  @Test
  void a_verdict_follows_from_its_bundle_or_what_does_is_told() throws Exception {
    String key =
        locate("--output", "json").lines().getFirst().path("subject").path("id").asString();
    SpoolBundle log = new SpoolBundle(folder.resolve("spools/fra-1"));
    byte[] bundle = log.make(folder.resolve("ca/authority.pem"), "rack-7", key).octets();
    desk.octets("verdict.json", bundle);
    String trust = trust(log.vkey());
    Desk.Result same = desk.run("verify", at("verdict.json"), "--trust", trust);
    assertThat(same.err()).isEmpty();
    assertThat(same.out())
        .startsWith("Same: the stated answer follows from the ")
        .contains("No witness was asked for", "Proved", "simulated", "Revocation was not checked.");
    assertThat(same.status()).isZero();
    assertThat(desk.run("verify", at("verdict.json"), "--trust", trust, "--output", "json").lines())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.path("result").asString()).isEqualTo("SAME");
          assertThat(line.path("report").path("simulated").asBoolean()).isTrue();
        });

    String lie = new String(bundle, UTF_8).replaceFirst("\"PROVED\"", "\"REFUTED\"");
    desk.octets("lie.json", lie.getBytes(UTF_8));
    Desk.Result differs = desk.run("verify", at("lie.json"), "--trust", trust);
    assertThat(differs.out())
        .startsWith("DIFFERS: ")
        .contains("/answers/0/verdict: stated \"REFUTED\", found \"PROVED\".");
    assertThat(differs.status()).isEqualTo(1);

    Desk.Result stranger =
        desk.run(
            "verify",
            at("verdict.json"),
            "--trust",
            trust(new SpoolBundle(folder.resolve("spools/fra-1")).vkey()),
            "--language",
            "ja");
    assertThat(stranger.out()).startsWith("示されない：").contains("理由：checkpoint: ");
    assertThat(stranger.status()).isEqualTo(1);
  }

  @Test
  void a_bundle_without_trust_or_form_is_bad_input() {
    String form = "{\"format\":\"https://holdfast.dev/verdict-bundle/v1\"}";
    desk.octets("bare.json", form.getBytes(UTF_8));
    Desk.Result bare = desk.run("verify", at("bare.json"), "--trust", "trust.yaml");
    assertThat(bare.err()).startsWith("HF-6001 " + at("bare.json") + ": /question: ");
    assertThat(bare.status()).isEqualTo(2);
  }

  @Test
  void options_that_do_not_belong_together_are_refused() {
    assertThat(locate("--delays", "x.csv").err()).contains("have no meaning with it");
    assertThat(desk.run("locate", "--rounds", at("spools")).err()).contains("--authority=FILE");
    assertThat(desk.run("locate", "--authority", at("ca/authority.pem"), "--delays", "x").err())
        .contains("have no meaning without --rounds");
  }

  @Test
  void a_configuration_is_printed_with_every_default() {
    Desk.Result printed = desk.run("agent", at("rack-7.yaml"), "--print-config");
    assertThat(printed.out()).contains("reflector-address: '0.0.0.0:0'", "spool-limit: 1GiB");
    desk.octets("again.yaml", printed.out().getBytes(UTF_8));
    assertThat(desk.run("agent", at("again.yaml"), "--print-config").out())
        .isEqualTo(printed.out());
    assertThat(desk.run("landmark", at("rack-7.yaml")).err())
        .startsWith("HF-5023 " + at("rack-7.yaml"));
  }

  @Test
  void nothing_is_enrolled_twice_into_the_same_file() {
    Desk.Result again =
        desk.run(
            "authority", "enrol", at("ca"), "--role", "host", "--name", "x", "--out", at("rack-7"));
    assertThat(again.status()).isEqualTo(3);
    assertThat(again.err()).contains("rack-7.pem", "nothing is overwritten");
    assertThat(
            desk.run(
                    "authority",
                    "enrol",
                    at("ca"),
                    "--role",
                    "host",
                    "--name",
                    "x",
                    "--out",
                    at("x"),
                    "--latitude",
                    "1",
                    "--longitude",
                    "2")
                .err())
        .contains("only a landmark has a place");
  }

  @Test
  void what_is_revoked_is_not_renewed() {
    run("authority", "enrol", at("ca"), "--role", "host", "--name", "gone", "--out", at("gone"));
    run("authority", "renew", at("ca"), at("gone.pem"), "--out", at("gone.2.pem"));
    run("authority", "revoke", at("ca"), at("gone.pem"), "--reason", "key-compromise");
    assertThat(
            desk.run("authority", "renew", at("ca"), at("gone.pem"), "--out", at("gone.3.pem"))
                .err())
        .startsWith("HF-4005");
    assertThat(desk.run("authority", "revoke", at("ca"), at("gone.pem"), "--reason", "spite").err())
        .contains("'spite' is not");
  }
}
