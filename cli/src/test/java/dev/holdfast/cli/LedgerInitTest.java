package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class LedgerInitTest {
  @TempDir private Path folder = Path.of("");

  private LedgerDesk desk() {
    return new LedgerDesk(folder);
  }

  private Desk.Result init(String log, String key, String... more) {
    String[] arguments = new String[7 + more.length];
    System.arraycopy(
        new String[] {"ledger", "init", log, "--origin", LedgerDesk.ORIGIN, "--key", key},
        0,
        arguments,
        0,
        7);
    System.arraycopy(more, 0, arguments, 7, more.length);
    return desk().run(arguments);
  }

  @Test
  void it_prints_the_vkey_alone() {
    Desk.Result result = init(desk().at("log"), desk().at("log.key"));
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines()).hasSize(1);
    VerifierKey key = VerifierKey.parse(result.out().strip());
    assertThat(key.name()).isEqualTo(LedgerDesk.ORIGIN);
    assertThat(key.algorithm()).isEqualTo(KeyAlgorithm.ED25519_NOTE);
  }

  @Test
  void json_names_origin_vkey_and_folder() {
    Desk.Result result = init(desk().at("log"), desk().at("log.key"), "--output", "json");
    assertThat(result.status()).isZero();
    JsonNode line = result.lines().getFirst();
    assertThat(line.propertyNames()).containsExactly("origin", "vkey", "folder");
    assertThat(VerifierKey.parse(line.path("vkey").asString()).name()).isEqualTo(LedgerDesk.ORIGIN);
  }

  @Test
  void the_key_is_its_owners_alone_and_nothing_of_it_is_in_the_folder() throws IOException {
    desk().init();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(desk().path("log.key"))))
        .isEqualTo("rw-------");
    String secret =
        Files.readAllLines(desk().path("log.key")).stream()
            .dropWhile(line -> !line.startsWith("-----BEGIN"))
            .skip(1)
            .findFirst()
            .orElseThrow();
    try (var files = Files.walk(desk().path("log"))) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(secret));
    }
  }

  @Test
  void the_new_log_is_empty_and_sound() {
    String vkey = desk().init();
    assertThat(desk().run("verify", desk().at("log"), "--vkey", vkey).status()).isZero();
    Desk.Result fsck = desk().run("ledger", "fsck", desk().at("log"), "--vkey", vkey);
    assertThat(fsck.status()).isZero();
    assertThat(fsck.out()).startsWith("Sound: size 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"log/log.key", "log/.state/log.key", "log/../log/log.key", "other/../log/log.key"})
  void a_key_inside_of_the_folder_is_refused(String key) {
    Desk.Result result = init(desk().at("log"), desk().at(key));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("HF-3025 ").contains("--key", "log's folder");
    assertThat(desk().path("log")).doesNotExist();
  }

  @Test
  void a_key_inside_of_the_folder_by_a_link_is_refused() throws IOException {
    Files.createDirectory(desk().path("log"));
    Files.createSymbolicLink(desk().path("link"), desk().path("log"));
    assertThat(init(desk().at("log"), desk().at("link/log.key")).err()).startsWith("HF-3025 ");
    assertThat(init(desk().at("link"), desk().at("log/log.key")).err()).startsWith("HF-3025 ");
    assertThat(desk().path("log")).isEmptyDirectory();
  }

  @Test
  void a_key_inside_of_the_folder_by_a_link_to_what_is_not_there_yet_is_refused()
      throws IOException {
    Files.createSymbolicLink(desk().path("link"), Path.of("log"));
    assertThat(init(desk().at("log"), desk().at("link/log.key")).err()).startsWith("HF-3025 ");
    assertThat(desk().path("log")).doesNotExist();
  }

  @Test
  void a_key_beside_a_folder_of_a_like_name_is_fine() {
    assertThat(init(desk().at("log"), desk().at("log.key")).status()).isZero();
    assertThat(init(desk().at("logs"), desk().at("log-2.key")).status()).isZero();
  }

  @Test
  void a_key_file_is_never_overwritten() {
    desk().file("log.key", "precious");
    Desk.Result result = init(desk().at("log"), desk().at("log.key"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3025 ").contains("log.key", "never overwritten");
    assertThat(desk().path("log.key")).hasContent("precious");
    assertThat(desk().path("log")).doesNotExist();
  }

  @Test
  void where_there_is_a_log_it_stays_and_the_fresh_key_goes() {
    String vkey = desk().init();
    Desk.Result result = init(desk().at("log"), desk().at("second.key"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3009 ").contains("there is a log");
    assertThat(desk().path("second.key")).doesNotExist();
    assertThat(desk().run("verify", desk().at("log"), "--vkey", vkey).status()).isZero();
  }

  @Test
  void where_the_folder_is_not_empty_the_fresh_key_goes() throws IOException {
    Files.createDirectory(desk().path("log"));
    desk().file("log/thesis.txt", "years of work");
    Desk.Result result = init(desk().at("log"), desk().at("log.key"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3009 ");
    assertThat(desk().path("log.key")).doesNotExist();
    assertThat(desk().path("log/thesis.txt")).hasContent("years of work");
  }

  @Test
  void where_the_folder_cannot_be_made_the_fresh_key_goes() {
    desk().file("log", "a file");
    Desk.Result result = init(desk().at("log"), desk().at("log.key"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3009 ");
    assertThat(desk().path("log.key")).doesNotExist();
    Desk.Result below = init(desk().at("log/below"), desk().at("log.key"));
    assertThat(below.status()).isEqualTo(3);
    assertThat(below.err()).startsWith("HF-8002 ");
    assertThat(desk().path("log.key")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a+b", "line\nbreak"})
  void an_origin_that_no_key_can_have_is_refused_by_name(String origin) {
    Desk.Result result =
        desk().run("ledger", "init", desk().at("log"), "--origin", origin, "--key", desk().at("k"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3002 --origin: ");
    assertThat(desk().path("k")).doesNotExist();
    assertThat(desk().path("log")).doesNotExist();
  }

  @Test
  void a_policy_that_is_malformed_is_refused_before_anything_is_made() {
    String policy = desk().file("policy", "quorum nobody\n");
    Desk.Result result = init(desk().at("log"), desk().at("log.key"), "--policy", policy);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3007 " + policy + ":1");
    assertThat(desk().path("log.key")).doesNotExist();
    assertThat(desk().path("log")).doesNotExist();
  }

  @Test
  void a_missing_option_is_named() {
    assertThat(desk().run("ledger", "init", "log", "--origin", "x").err())
        .startsWith("HF-2001 ")
        .contains("--key");
    assertThat(desk().run("ledger").err()).startsWith("HF-2001 ").contains("init");
    assertThat(desk().run("witness").err()).startsWith("HF-2001 ").contains("serve");
  }
}
