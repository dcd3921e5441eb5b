package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.store.HeldIdentity;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an authority has revoked counts no longer, from the moment that the server is told. */
final class RevocationsTest {
  private static final String PATH = "/api/v1/revocations";

  @TempDir private Path folder;
  private Signers signers;
  private Desk desk;

  @BeforeEach
  void start() {
    signers = new Signers(folder.resolve("authority"));
    desk = Desk.in(folder.resolve("server"));
    desk.declare(signers.declaration());
  }

  @AfterEach
  void stop() {
    desk.close();
    signers.close();
  }

  private JsonNode state(SignedStatement statement) {
    return desk.state(statement.envelope().octets()).getFirst();
  }

  private void refused(SignedStatement statement) {
    JsonNode problem = state(statement).path("problem");
    assertThat(problem.path("code").asString(""))
        .as(problem.toString())
        .isEqualTo(ErrorCode.CERTIFICATE_REFUSED.code());
    assertThat(problem.get("detail").asString()).contains("was revoked at");
  }

  @Test
  void a_revoked_host_is_heard_no_longer_and_others_are() {
    HeldIdentity stolen = signers.host("stolen");
    HeldIdentity other = signers.host("other");
    SignedStatement before = Signers.said(stolen, Signers.beginning(stolen), 1);
    assertThat(state(before).has("index")).isTrue();
    Answer answer = desk.put(PATH, signers.revoke(stolen));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    refused(Signers.said(stolen, before.next(), 2));
    assertThat(state(Signers.said(other, Signers.beginning(other), 1)).has("index")).isTrue();
  }

  @Test
  void the_list_is_in_the_ledger_so_a_restart_and_views_made_again_know_it() {
    HeldIdentity stolen = signers.host("stolen");
    assertThat(desk.put(PATH, signers.revoke(stolen)).status()).isEqualTo(200);
    SignedStatement said = Signers.said(stolen, Signers.beginning(stolen), 1);
    desk.close();
    desk = Desk.in(folder.resolve("server"));
    refused(said);
    desk.close();
    assertThat(
            HoldfastServer.rebuild(
                Desk.settings(folder.resolve("server")),
                () -> Desk.NOON,
                new java.security.SecureRandom()))
        .isPositive();
    desk = Desk.in(folder.resolve("server"));
    refused(said);
  }

  @Test
  void an_older_list_that_comes_later_makes_nothing_good_again() {
    HeldIdentity first = signers.host("first");
    HeldIdentity second = signers.host("second");
    byte[] older = signers.revoke(first);
    signers.later();
    byte[] newer = signers.revoke(second);
    assertThat(desk.put(PATH, newer).status()).isEqualTo(200);
    assertThat(desk.put(PATH, older).status()).isEqualTo(200);
    refused(Signers.said(second, Signers.beginning(second), 1));
  }

  @Test
  void what_no_declared_authority_signed_is_refused_and_not_written_down() {
    try (Signers others = new Signers(folder.resolve("others"))) {
      HeldIdentity host = signers.host("ours");
      SignedStatement first = Signers.said(host, Signers.beginning(host), 1);
      long before = state(first).get("index").asLong();
      desk.put(PATH, others.revoke(others.host("theirs")))
          .requireProblem(400, ErrorCode.MALFORMED_REVOCATIONS);
      desk.put(PATH, "no list".getBytes(UTF_8))
          .requireProblem(400, ErrorCode.MALFORMED_REVOCATIONS);
      desk.put(PATH, new byte[40_000]).requireProblem(413, ErrorCode.INPUT_TOO_LARGE);
      assertThat(state(Signers.said(host, first.next(), 2)).get("index").asLong())
          .isEqualTo(before + 1);
    }
  }

  @Test
  void only_who_may_declare_may_revoke() {
    String agent = desk.token("agent", Role.AGENT);
    Answer answer =
        desk.send(
            desk.request(PATH, agent)
                .PUT(BodyPublishers.ofByteArray(signers.revoke(signers.host("stolen"))))
                .build());
    assertThat(answer.status()).isEqualTo(403);
  }
}
