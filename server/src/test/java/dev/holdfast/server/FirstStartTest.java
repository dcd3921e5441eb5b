package dev.holdfast.server;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server makes of a folder, and what it refuses to start with. */
final class FirstStartTest {
  private static final String SITE =
      "{'sites':[{'id':'hall','name':'Hall','operator':'north','destination':'JP',"
          + "'latitude':34.7,'longitude':135.5,'radiusKm':5}]}";

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("server");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void the_first_start_makes_secrets_that_are_their_owners_alone() throws IOException {
    try (Desk desk = Desk.in(folder())) {
      assertThat(mode(HoldfastServer.adminToken(folder()))).isEqualTo("rw-------");
      assertThat(mode(folder().resolve("keys/log.key"))).isEqualTo("rw-------");
      assertThat(mode(folder().resolve("keys/server.key"))).isEqualTo("rw-------");
      assertThat(desk.get("/api/v1/summary").json().get("role").asString()).isEqualTo("admin");
    }
  }

  @Test
  void a_second_start_keeps_keys_tokens_and_what_was_said() throws IOException {
    String token;
    byte[] key;
    String vkey;
    try (Desk desk = Desk.in(folder())) {
      token = desk.token("reader", Role.EXPORTER);
      key = Files.readAllBytes(folder().resolve("keys/server.key"));
      vkey = desk.server.vkey();
      desk.declare(SITE);
    }
    try (Desk desk = Desk.in(folder())) {
      assertThat(Files.readAllBytes(folder().resolve("keys/server.key"))).isEqualTo(key);
      assertThat(desk.server.vkey()).isEqualTo(vkey);
      Answer summary = desk.getAs(token, "/api/v1/summary");
      assertThat(summary.json().get("actor").asString()).isEqualTo("reader");
      assertThat(desk.getAs(token, "/api/v1/sites").each("id")).containsExactly("hall");
    }
  }

  @Test
  void a_folder_is_used_by_one_server_and_can_be_used_again_after_it() {
    try (Desk desk = Desk.in(folder())) {
      refused(Desk.settings(folder()), ErrorCode.LOG_IN_USE);
      assertThat(desk.get("/api/v1/summary").status()).isEqualTo(200);
    }
    Desk.in(folder()).close();
  }

  @Test
  void a_port_that_is_taken_is_said_and_lets_go_of_the_folder() {
    try (Desk first = Desk.in(folder())) {
      Path other = temporary.resolve("other");
      ServerSettings taken =
          ServerSettings.of(other, first.uri("/").getPort()).withTick(Duration.ofHours(1));
      refused(taken, ErrorCode.USAGE);
      try (Desk second = Desk.with(taken.orNextFree())) {
        assertThat(second.uri("/").getPort()).isNotEqualTo(first.uri("/").getPort());
      }
    }
  }

  @Test
  void views_that_are_behind_the_ledger_catch_up_and_those_ahead_of_it_are_refused()
      throws IOException {
    Path early = temporary.resolve("early");
    try (Desk desk = Desk.in(folder())) {
      assertThat(desk.get("/api/v1/sites").items()).isEmpty();
    }
    copy(folder(), early);
    try (Desk desk = Desk.in(folder())) {
      desk.declare(SITE);
    }
    Path views = early.resolve("views.db");
    Path later = Files.copy(folder().resolve("views.db"), temporary.resolve("later.db"));
    Files.copy(views, folder().resolve("views.db"), REPLACE_EXISTING);
    try (Desk desk = Desk.in(folder())) {
      assertThat(desk.get("/api/v1/sites").each("id")).containsExactly("hall");
    }
    assertThat(rebuild()).as("three ticks and the declaration").isEqualTo(4);
    Files.copy(later, views, REPLACE_EXISTING);
    refused(Desk.settings(early), ErrorCode.LOG_DAMAGED);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()), COPY_ATTRIBUTES);
      }
    }
  }

  private long rebuild() {
    return HoldfastServer.rebuild(
        Desk.settings(folder()), new MovedClock(Desk.NOON), new SecureRandom());
  }

  @Test
  void views_are_not_made_again_under_a_server_that_runs() throws IOException {
    try (Desk desk = Desk.in(folder())) {
      desk.declare(SITE);
      assertThatExceptionOfType(CodedException.class)
          .isThrownBy(this::rebuild)
          .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.LOG_IN_USE));
      assertThat(folder().resolve("views.db")).exists();
    }
  }

  @Test
  void there_is_nothing_to_make_again_where_no_server_was() {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(this::rebuild)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.NOT_A_LOG));
    assertThat(folder()).doesNotExist();
  }

  @Test
  void listening_beyond_this_machine_without_tls_must_be_asked_for() {
    for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1", "fleet.example"}) {
      assertThatExceptionOfType(CodedException.class)
          .as(host)
          .isThrownBy(() -> on(host, false))
          .satisfies(e -> {
            assertThat(e.problem().code()).isEqualTo(ErrorCode.OPEN_TO_ALL);
            assertThat(e.problem().code().code()).isEqualTo("HF-6110");
            assertThat(e.problem().reason()).contains("--without-tls");
          });
      assertThat(on(host, true).host()).isEqualTo(host);
    }
    for (String host : new String[] {"127.0.0.1", "127.1.2.3", "::1", "localhost"}) {
      assertThat(on(host, false).host()).isEqualTo(host);
    }
  }

  private ServerSettings on(String host, boolean withoutTls) {
    return Desk.settings(folder()).at("holdfast.example/log", host, withoutTls);
  }

  private static void refused(ServerSettings settings, ErrorCode code) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> Desk.with(settings).close())
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
  }
}
