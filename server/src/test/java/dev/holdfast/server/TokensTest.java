package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens are made, shown once, kept as hashes and revoked. */
final class TokensTest {
  @TempDir private Path folder;
  private Desk desk;

  @BeforeEach
  void start() {
    desk = Desk.in(folder);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void a_token_works_until_it_is_revoked() {
    String secret = desk.token("ward", Role.EXPORTER);
    assertThat(desk.getAs(secret, "/api/v1/sites").status()).isEqualTo(200);
    assertThat(desk.get("/api/v1/tokens").each("name")).containsExactly("admin", "ward");
    assertThat(desk.delete("/api/v1/tokens/ward").status()).isEqualTo(204);
    desk.getAs(secret, "/api/v1/sites").requireProblem(401, ErrorCode.NOT_SIGNED_IN);
    desk.delete("/api/v1/tokens/ward").requireProblem(404, ErrorCode.NOT_THERE);
  }

  @Test
  void neither_the_disk_nor_an_answer_holds_a_secret() throws IOException {
    String secret = desk.token("ward", Role.EXPORTER);
    assertThat(secret).hasSizeGreaterThan(40);
    for (String each : List.of(secret, desk.admin)) {
      assertThat(Files.readString(folder.resolve(Tokens.FILE))).doesNotContain(each);
      assertThat(desk.get("/api/v1/tokens").text()).doesNotContain(each);
    }
    assertThat(desk.get("/api/v1/tokens").text()).doesNotContain("sha256");
  }

  @Test
  void names_are_given_once_and_roles_are_known_ones() {
    assertThat(desk.token("ward", Role.AUDITOR)).isNotEqualTo(desk.token("other", Role.AUDITOR));
    post("{\"name\":\"ward\",\"role\":\"auditor\"}", null);
    post("{\"name\":\"x\",\"role\":\"king\"}", "/role");
    post("{\"name\":\" \",\"role\":\"auditor\"}", "/name");
    post("{\"name\":\"x\"}", "/role");
    post("{\"name\":\"x\",\"role\":\"auditor\",\"more\":1}", null);
    assertThat(desk.get("/api/v1/tokens").each("name")).containsExactly("admin", "other", "ward");
  }

  private void post(String body, @org.jspecify.annotations.Nullable String field) {
    var problem = desk.post("/api/v1/tokens", body).requireProblem(400, ErrorCode.BAD_PARAMETER);
    if (field != null) {
      assertThat(problem.get("field").asString()).isEqualTo(field);
    }
  }
}
