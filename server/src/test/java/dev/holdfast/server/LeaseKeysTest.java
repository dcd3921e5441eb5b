package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.trust.JsonWebKeySet;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.LeaseClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of leases, one after the other. */
final class LeaseKeysTest {
  @TempDir private Path folder;
  private final HeldKey own = HeldKey.generate(new SecureRandom());
  private final MovedClock clock = new MovedClock(Desk.NOON);

  private LeaseKeys open() throws IOException {
    return LeaseKeys.open(folder, own, clock, new SecureRandom());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void the_servers_own_key_signs_until_there_is_another() throws IOException {
    LeaseKeys keys = open();
    assertThat(keys.present().publicKey()).isEqualTo(own.publicKey());
    assertThat(keys.published()).containsExactly(own.publicKey());
    StatementKey fresh = keys.change();
    assertThat(keys.present().publicKey()).isEqualTo(fresh);
    assertThat(keys.published()).containsExactly(fresh, own.publicKey());
  }

  @Test
  void a_key_is_published_until_all_that_it_signed_has_expired() throws IOException {
    LeaseKeys keys = open();
    StatementKey first = keys.change();
    clock.pass(Duration.ofDays(3));
    StatementKey second = keys.change();
    clock.pass(LeaseKeys.COUNTS.minusSeconds(1));
    assertThat(keys.published()).containsExactly(second, first, own.publicKey());
    clock.pass(Duration.ofSeconds(1));
    assertThat(keys.published()).containsExactly(second, own.publicKey());
    assertThat(keys.present().publicKey()).isEqualTo(second);
  }

  @Test
  void keys_are_there_after_a_restart_in_files_of_their_owner_and_go_when_they_are_past()
      throws IOException {
    LeaseKeys keys = open();
    StatementKey first = keys.change();
    StatementKey second = keys.change();
    assertThat(open().published()).containsExactly(second, first, own.publicKey());
    assertThat(open().present().publicKey()).isEqualTo(second);
    assertThat(files()).hasSize(2);
    if (OwnersFiles.isPosix(folder)) {
      for (Path file : files()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
    clock.pass(LeaseKeys.COUNTS.plusSeconds(1));
    StatementKey third = keys.change();
    assertThat(files()).as("that of the first is deleted").hasSize(2);
    assertThat(open().published()).containsExactly(third, second, own.publicKey());
  }

  @Test
  void a_clock_that_is_set_back_makes_no_earlier_key_the_present_one() throws IOException {
    StatementKey first = open().change();
    clock.pass(Duration.ofDays(-1));
    StatementKey second = open().change();
    assertThat(open().published()).containsExactly(second, first, own.publicKey());
  }

  @Test
  void keys_are_not_changed_without_end() throws IOException {
    LeaseKeys keys = open();
    for (int i = 0; i < LeaseKeys.MOST; i++) {
      var _ = keys.change();
    }
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(keys::change)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.TOO_BUSY));
    assertThat(files()).hasSize(LeaseKeys.MOST);
    clock.pass(LeaseKeys.COUNTS.plusSeconds(1));
    var _ = keys.change();
    assertThat(files()).hasSize(2);
  }

  @Test
  void an_administrator_changes_the_key_of_a_server_that_runs() {
    Path data = folder.resolve("server");
    StatementKey fresh;
    try (Desk desk = Desk.in(data);
        LeaseClient client = new LeaseClient(desk.uri("/"))) {
      String id = client.change(desk.admin);
      fresh =
          client.keys().keys().values().stream()
              .filter(each -> each.id().hex().equals(id))
              .findFirst()
              .orElseThrow();
      assertThat(fresh).isNotEqualTo(desk.server.ownKey());
      assertThat(client.keys().keys().values()).contains(desk.server.ownKey());
      byte[] set = desk.getAs("", "/.well-known/jwks.json").response().body();
      assertThat(JsonWebKeySet.read(set, "set").keys()).hasSize(2);
      String operator = desk.token("operator", Role.OPERATOR);
      assertThatExceptionOfType(CodedException.class)
          .isThrownBy(() -> client.change(operator))
          .satisfies(
              e -> assertThat(e.problem().sentence()).contains(ErrorCode.NOT_ALLOWED.code()));
      assertThat(client.keys().keys().values()).hasSize(2);
    }
    try (Desk again = Desk.in(data);
        LeaseClient client = new LeaseClient(again.uri("/"))) {
      assertThat(client.keys().keys().values()).contains(fresh);
    }
  }
}
