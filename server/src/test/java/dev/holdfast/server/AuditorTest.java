package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An auditor sees the sites that were disclosed to it, and of them the spans that were. */
final class AuditorTest {
  @TempDir private Path folder;
  private Desk desk;
  private String auditor = "";

  @BeforeEach
  void start() {
    desk = Desk.in(folder);
    auditor = desk.token("ward", Role.AUDITOR);
    desk.declare(
        ("{'sites':[%s,%s],'hosts':[{'id':'rack-1','site':'hall'},{'id':'rack-2','site':'other'}],"
                + "'chips':[{'id':'c-1','model':'H100','host':'rack-1'},"
                + "{'id':'c-2','model':'H100','host':'rack-2'},{'id':'c-3','model':'H100'}]}")
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

  private void disclose(String site, Instant from, Instant until) {
    Answer answer =
        desk.post(
            "/api/v1/disclosures",
            "{\"auditor\":\"ward\",\"site\":\"%s\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(site, stamp(from), stamp(until)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static String stamp(Instant time) {
    return dev.holdfast.trust.StatementTime.print(time);
  }

  private void comment(String text) {
    assertThat(
            desk.post("/api/v1/comments", "{\"subject\":\"rack-1\",\"text\":\"" + text + "\"}")
                .status())
        .isEqualTo(200);
  }

  private List<String> ids(String path) {
    return desk.getAs(auditor, "/api/v1/" + path).each("id");
  }

  @Test
  void nothing_is_seen_before_anything_is_disclosed() {
    for (String path : List.of("sites", "hosts", "chips", "verdicts")) {
      assertThat(ids(path)).as(path).isEmpty();
    }
    for (String path :
        List.of(
            "sites/hall", "hosts/rack-1", "chips/c-1", "chips/c-1/timeline", "chips/c-1/delays")) {
      desk.getAs(auditor, "/api/v1/" + path).requireProblem(404, ErrorCode.NOT_THERE);
    }
    JsonNode summary = desk.getAs(auditor, "/api/v1/summary").json();
    for (String count : List.of("sites", "hosts", "chips", "findings")) {
      assertThat(summary.get(count).asInt()).as(count).isZero();
    }
  }

  @Test
  void a_disclosed_site_is_seen_and_no_other() {
    disclose("hall", Desk.NOON.minusSeconds(60), Desk.NOON.plusSeconds(3600));
    assertThat(ids("sites")).containsExactly("hall");
    assertThat(ids("hosts")).containsExactly("rack-1");
    assertThat(ids("chips")).containsExactly("c-1");
    assertThat(ids("sites?state=SILENT")).containsExactly("hall");
    assertThat(desk.getAs(auditor, "/api/v1/chips/c-1").json().get("siteName").asString())
        .isEqualTo("Hall");
    assertThat(desk.getAs(auditor, "/api/v1/chips/c-1/timeline").items()).isNotEmpty();
    assertThat(desk.getAs(auditor, "/api/v1/chips/c-1/delays").status()).isEqualTo(200);
    for (String path :
        List.of(
            "sites/other",
            "hosts/rack-2",
            "chips/c-2",
            "chips/c-3",
            "chips/c-2/timeline",
            "chips/c-3/delays")) {
      desk.getAs(auditor, "/api/v1/" + path).requireProblem(404, ErrorCode.NOT_THERE);
    }
    JsonNode summary = desk.getAs(auditor, "/api/v1/summary").json();
    assertThat(summary.get("sites").asInt()).isEqualTo(1);
    assertThat(summary.get("hosts").asInt()).isEqualTo(1);
    assertThat(summary.get("chips").asInt()).isEqualTo(1);
    assertThat(desk.get("/api/v1/summary").json().get("chips").asInt()).isEqualTo(3);
  }

  @Test
  void what_one_auditor_sees_another_does_not() {
    String other = desk.token("other", Role.AUDITOR);
    disclose("hall", Desk.NOON.minusSeconds(60), Desk.NOON.plusSeconds(3600));
    assertThat(desk.getAs(other, "/api/v1/sites").items()).isEmpty();
  }

  @Test
  void of_a_disclosed_site_only_the_disclosed_spans_are_seen() {
    desk.clock.pass(Duration.ofMinutes(10));
    comment("before");
    desk.clock.pass(Duration.ofMinutes(10));
    comment("within");
    desk.clock.pass(Duration.ofMinutes(10));
    comment("behind");
    disclose("hall", Desk.NOON.plusSeconds(15 * 60), Desk.NOON.plusSeconds(25 * 60));
    assertThat(desk.getAs(auditor, "/api/v1/chips/c-1/timeline").each("sentence"))
        .singleElement()
        .asString()
        .endsWith("within");
    assertThat(desk.get("/api/v1/chips/c-1/timeline").items()).hasSizeGreaterThan(3);
    disclose("hall", Desk.NOON.plusSeconds(28 * 60), Desk.NOON.plusSeconds(35 * 60));
    assertThat(desk.getAs(auditor, "/api/v1/chips/c-1/timeline").each("sentence"))
        .hasSize(2)
        .first()
        .asString()
        .endsWith("behind");
  }

  @Test
  void a_disclosure_that_ends_when_it_begins_is_none() {
    Answer answer =
        desk.post(
            "/api/v1/disclosures",
            "{\"auditor\":\"ward\",\"site\":\"hall\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(stamp(Desk.NOON), stamp(Desk.NOON)));
    assertThat(answer.requireProblem(400, ErrorCode.BAD_PARAMETER).get("field").asString())
        .isEqualTo("/until");
  }

  @Test
  void a_disclosure_to_nobody_is_refused_with_its_field() {
    Answer answer =
        desk.post(
            "/api/v1/disclosures",
            "{\"auditor\":\"\",\"site\":\"hall\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(stamp(Desk.NOON), stamp(Desk.NOON.plusSeconds(60))));
    assertThat(answer.requireProblem(400, ErrorCode.BAD_PARAMETER).get("field").asString())
        .isEqualTo("/auditor");
  }
}
