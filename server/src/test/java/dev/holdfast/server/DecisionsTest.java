package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.policy.Decider;
import dev.holdfast.policy.KeptDecision;
import dev.holdfast.policy.PolicyFiles;
import dev.holdfast.policy.PolicyRecord;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is decided in a server stands in its ledger, and what is only asked does not. */
final class DecisionsTest {
  private static final String H200 = "item=H200&to=CN&date=2026-02-01&knownOn=2026-02-01";

  @TempDir private Path folder;

  private static String body(String... fields) {
    Map<String, String> body = new TreeMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      body.put(fields[i], fields[i + 1]);
    }
    return StateJson.mapper().writeValueAsString(body);
  }

  @Test
  void what_is_asked_is_answered_and_not_kept() {
    try (Desk desk = Desk.in(folder)) {
      JsonNode decision = desk.get("/api/v1/policy/decision?" + H200).json();

      assertThat(decision.get("outcome").asString()).isEqualTo("case-by-case");
      assertThat(decision.at("/decidedBy/0/rule").asString()).isEqualTo("H200RULE");
      assertThat(decision.at("/decidedBy/0/citation").asString()).isEqualTo("91 FR 1684");
      assertThat(decision.at("/classification/tpp").asDouble()).isEqualTo(15_832);
      assertThat(decision.get("conditions")).isNotEmpty();
      assertThat(decision.get("trace")).isNotEmpty();
      assertThat(decision.get("advice").asString()).contains("does not replace");
      assertThat(
              desk.get("/api/v1/policy/decision?" + H200, "Accept-Language", "ja")
                  .json()
                  .get("sentence")
                  .asString())
          .contains("個別に審査");
      assertThat(desk.get("/api/v1/decisions").items()).isEmpty();
    }
  }

  @Test
  void what_is_decided_stands_in_the_ledger_and_can_be_made_again() {
    try (Desk desk = Desk.in(folder)) {
      Answer answer =
          desk.post(
              "/api/v1/decisions",
              body(
                  "item",
                  "H200",
                  "to",
                  "SG",
                  "parentHq",
                  "CN",
                  "date",
                  "2026-02-01",
                  "endUser",
                  "Example Pte"));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      long index = answer.json().get("index").asLong();
      assertThat(answer.json().at("/decision/outcome").asString())
          .isEqualTo("presumption-of-denial");

      JsonNode kept = desk.get("/api/v1/decisions/" + index).json();
      assertThat(kept.get("actor").asString()).isEqualTo("admin");
      assertThat(kept.get("outcome").asString()).isEqualTo("presumption-of-denial");
      assertThat(kept.at("/question/endUser").asString()).isEqualTo("Example Pte");
      assertThat(kept.at("/question/knownOn").asString()).isEqualTo("2026-11-01");
      assertThat(desk.get("/api/v1/decisions?to=SG").each("index"))
          .containsExactly(Long.toString(index));
      assertThat(desk.get("/api/v1/decisions?outcome=case-by-case").items()).isEmpty();
      assertThat(desk.get("/api/v1/entries/" + index).json().get("envelope").asString())
          .isNotEmpty();

      KeptDecision again =
          KeptDecision.of(
              Map.of("parentHq", "CN", "endUser", "Example Pte"),
              new Decider(PolicyRecord.builtIn())
                  .decide(
                      new dev.holdfast.policy.QuestionReader(
                              PolicyRecord.builtIn(), java.time.LocalDate.parse("2026-11-01"))
                          .read(name ->
                              java.util.Optional.ofNullable(
                                  Map.of(
                                          "item",
                                          "H200",
                                          "to",
                                          "SG",
                                          "parentHq",
                                          "CN",
                                          "date",
                                          "2026-02-01")
                                      .get(name)))));
      assertThat(kept.get("record").asString()).isEqualTo(again.record());
      assertThat(again.decidedBy()).hasSameSizeAs(kept.get("decidedBy").valueStream().toList());
    }
  }

  @Test
  void views_made_again_hold_the_same_decisions() {
    List<JsonNode> before;
    try (Desk desk = Desk.in(folder)) {
      desk.post("/api/v1/decisions", body("item", "H20", "to", "CN", "parentHq", "CN"));
      desk.post("/api/v1/decisions", body("item", "own", "tpp", "5000", "to", "MY"));
      before = desk.get("/api/v1/decisions").items();
      assertThat(before).hasSize(2);
    }
    HoldfastServer.rebuild(Desk.settings(folder), new MovedClock(Desk.NOON), new SecureRandom());
    try (Desk desk = Desk.in(folder)) {
      assertThat(desk.get("/api/v1/decisions").items()).isEqualTo(before);
    }
  }

  @Test
  void a_question_that_says_nothing_sensible_is_refused_with_its_field_and_not_kept() {
    try (Desk desk = Desk.in(folder)) {
      JsonNode problem =
          desk.post("/api/v1/decisions", body("item", "H2000", "to", "CN"))
              .requireProblem(400, ErrorCode.UNKNOWN_ITEM);
      assertThat(problem.get("field").asString()).isEqualTo("item");
      assertThat(problem.get("detail").asString()).contains("H200 SXM");
      desk.get("/api/v1/policy/decision?item=H200&to=CN&date=2020-01-01")
          .requireProblem(400, ErrorCode.OUTSIDE_RECORD);
      desk.get("/api/v1/policy/decision?item=H200&to=XX")
          .requireProblem(400, ErrorCode.UNKNOWN_COUNTRY);
      desk.post("/api/v1/decisions", body("item", "H200", "to", "CN", "colour", "red"))
          .requireProblem(400, ErrorCode.BAD_PARAMETER);
      desk.get("/api/v1/decisions/0").requireProblem(404, ErrorCode.NOT_THERE);
      assertThat(desk.get("/api/v1/decisions").items()).isEmpty();
    }
  }

  @Test
  void an_auditor_may_ask_and_neither_decide_nor_read_decisions() {
    try (Desk desk = Desk.in(folder)) {
      String auditor = desk.token("eve", Role.AUDITOR);
      String exporter = desk.token("ex", Role.EXPORTER);
      assertThat(desk.getAs(auditor, "/api/v1/policy/decision?" + H200).status()).isEqualTo(200);
      desk.getAs(auditor, "/api/v1/decisions").requireProblem(403, ErrorCode.NOT_ALLOWED);
      assertThat(desk.getAs(exporter, "/api/v1/decisions").status()).isEqualTo(200);
      assertThat(
              desk.send(
                      desk.request("/api/v1/decisions", auditor, "Content-Type", Desk.JSON)
                          .POST(
                              java.net.http.HttpRequest.BodyPublishers.ofString(
                                  body("item", "H200", "to", "CN")))
                          .build())
                  .status())
          .isEqualTo(403);
      desk.getAs("", "/api/v1/policy/rules").requireProblem(401, ErrorCode.NOT_SIGNED_IN);
    }
  }

  @Test
  void the_law_the_catalogue_and_countries_can_be_read() {
    try (Desk desk = Desk.in(folder)) {
      JsonNode rules = desk.get("/api/v1/policy/rules").json();
      assertThat(rules.get("begins").asString()).isEqualTo("2022-10-07");
      assertThat(rules.get("items").valueStream().map(each -> each.get("rule").asString()))
          .contains("H200RULE", "AIDIFF");
      assertThat(desk.get("/api/v1/policy/catalogue").each("item")).contains("H200 SXM", "MI308X");
      List<JsonNode> countries =
          desk.get("/api/v1/policy/countries?date=2026-02-02&knownOn=2026-02-02").items();
      assertThat(countries)
          .filteredOn(each -> each.get("code").asString().equals("KH"))
          .singleElement()
          .satisfies(each -> assertThat(each.get("groups").toString()).contains("D:5"));
      desk.get("/api/v1/policy/countries?date=soon").requireProblem(400, ErrorCode.BAD_PARAMETER);
    }
  }

  @Test
  void a_server_decides_by_the_record_that_it_was_given() {
    Map<String, byte[]> files = new TreeMap<>();
    PolicyFiles.NAMES.forEach(name -> files.put(name, PolicyFiles.builtIn().octets(name)));
    String rules = new String(files.get("rules.csv"), java.nio.charset.StandardCharsets.UTF_8);
    files.put(
        "rules.csv",
        rules
            .replace("tpp < 21000.0", "tpp < 15000.0")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (Desk desk = Desk.with(Desk.settings(folder).withPolicy(new PolicyFiles(files)))) {
      assertThat(desk.get("/api/v1/policy/decision?" + H200).json().get("outcome").asString())
          .isEqualTo("presumption-of-denial");
    }
  }
}
