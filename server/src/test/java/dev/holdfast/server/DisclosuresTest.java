package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.trust.StatementTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was disclosed to whom, how much there is to read, and how a disclosure ends. */
final class DisclosuresTest {
  private static final Instant LATER = Desk.NOON.plusSeconds(3600);

  @TempDir private Path folder;
  private Desk desk;
  private String auditor = "";

  @BeforeEach
  void start() {
    desk = Desk.in(folder);
    auditor = desk.token("ward", Role.AUDITOR);
    desk.declare(
        """
        {'sites':[
           {'id':'hall','name':'Hall','operator':'north','destination':'JP','latitude':34.7,
            'longitude':135.5,'radiusKm':5,'simulated':true},
           {'id':'other','name':'Other','operator':'north','destination':'JP','latitude':35.7,
            'longitude':139.5,'radiusKm':5}],
         'hosts':[{'id':'rack-1','site':'hall'},{'id':'rack-2','site':'other'}],
         'chips':[{'id':'c-1','model':'H100','host':'rack-1'},
           {'id':'c-2','model':'H100','host':'rack-1'},{'id':'c-3','model':'H100','host':'rack-2'}]}
        """);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private long disclose(String to, String site, Instant from, Instant until) {
    Answer answer =
        desk.post(
            "/api/v1/disclosures",
            "{\"auditor\":\"%s\",\"site\":\"%s\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(to, site, StatementTime.print(from), StatementTime.print(until)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("index").asLong();
  }

  @Test
  void an_auditor_is_told_by_whom_at_which_entry_and_until_when() {
    long index = disclose("ward", "hall", Desk.NOON.minusSeconds(60), LATER);
    disclose("else", "other", Desk.NOON.minusSeconds(60), LATER);
    JsonNode said = desk.getAs(auditor, "/api/v1/disclosures").items().getFirst();
    assertThat(desk.getAs(auditor, "/api/v1/disclosures").items()).hasSize(1);
    assertThat(said.get("index").asLong()).isEqualTo(index);
    assertThat(said.get("actor").asString()).isEqualTo("admin");
    assertThat(said.get("at").asString()).isEqualTo("2026-11-01T12:00:00Z");
    assertThat(said.get("siteName").asString()).isEqualTo("Hall");
    assertThat(said.get("until").asString()).isEqualTo("2026-11-01T13:00:00Z");
    assertThat(said.get("state").asString()).isEqualTo("open");
    assertThat(said.get("ended").isNull()).isTrue();
    assertThat(said.get("simulated").asBoolean()).isTrue();
    // Whose they are is not for an auditor to choose.
    assertThat(desk.getAs(auditor, "/api/v1/disclosures?auditor=else").each("auditor"))
        .containsExactly("ward");
  }

  @Test
  void who_may_disclose_is_told_of_all_of_them_newest_first_in_pages() {
    disclose("ward", "hall", Desk.NOON, LATER);
    disclose("else", "other", LATER, LATER.plusSeconds(60));
    assertThat(desk.get("/api/v1/disclosures").each("auditor")).containsExactly("else", "ward");
    assertThat(desk.get("/api/v1/disclosures").each("state")).containsExactly("ahead", "open");
    Answer page = desk.get("/api/v1/disclosures?limit=1");
    assertThat(page.each("auditor")).containsExactly("else");
    String next = page.json().get("next").asString();
    assertThat(desk.get("/api/v1/disclosures?limit=1&cursor=" + next).each("auditor"))
        .containsExactly("ward");
    assertThat(desk.get("/api/v1/disclosures?site=other").each("auditor")).containsExactly("else");
  }

  @Test
  void how_much_there_is_to_read_is_counted_and_the_rest_is_a_number() {
    JsonNode nothing = desk.getAs(auditor, "/api/v1/disclosed").json();
    assertThat(nothing.get("entries").asLong()).isZero();
    assertThat(nothing.get("sites")).isEmpty();
    assertThat(nothing.get("size").asLong()).isPositive();
    disclose("ward", "hall", Desk.NOON.minusSeconds(60), LATER);
    desk.post(
        "/api/v1/sites/hall/notes",
        "{\"title\":\"T\",\"kind\":\"other\",\"text\":\"t\",\"language\":\"en\"}");
    JsonNode some = desk.getAs(auditor, "/api/v1/disclosed").json();
    JsonNode site = some.get("sites").get(0);
    assertThat(some.get("sites")).hasSize(1);
    assertThat(site.get("name").asString()).isEqualTo("Hall");
    assertThat(site.get("hosts").asInt()).isEqualTo(1);
    assertThat(site.get("chips").asInt()).isEqualTo(2);
    assertThat(site.get("notes").asInt()).isEqualTo(1);
    assertThat(site.get("now").asBoolean()).isTrue();
    // The declaration of its hosts and chips is one entry, the note another.
    assertThat(some.get("entries").asLong()).isEqualTo(2);
    assertThat(some.get("more").asBoolean()).isFalse();
    JsonNode all = desk.get("/api/v1/disclosed").json();
    assertThat(all.get("all").asBoolean()).isTrue();
    assertThat(all.get("entries")).isEqualTo(all.get("size"));
  }

  @Test
  void what_was_ended_shows_nothing_newer_and_keeps_what_was_before() {
    long index = disclose("ward", "hall", Desk.NOON.minusSeconds(60), LATER);
    desk.clock.pass(Duration.ofMinutes(5));
    comment("before");
    desk.clock.pass(Duration.ofMinutes(5));
    assertThat(desk.getAs(auditor, "/api/v1/boards?limit=1").status()).isEqualTo(200);
    Answer ended = desk.post("/api/v1/disclosures/" + index + "/end", "{}");
    assertThat(ended.status()).as(ended.text()).isEqualTo(200);
    desk.clock.pass(Duration.ofMinutes(5));
    comment("behind");
    JsonNode said = desk.getAs(auditor, "/api/v1/disclosures").items().getFirst();
    assertThat(said.get("state").asString()).isEqualTo("ended");
    assertThat(said.get("endedBy").asString()).isEqualTo("admin");
    assertThat(said.get("ended").asString()).isEqualTo("2026-11-01T12:10:00Z");
    assertThat(said.get("endedIndex").asLong()).isEqualTo(ended.json().get("index").asLong());
    assertThat(desk.getAs(auditor, "/api/v1/chips/c-1/timeline").each("sentence"))
        .anyMatch(each -> each.endsWith("before"))
        .noneMatch(each -> each.endsWith("behind"));
    JsonNode site = desk.getAs(auditor, "/api/v1/disclosed").json().get("sites").get(0);
    assertThat(site.get("now").asBoolean()).isFalse();
    desk.post("/api/v1/disclosures/" + index + "/end", "{}")
        .requireProblem(403, ErrorCode.NOT_ALLOWED);
  }

  private void comment(String text) {
    assertThat(
            desk.post("/api/v1/comments", "{\"subject\":\"rack-1\",\"text\":\"" + text + "\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void what_ended_before_it_began_shows_nothing_at_all() {
    long index = disclose("ward", "hall", LATER, LATER.plusSeconds(60));
    assertThat(desk.getAs(auditor, "/api/v1/sites").items()).hasSize(1);
    desk.post("/api/v1/disclosures/" + index + "/end", "{}");
    assertThat(desk.getAs(auditor, "/api/v1/sites").items()).isEmpty();
  }

  @Test
  void only_a_disclosure_ends() {
    desk.post("/api/v1/disclosures/0/end", "{}").requireProblem(404, ErrorCode.NOT_THERE);
    desk.post("/api/v1/disclosures/x/end", "{}").requireProblem(400, ErrorCode.BAD_PARAMETER);
    long index = disclose("ward", "hall", Desk.NOON, LATER);
    desk.post("/api/v1/disclosures/" + index + "/end", "{\"why\":\"no\"}")
        .requireProblem(400, ErrorCode.BAD_PARAMETER);
    assertThat(desk.get("/api/v1/disclosures").each("state")).containsExactly("open");
  }

  @Test
  void the_entries_of_the_log_are_for_those_who_read_all_and_its_hashes_for_anybody()
      throws Exception {
    String size = published(desk);
    String entries = "/log/tile/entries/000.p/" + size;
    assertThat(desk.getAs("", "/log/tile/0/000.p/" + size).status()).isEqualTo(200);
    desk.getAs("", entries).requireProblem(401, ErrorCode.NOT_SIGNED_IN);
    desk.getAs(auditor, entries).requireProblem(403, ErrorCode.NOT_ALLOWED);
    assertThat(desk.get(entries).text()).contains("application/vnd.holdfast.statement+json");
    for (String other : new String[] {"/log/./tile/entries/000.p/", "/log//tile/entries/000.p/"}) {
      assertThat(desk.getAs("", other + size).status()).isIn(301, 302, 400, 401, 404);
    }
    assertThat(desk.getAs("", "/log/tile%2Fentries/000.p/" + size).status()).isIn(400, 401, 404);
    assertThat(desk.getAs("", "/log/tile/%65ntries/000.p/" + size).status()).isIn(400, 401, 404);
  }

  @Test
  void settings_may_open_the_entries_to_anybody(@TempDir Path another) throws Exception {
    try (Desk open = Desk.with(Desk.settings(another).withOpenEntries())) {
      String size = published(open);
      assertThat(open.getAs("", "/log/tile/entries/000.p/" + size).status()).isEqualTo(200);
    }
  }

  /** How many entries the log has published, as its checkpoint says; some, or the test fails. */
  private static String published(Desk desk) throws InterruptedException {
    // The first entry is durable before it is published.
    for (int i = 0; i < 600; i++) {
      String size = desk.getAs("", "/log/checkpoint").text().lines().toList().get(1);
      if (!size.equals("0")) {
        return size;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("nothing was published");
  }
}
