package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementTime;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people write about a site stands in the ledger as what they said. */
final class NotesTest {
  private static final String HALL = "/api/v1/sites/hall/notes";
  private static final String OTHER = "/api/v1/sites/other/notes";

  @TempDir private Path folder;
  private Desk desk;

  @BeforeEach
  void start() {
    desk = Desk.in(folder);
    desk.declare(
        "{'sites':[%s,%s],'hosts':[{'id':'rack-1','site':'hall'}],'chips':[{'id':'hall','model':'H100','host':'rack-1'}]}"
            .formatted(site("hall"), site("other")));
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private static String site(String id) {
    return "{'id':'%s','name':'Hall','operator':'north','destination':'JP','latitude':34.7,"
            .formatted(id)
        + "'longitude':135.5,'radiusKm':5}";
  }

  private static Map<String, Object> fields(Object... changed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("title", "Visit of 30 October");
    fields.put("kind", "inspection");
    fields.put("text", "All racks closed.\nTwo fans stand still.");
    fields.put("language", "en");
    for (int i = 0; i < changed.length; i += 2) {
      fields.put((String) changed[i], changed[i + 1]);
    }
    return fields;
  }

  private Answer write(String path, Map<String, Object> fields) {
    return writeAs(desk.admin, path, StateJson.mapper().writeValueAsString(fields));
  }

  private Answer writeAs(String token, String path, String body) {
    return desk.send(
        desk.request(path, token, "Content-Type", Desk.JSON)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static long index(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("index").asLong();
  }

  private void disclose(Duration from, Duration until) {
    Answer answer =
        desk.post(
            "/api/v1/disclosures",
            "{\"auditor\":\"ward\",\"site\":\"hall\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(
                    StatementTime.print(Desk.NOON.plus(from)),
                    StatementTime.print(Desk.NOON.plus(until))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void a_note_is_a_statement_of_the_server_and_read_with_who_wrote_it() {
    long index = index(write(HALL, fields("day", "2026-10-30")));
    JsonNode note = desk.get(HALL + "/" + index).json();
    assertThat(note.get("index").asLong()).isEqualTo(index);
    assertThat(note.get("site").asString()).isEqualTo("hall");
    assertThat(note.get("kind").asString()).isEqualTo("inspection");
    assertThat(note.get("title").asString()).isEqualTo("Visit of 30 October");
    assertThat(note.get("text").asString()).isEqualTo("All racks closed.\nTwo fans stand still.");
    assertThat(note.get("language").asString()).isEqualTo("en");
    assertThat(note.get("day").asString()).isEqualTo("2026-10-30");
    assertThat(note.get("actor").asString()).isEqualTo("admin");
    assertThat(note.get("role").asString()).isEqualTo("admin");
    assertThat(note.get("basis").asString()).isEqualTo("self-declared");
    assertThat(note.get("at").asString()).isEqualTo("2026-11-01T12:00:00Z");
    assertThat(note.get("corrects").isNull()).isTrue();
    assertThat(note.get("correctedBy")).isEmpty();
    assertThat(desk.get(HALL).items()).containsExactly(note);
    assertThat(desk.get(OTHER).items()).isEmpty();

    byte[] entry = Base64.getDecoder().decode(published(index).get("envelope").asString());
    Statement statement = Statement.parse(Envelope.parse(entry, "entry").payload(), "entry");
    assertThat(statement.type().uri()).isEqualTo("https://holdfast.dev/statement/note/v1");
  }

  /** The entry, as soon as a checkpoint holds it. */
  private JsonNode published(long index) {
    Answer answer = desk.get("/api/v1/entries/" + index);
    for (int i = 0; i < 200 && answer.status() == 404; i++) {
      LockSupport.parkNanos(50_000_000);
      answer = desk.get("/api/v1/entries/" + index);
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void the_longest_note_fits_into_an_entry_however_it_is_spelled() {
    for (String letter : List.of("x", "査", "\"", "𠮷", "\\u67fb")) {
      int units = letter.startsWith("\\u") ? 1 : letter.length();
      String body =
          "{\"title\":\"%s\",\"kind\":\"other\",\"language\":\"ja\",\"text\":\"%s\"}"
              .formatted(
                  "査".repeat(200),
                  (letter.equals("\"") ? "\\\"" : letter)
                      .repeat(NoteStatement.LONGEST_TEXT / units));
      long index = index(writeAs(desk.admin, HALL, body));
      assertThat(desk.get(HALL + "/" + index).json().get("text").asString())
          .hasSize(NoteStatement.LONGEST_TEXT);
    }
  }

  @Test
  void what_is_wrong_is_refused_with_its_field() {
    for (String title : List.of("", " ", " blank", "two\nlines")) {
      refused("/title", "title", title);
    }
    refused("/kind", "kind", "gossip");
    refused("/kind", "kind", "Inspection");
    refused("/text", "text", "");
    refused("/text", "text", " \n ");
    refused("/language", "language", "de");
    refused("/language", "language", "");
    for (String day : List.of("yesterday", "2026-02-30", "+12026-01-01", "1969-12-31", "")) {
      refused("/day", "day", day);
    }
  }

  private void refused(String field, String name, Object value) {
    JsonNode problem =
        write(HALL, fields(name, value)).requireProblem(400, ErrorCode.BAD_PARAMETER);
    assertThat(problem.get("field").asString()).isEqualTo(field);
    assertThat(desk.get(HALL).items()).isEmpty();
  }

  @Test
  void what_is_too_long_or_of_another_kind_of_value_is_refused_with_its_field() {
    refused("/title", "title", "x".repeat(201));
    refused("/text", "text", "x".repeat(NoteStatement.LONGEST_TEXT + 1));
    refused("/text", "text", 7);
    refused("/corrects", "corrects", "seven");
    refused("/corrects", "corrects", -1);
    refused("/title", "title", List.of());
    write(HALL, fields("text", "x".repeat(1 << 16))).requireProblem(413, ErrorCode.INPUT_TOO_LARGE);
    write(HALL, fields("colour", "red")).requireProblem(400, ErrorCode.BAD_PARAMETER);
    writeAs(desk.admin, HALL, "[]").requireProblem(400, ErrorCode.BAD_PARAMETER);
    assertThat(desk.get(HALL).items()).isEmpty();
  }

  @Test
  void what_cannot_be_seen_is_refused_by_its_code_point() {
    for (int unseen :
        new int[] {0, 7, 9, 0x0B, 0x0D, 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x202E, 0x2028, 0x2066}) {
      String words = "All" + Character.toString(unseen) + "well";
      for (String name : List.of("text", "title")) {
        JsonNode problem =
            write(HALL, fields(name, words)).requireProblem(400, ErrorCode.BAD_PARAMETER);
        assertThat(problem.get("field").asString()).isEqualTo("/" + name);
        if (name.equals("text")) {
          assertThat(problem.get("detail").asString()).contains("U+%04X".formatted(unseen));
        }
      }
    }
    assertThat(desk.get(HALL).items()).isEmpty();
  }

  @Test
  void half_a_character_is_refused_and_lines_of_a_form_end_as_all_lines() {
    writeAs(
            desk.admin,
            HALL,
            "{\"title\":\"t\",\"kind\":\"other\",\"language\":\"en\",\"text\":\"\\ud800\"}")
        .requireProblem(400, ErrorCode.MALFORMED_JSON);
    long index = index(write(HALL, fields("text", "one\r\ntwo\n\nthree")));
    assertThat(desk.get(HALL + "/" + index).json().get("text").asString())
        .isEqualTo("one\ntwo\n\nthree");
  }

  @Test
  void words_stay_as_they_were_written_in_each_language_and_hostile_ones_too() {
    Map<String, String> texts =
        Map.of(
            "zh", "现场检查：机柜已封条。\n编号 17。",
            "ja", "封印を確認した。\nラック17。",
            "en", "<img src=x onerror=alert(1)> {0} '; DROP TABLE note; -- ${7*7} 👷");
    texts.forEach((language, text) -> {
      long index =
          index(
              write(
                  HALL,
                  fields("language", language, "text", text, "title", text.split("\n", 2)[0])));
      JsonNode note = desk.get(HALL + "/" + index).json();
      assertThat(note.get("text").asString()).isEqualTo(text);
      assertThat(note.get("language").asString()).isEqualTo(language);
    });
    assertThat(desk.get(HALL).items()).hasSize(3);
    assertThat(desk.get(HALL).header("Content-Type")).startsWith("application/json");
  }

  @Test
  void nobody_writes_about_a_site_that_nobody_declared() {
    write("/api/v1/sites/nowhere/notes", fields()).requireProblem(404, ErrorCode.NOT_THERE);
    desk.get("/api/v1/sites/nowhere/notes").requireProblem(404, ErrorCode.NOT_THERE);
    desk.get(HALL + "/0").requireProblem(404, ErrorCode.NOT_THERE);
    desk.get(HALL + "/first").requireProblem(400, ErrorCode.BAD_PARAMETER);
  }

  @Test
  void a_correction_is_another_note_that_names_the_one_it_corrects() {
    long first = index(write(HALL, fields()));
    long elsewhere = index(write(OTHER, fields()));
    long second = index(write(HALL, fields("text", "Three fans.", "corrects", first)));
    assertThat(desk.get(HALL + "/" + second).json().get("corrects").asLong()).isEqualTo(first);
    JsonNode corrected = desk.get(HALL + "/" + first).json();
    assertThat(corrected.get("text").asString()).startsWith("All racks closed.");
    assertThat(corrected.get("correctedBy").toString()).isEqualTo("[" + second + "]");

    for (long wrong : List.of(elsewhere, 0L, 1L << 40)) {
      JsonNode problem =
          write(HALL, fields("text", "No.", "corrects", wrong))
              .requireProblem(400, ErrorCode.UNKNOWN_REFERENCE);
      assertThat(problem.get("field").asString()).isEqualTo("/corrects");
    }
    assertThat(desk.get(HALL).each("index"))
        .containsExactly(Long.toString(second), Long.toString(first));
    desk.get(HALL + "/" + elsewhere).requireProblem(404, ErrorCode.NOT_THERE);
  }

  @Test
  void the_same_words_of_the_same_person_are_one_note_also_when_they_come_at_once()
      throws Exception {
    Set<Long> indexes = new HashSet<>();
    int firsts = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Callable<Answer> once = () -> write(HALL, fields());
        answers.add(threads.submit(once));
      }
      for (Future<Answer> each : answers) {
        indexes.add(index(each.get()));
        firsts += each.get().json().has("repeated") ? 0 : 1;
      }
    }
    assertThat(indexes).hasSize(1);
    assertThat(firsts).isEqualTo(1);
    desk.clock.pass(Duration.ofDays(1));
    assertThat(write(HALL, fields()).json().get("repeated").asBoolean()).isTrue();

    long ofAnother =
        index(
            writeAs(
                desk.token("ex", Role.EXPORTER),
                HALL,
                StateJson.mapper().writeValueAsString(fields())));
    assertThat(indexes).doesNotContain(ofAnother);
    assertThat(indexes).doesNotContain(index(write(HALL, fields("day", "2026-10-30"))));
    assertThat(desk.get(HALL).items()).hasSize(3);
  }

  @Test
  void notes_are_read_a_page_at_a_time_and_by_kind() {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      written.addFirst(
          Long.toString(
              index(write(HALL, fields("text", "n " + i, "kind", i == 2 ? "custody" : "other")))));
      index(write(OTHER, fields("text", "n " + i)));
    }
    List<String> read = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = desk.get(HALL + "?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
      read.addAll(page.each("index"));
      JsonNode next = page.json().get("next");
      cursor = next.isNull() ? "" : next.asString();
    } while (!cursor.isEmpty());
    assertThat(read).isEqualTo(written);
    assertThat(desk.get(HALL + "?kind=custody").each("text")).containsExactly("n 2");
    desk.get(HALL + "?sort=kind").requireProblem(400, ErrorCode.BAD_PARAMETER);
    desk.get(HALL + "?cursor=x").requireProblem(400, ErrorCode.BAD_PARAMETER);
  }

  @Test
  void an_auditor_writes_while_the_site_is_disclosed_and_reads_what_was_written_then() {
    String auditor = desk.token("ward", Role.AUDITOR);
    String body = StateJson.mapper().writeValueAsString(fields());
    long before = index(write(HALL, fields("text", "before")));
    writeAs(auditor, HALL, body).requireProblem(404, ErrorCode.NOT_THERE);
    desk.getAs(auditor, HALL).requireProblem(404, ErrorCode.NOT_THERE);
    desk.getAs(auditor, HALL + "/" + before).requireProblem(404, ErrorCode.NOT_THERE);

    disclose(Duration.ofMinutes(5), Duration.ofMinutes(15));
    writeAs(auditor, HALL, body).requireProblem(403, ErrorCode.NOT_ALLOWED);
    desk.clock.pass(Duration.ofMinutes(10));
    long own = index(writeAs(auditor, HALL, body));
    assertThat(desk.getAs(auditor, HALL).each("role")).containsExactly("auditor");
    desk.getAs(auditor, HALL + "/" + before).requireProblem(404, ErrorCode.NOT_THERE);
    writeAs(
            auditor,
            HALL,
            StateJson.mapper().writeValueAsString(fields("text", "No.", "corrects", before)))
        .requireProblem(400, ErrorCode.UNKNOWN_REFERENCE);
    desk.getAs(auditor, OTHER).requireProblem(404, ErrorCode.NOT_THERE);
    // A chip of the site's name tells nothing of it, and a note is nothing that happened to a chip.
    assertThat(desk.getAs(auditor, "/api/v1/chips/hall/timeline").each("kind"))
        .doesNotContain("note");

    desk.clock.pass(Duration.ofMinutes(10));
    long after = index(write(HALL, fields("text", "after", "corrects", own)));
    writeAs(auditor, HALL, body).requireProblem(403, ErrorCode.NOT_ALLOWED);
    JsonNode seen = desk.getAs(auditor, HALL + "/" + own).json();
    assertThat(seen.get("correctedBy")).isEmpty();
    assertThat(desk.getAs(auditor, HALL).items()).containsExactly(seen);
    assertThat(desk.get(HALL + "/" + own).json().get("correctedBy").toString())
        .isEqualTo("[" + after + "]");
  }

  @Test
  void a_note_decides_nothing() {
    JsonNode before = desk.get("/api/v1/sites/hall").json();
    index(write(HALL, fields("title", "Proved", "text", "The chips were never here.")));
    assertThat(desk.get("/api/v1/sites/hall").json()).isEqualTo(before);
    assertThat(desk.get("/api/v1/findings").items()).isEmpty();
    assertThat(desk.get("/api/v1/verdicts").items()).isEmpty();
  }

  @Test
  void notes_outlive_a_restart_and_views_made_again_hold_the_same() {
    long first = index(write(HALL, fields("day", "2026-10-30", "text", "現場は静か。\n以上。")));
    index(write(HALL, fields("corrects", first)));
    index(write(OTHER, fields()));
    List<JsonNode> hall = desk.get(HALL).items();
    List<JsonNode> other = desk.get(OTHER).items();
    desk.close();
    desk = Desk.in(folder);
    assertThat(desk.get(HALL).items()).isEqualTo(hall);
    assertThat(write(HALL, fields("corrects", first)).json().get("repeated").asBoolean()).isTrue();
    desk.close();
    HoldfastServer.rebuild(Desk.settings(folder), new MovedClock(Desk.NOON), new SecureRandom());
    desk = Desk.in(folder);
    assertThat(desk.get(HALL).items()).isEqualTo(hall);
    assertThat(desk.get(OTHER).items()).isEqualTo(other);
    assertThat(write(OTHER, fields()).json().get("repeated").asBoolean()).isTrue();
  }

  @Test
  void what_stands_in_the_views_is_the_canonical_statement() {
    NoteStatement said =
        new NoteStatement(
            "ward",
            Role.AUDITOR,
            "hall",
            NoteStatement.Kind.CUSTODY,
            "t",
            "a\nb",
            "en",
            java.time.LocalDate.parse("2026-01-31"),
            7L);
    assertThat(said.json())
        .isEqualTo(
            "{\"actor\":\"ward\",\"corrects\":7,\"day\":\"2026-01-31\",\"kind\":\"custody\","
                + "\"language\":\"en\",\"role\":\"auditor\",\"site\":\"hall\","
                + "\"text\":\"a\\nb\",\"title\":\"t\"}");
    assertThat(NoteStatement.of(said.json())).isEqualTo(said);
    assertThat(said.json().getBytes(UTF_8)).hasSizeLessThan(1000);
  }
}
