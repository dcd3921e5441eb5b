package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.trust.StatementTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people say stands in the ledger and beside its subject, as words and not as evidence. */
final class CommentsTest {
  @TempDir private Path folder;
  private Desk desk;

  @BeforeEach
  void start() {
    desk = Desk.in(folder);
    desk.declare(
        "{'sites':[{'id':'hall','name':'Hall A','operator':'north','destination':'JP',"
            + "'latitude':34.7,'longitude':135.5,'radiusKm':5}],"
            + "'hosts':[{'id':'rack-1','site':'hall'}],"
            + "'chips':[{'id':'c-1','model':'H100','host':'rack-1'},"
            + "{'id':'hall','model':'H100'}]}");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private long comment(String subject, String text) {
    Answer answer = desk.post("/api/v1/comments", body(subject, text));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("index").asLong();
  }

  private static String body(String subject, String text) {
    return StateJson.mapper()
        .writeValueAsString(java.util.Map.of("subject", subject, "text", text));
  }

  private List<String> sentences(String token, String subject) {
    return desk.getAs(token, "/api/v1/sites/" + subject + "/comments").each("sentence");
  }

  @Test
  void what_is_said_of_a_site_stands_there_the_newest_first_and_nothing_else() {
    comment("hall", "Seen on Monday.");
    comment("rack-1", "A new fan.");
    long index = comment("hall", "Seen on\nTuesday <b>too</b>.");
    assertThat(sentences(desk.admin, "hall"))
        .containsExactly(
            "admin wrote: Seen on\nTuesday <b>too</b>.", "admin wrote: Seen on Monday.");
    JsonNode newest = desk.get("/api/v1/sites/hall/comments?limit=1").items().getFirst();
    assertThat(newest.get("index").asLong()).isEqualTo(index);
    assertThat(newest.get("kind").asString()).isEqualTo("comment");
    assertThat(newest.get("mark").asString()).isEqualTo("none");
    assertThat(desk.get("/api/v1/chips/c-1").json().get("state").asString()).isEqualTo("UNPROVEN");
    desk.get("/api/v1/sites/nowhere/comments").requireProblem(404, ErrorCode.NOT_THERE);
  }

  @Test
  void the_feed_says_of_what_kind_the_subject_is() {
    assertThat(desk.server.fleet().kindOf("c-1")).contains("chip");
    assertThat(desk.server.fleet().kindOf("rack-1")).contains("host");
    assertThat(desk.server.fleet().kindOf("nothing")).isEmpty();
  }

  @Test
  void a_comment_of_no_words_or_of_too_many_is_refused_with_its_field() {
    for (String text : List.of("", " \n", "x".repeat(4001))) {
      assertThat(
              desk.post("/api/v1/comments", body("hall", text))
                  .requireProblem(400, ErrorCode.BAD_PARAMETER)
                  .get("field")
                  .asString())
          .isEqualTo("/text");
    }
    assertThat(comment("hall", "x".repeat(4000))).isPositive();
  }

  @Test
  void an_auditor_reads_what_was_said_within_what_was_disclosed_to_it() {
    String auditor = desk.token("ward", Role.AUDITOR);
    comment("hall", "before");
    desk.getAs(auditor, "/api/v1/sites/hall/comments").requireProblem(404, ErrorCode.NOT_THERE);
    desk.clock.pass(Duration.ofMinutes(10));
    comment("hall", "within");
    Answer disclosed =
        desk.post(
            "/api/v1/disclosures",
            "{\"auditor\":\"ward\",\"site\":\"hall\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(
                    StatementTime.print(Desk.NOON.plusSeconds(300)),
                    StatementTime.print(Desk.NOON.plusSeconds(900))));
    assertThat(disclosed.status()).as(disclosed.text()).isEqualTo(200);
    assertThat(sentences(auditor, "hall")).containsExactly("admin wrote: within");
    assertThat(sentences(desk.admin, "hall")).hasSize(2);
  }
}
