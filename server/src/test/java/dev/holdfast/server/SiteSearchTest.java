package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Questions to what can be read of a site, answered by a real model. */
final class SiteSearchTest {
  private static final String HOSTILE = "<script>harm()</script> {0} ' OR 1=1 -- ${x}";

  @TempDir private static Path folder;
  private static Desk desk;
  private static String auditor = "";

  @BeforeAll
  static void start() {
    desk = Desk.in(folder);
    auditor = desk.token("ward", Role.AUDITOR);
    for (String site : List.of("hall", "other")) {
      desk.declare(
          "{'sites':[{'id':'%s','name':'Hall A','operator':'north','destination':'JP',"
                  .formatted(site)
              + "'latitude':34.7,'longitude':135.5,'radiusKm':5}]}");
    }
    write("Cooling", "Two fans of rack 4 were replaced by the maintenance crew.");
    write("Visitors", "A delegation toured the building in the morning.");
    write("Seals", "The adhesive strips on the cabinet doors had been torn.");
    write("Hostile", HOSTILE);
    desk.clock.pass(Duration.ofHours(1));
    write("Later", "The loading dock was repainted in grey.");
    Instant from = Desk.NOON.plusSeconds(1800);
    Answer disclosed =
        desk.post(
            "/api/v1/disclosures",
            "{\"auditor\":\"ward\",\"site\":\"hall\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(stamp(from), stamp(from.plusSeconds(7200))));
    assertThat(disclosed.status()).as(disclosed.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static String stamp(Instant at) {
    return dev.holdfast.trust.StatementTime.print(at);
  }

  private static void write(String title, String text) {
    String body =
        StateJson.mapper()
            .writeValueAsString(
                Map.of("title", title, "text", text, "kind", "inspection", "language", "en"));
    Answer answer = desk.post("/api/v1/sites/hall/notes", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static String path(String site, String question, String more) {
    return "/api/v1/sites/"
        + site
        + "/search?question="
        + URLEncoder.encode(question, UTF_8)
        + more;
  }

  private static String field(String query) {
    return desk.get("/api/v1/sites/hall/search" + query)
        .requireProblem(400, ErrorCode.BAD_PARAMETER)
        .get("field")
        .asString();
  }

  @Test
  void a_note_that_answers_in_other_words_is_found_first_and_again() {
    Answer answer = desk.get(path("hall", "Is the tape on the lockers broken?", "&k=2"));
    JsonNode first = answer.items().getFirst();
    assertThat(first.get("text").asString()).contains("adhesive strips");
    assertThat(first.get("name").asString()).startsWith("note ");
    assertThat(first.get("link").asString()).startsWith("#/sites/hall?note=");
    assertThat(first.get("selfDeclared").asBoolean()).isTrue();
    assertThat(answer.items()).hasSize(2);
    JsonNode whole = answer.json();
    assertThat(whole.get("model").asString()).isEqualTo("minilm");
    assertThat(whole.get("trainedForLanguage").asBoolean()).isTrue();
    assertThat(whole.get("rowsReadSparse").asInt()).isEqualTo(2);
    assertThat(whole.get("fellBackToDense").asBoolean()).isFalse();
    assertThat(whole.get("attentionShare").asDouble()).isBetween(0.0, 1.0);
    assertThat(whole.get("texts").asInt()).isEqualTo(6);
    assertThat(whole.get("textsLeftOut").asInt()).isZero();
    assertThat(whole.get("limits").asString()).contains("writes no answer");

    int remembered = desk.server.search().remembered();
    assertThat(remembered).isGreaterThanOrEqualTo(6);
    assertThat(desk.get(path("hall", "Is the tape on the lockers broken?", "&k=2")).text())
        .isEqualTo(answer.text());
    assertThat(desk.server.search().remembered()).isEqualTo(remembered);
  }

  @Test
  void an_auditor_is_answered_from_what_was_disclosed() {
    assertThat(desk.getAs(auditor, path("hall", "torn seals", "")).each("text"))
        .anyMatch(text -> text.contains("repainted"))
        .noneMatch(text -> text.contains("adhesive"));
    desk.getAs(auditor, path("other", "torn seals", "")).requireProblem(404, ErrorCode.NOT_THERE);
    desk.get(path("nowhere", "torn seals", "")).requireProblem(404, ErrorCode.NOT_THERE);
  }

  @Test
  void what_was_asked_wrongly_is_refused_by_its_field() {
    assertThat(field("")).isEqualTo("question");
    assertThat(field("?question=%20")).isEqualTo("question");
    assertThat(field("?question=" + "x".repeat(501))).isEqualTo("question");
    assertThat(field("?question=x&k=0")).isEqualTo("k");
    assertThat(field("?question=x&k=65")).isEqualTo("k");
    assertThat(field("?question=x&k=many")).isEqualTo("k");
    assertThat(field("?question=x&language=tlh")).isEqualTo("language");
  }

  @Test
  void hostile_words_are_words() {
    Answer answer = desk.get(path("hall", HOSTILE, ""));
    assertThat(answer.each("text")).anyMatch(text -> text.contains(HOSTILE));
    assertThat(answer.json().get("question").asString()).isEqualTo(HOSTILE);
    assertThat(answer.json().get("fellBackToDense").asBoolean()).isTrue();
  }
}
