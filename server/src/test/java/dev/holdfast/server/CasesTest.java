package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is told of custody is held against what is there; people work on what comes out. */
final class CasesTest {
  private static final String INSPECTION =
      "{'kind':'inspection','id':'visit-1','inspector':'ward','site':'hall','manner':'labels',"
          + "'counted':8,'at':'2026-11-01T09:00:00.000Z'}";

  @TempDir private Path folder;
  private Desk desk;

  @BeforeEach
  void start() {
    desk = Desk.in(folder);
    desk.declare(
        "{'sites':[{'id':'hall','name':'Hall','operator':'north','destination':'JP',"
            + "'latitude':34.7,'longitude':135.5,'radiusKm':5,'installedChips':64}]}");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private static String json(String withSingleQuotes) {
    return withSingleQuotes.replace('\'', '"');
  }

  private long tell(String said) {
    Answer answer = desk.post("/api/v1/custody", json(said));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("index").asLong();
  }

  private Answer act(String token, long number, String said) {
    return desk.send(
        desk.request("/api/v1/cases/" + number + "/acts", token, "Content-Type", Desk.JSON)
            .POST(BodyPublishers.ofByteArray(json(said).getBytes(UTF_8)))
            .build());
  }

  private void tick(Duration later) throws InterruptedException {
    desk.clock.pass(later);
    desk.server.passTime();
  }

  /** An inspection that counts too few, and a tick that notices. */
  private long raise() throws InterruptedException {
    long index = tell(INSPECTION);
    tick(Duration.ofDays(1));
    return index;
  }

  private JsonNode story(long number) {
    Answer answer = desk.get("/api/v1/cases/" + number);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void an_inspection_that_counts_fewer_chips_than_are_declared_raises_a_case() throws Exception {
    assertThat(desk.get("/api/v1/cases").items()).isEmpty();
    long cause = raise();
    JsonNode story = story(1);
    assertThat(story.get("state").asString()).isEqualTo("open");
    assertThat(story.get("severity").asString()).isEqualTo("medium");
    assertThat(story.get("sites").get(0).asString()).isEqualTo("hall");
    JsonNode finding = story.get("items").get(0);
    assertThat(finding.get("kind").asString()).isEqualTo("fewer-inspected");
    assertThat(finding.get("causes").get(0).asLong()).isEqualTo(cause);
    assertThat(finding.get("case").asLong()).isEqualTo(1);
    assertThat(finding.get("sentence").asString()).contains("8").contains("64");
    assertThat(story.get("sentence").asString())
        .isEqualTo(
            "On 2026-11-01 an inspection of Hall counted 8 chips, and 64 are installed there.");
    assertThat(story.get("path")).isEmpty();
    assertThat(desk.get("/api/v1/cases").items().getFirst().get("sentence"))
        .isEqualTo(story.get("sentence"));
    assertThat(desk.get("/api/v1/summary").json().get("openCases").asLong()).isEqualTo(1);
    assertThat(desk.get("/api/v1/cases?site=hall&state=open").items()).hasSize(1);
    assertThat(desk.get("/api/v1/cases?site=other").items()).isEmpty();
    assertThat(desk.get("/api/v1/findings?severity=medium").items()).hasSize(1);
  }

  @Test
  void a_case_is_closed_by_a_second_person() throws Exception {
    raise();
    String first = desk.token("kim", Role.OPERATOR);
    String second = desk.token("lee", Role.EXPORTER);
    assertThat(act(first, 1, "{'kind':'assign','to':'kim'}").status()).isEqualTo(200);
    assertThat(story(1).get("assignee").asString()).isEqualTo("kim");
    act(second, 1, "{'kind':'close'}").requireProblem(403, ErrorCode.NOT_ALLOWED);
    assertThat(
            act(first, 1, "{'kind':'propose','outcome':'explained','text':'One hall was locked.'}")
                .status())
        .isEqualTo(200);
    assertThat(
            act(first, 1, "{'kind':'close'}").requireProblem(403, ErrorCode.NOT_ALLOWED).toString())
        .contains("a second person closes a case");
    assertThat(act(second, 1, "{'kind':'close'}").status()).isEqualTo(200);
    JsonNode closed = story(1);
    assertThat(closed.get("state").asString()).isEqualTo("closed");
    assertThat(closed.get("outcome").asString()).isEqualTo("explained");
    assertThat(closed.get("acts")).hasSize(3);
    assertThat(desk.get("/api/v1/summary").json().get("openCases").asLong()).isZero();
    assertThat(closed.get("acts").get(1).get("sentence").asString())
        .contains("One hall was locked.");
    act(first, 1, "{'kind':'assign','to':'lee'}").requireProblem(403, ErrorCode.NOT_ALLOWED);
    assertThat(act(first, 1, "{'kind':'reopen','text':'It was not.'}").status()).isEqualTo(200);
    assertThat(story(1).get("state").asString()).isEqualTo("assigned");
  }

  @Test
  void more_that_is_found_opens_a_closed_case_again() throws Exception {
    raise();
    String second = desk.token("lee", Role.EXPORTER);
    act(desk.admin, 1, "{'kind':'propose','outcome':'mistaken','text':'Miscounted.'}");
    assertThat(act(second, 1, "{'kind':'close'}").status()).isEqualTo(200);
    tell(INSPECTION.replace("visit-1", "visit-2").replace("11-01T09", "11-02T09"));
    tick(Duration.ofDays(2));
    JsonNode story = story(1);
    assertThat(story.get("findings").asInt()).isEqualTo(2);
    assertThat(story.get("state").asString()).isEqualTo("open");
    assertThat(story.get("outcome").isNull()).isTrue();
  }

  @Test
  void the_same_ledger_gives_the_same_findings_and_cases_after_a_restart_and_a_rebuild()
      throws Exception {
    tell(
        "{'kind':'licence','id':'L-1','chips':['c-1'],'endUser':'north','destinations':['JP'],"
            + "'from':'2026-10-01T00:00:00.000Z','until':'2027-10-01T00:00:00.000Z',"
            + "'demandHours':{'signatures':24}}");
    raise();
    act(desk.admin, 1, "{'kind':'comment','text':'Asked the operator.'}");
    tick(Duration.ofDays(3));
    String findings = desk.get("/api/v1/findings").text();
    String story = desk.get("/api/v1/cases/1").text();
    assertThat(findings).contains("evidence-missing");
    desk.close();
    desk = Desk.in(folder);
    assertThat(desk.get("/api/v1/findings").text()).isEqualTo(findings);
    assertThat(desk.get("/api/v1/cases/1").text()).isEqualTo(story);
    tell(INSPECTION.replace("visit-1", "visit-2"));
    tick(Duration.ofDays(9));
    String later = desk.get("/api/v1/findings").text();
    assertThat(later).isNotEqualTo(findings);
    String laterStory = desk.get("/api/v1/cases/1").text();
    desk.close();
    HoldfastServer.rebuild(Desk.settings(folder), new MovedClock(Desk.NOON), new SecureRandom());
    desk = Desk.in(folder);
    assertThat(desk.get("/api/v1/findings").text()).isEqualTo(later);
    assertThat(desk.get("/api/v1/cases/1").text()).isEqualTo(laterStory);
  }

  @Test
  void what_was_told_is_read_with_who_told_it_and_as_self_declared() {
    long index =
        tell(
            "{'kind':'transfer','id':'T-1','bizStep':'shipping','chips':['c-1','c-2'],"
                + "'fromParty':'north','toParty':'carrier','fromSite':'hall',"
                + "'at':'2026-11-01T08:00:00.000Z'}");
    JsonNode told = desk.get("/api/v1/custody?kind=transfer").items().getFirst();
    assertThat(told.get("index").asLong()).isEqualTo(index);
    assertThat(told.get("basis").asString()).isEqualTo("self-declared");
    assertThat(told.get("actor").asString()).isEqualTo("admin");
    assertThat(told.get("said").get("chips")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'kind':'inspection'; 'kind':'visit'; /kind",
        "'counted':8; 'counted':-1; /counted",
        "'manner':'labels'; 'manner':'dreamt'; /manner",
        "'at':'2026-11-01T09:00:00.000Z'; 'at':'soon'; /at",
        "'at':'2026-11-01T09:00:00.000Z'; 'at':'2027-11-01T09:00:00.000Z'; /at",
        "'site':'hall'; 'site':'nowhere'; /site",
        "'counted':8; 'counted':8,'entries':['0']; /entries",
        "'counted':8; 'counted':8,'entries':['x']; /entries",
        "'counted':8; 'counted':99999999999; /counted",
        "'counted':8; 'counted':1,'chips':['a','b']; /counted",
      })
  void what_cannot_be_is_refused_with_its_field(String part, String instead, String field) {
    Answer answer = desk.post("/api/v1/custody", json(INSPECTION.replace(part, instead)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains("\"field\":\"" + field + "\"");
    assertThat(desk.get("/api/v1/custody").items()).isEmpty();
  }
}
