package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LocateJsonTest {
  @TempDir private Path folder = Path.of("");

  private Desk desk() {
    return new Desk(folder)
        .delays("tokyo,near,1", "osaka,near,4", "singapore,far,60")
        .claims("near,35.68,139.69,200,JP,CN", "far,35.68,139.69,200,JP,CN");
  }

  @Test
  void standard_output_holds_one_object_a_target_and_nothing_else() {
    Desk.Result result = desk().locateJson();
    assertThat(result.lines()).hasSize(2);
    assertThat(result.targets()).containsExactly("far", "near");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).doesNotContain("\u001b");
  }

  @Test
  void every_filled_question_is_answered() {
    Desk.Result result = desk().locateJson();
    assertThat(result.answers("near"))
        .containsExactly(
            "within 35.68,139.69,200 PROVED", "country JP PROVED", "excluded_country CN PROVED");
    assertThat(result.answers("far"))
        .containsExactly(
            "within 35.68,139.69,200 UNPROVEN",
            "country JP UNPROVEN",
            "excluded_country CN UNPROVEN");
  }

  @Test
  void the_fields_of_a_report_are_those_that_scripts_rely_on() {
    JsonNode report = desk().locateJson().lines().getFirst();
    assertThat(report.propertyNames())
        .containsExactly(
            "target",
            "subject",
            "basis",
            "simulated",
            "region",
            "toleratedFaults",
            "window",
            "bindingLandmarks",
            "conflicts",
            "answers",
            "advice");
    assertThat(report.path("subject").path("kind").asString()).isEqualTo("target");
    assertThat(report.path("subject").path("id").asString()).isEqualTo("near");
    assertThat(report.path("basis").asString()).isEqualTo("as-given");
    assertThat(report.path("region").path("destinations").path(0).asString()).isEqualTo("JP");
    assertThat(report.path("region").path("radiusKm").asDouble()).isBetween(149.0, 151.0);
    assertThat(report.path("bindingLandmarks").path(0).path("landmark").asString())
        .isEqualTo("tokyo");
    assertThat(report.path("answers").path(0).path("coalition").path(0).asString())
        .isEqualTo("tokyo");
  }

  @Test
  void what_stays_open_is_supported_or_contradicted_at_the_slower_speed() {
    Desk.Result result =
        new Desk(folder)
            .delays("tokyo,t,1")
            .claims("t,35.68,139.69,120,,", "t,38.2,140.9,120,,")
            .locateJson();
    JsonNode answers = result.reports().getOrDefault("t", Json.mapper().nullNode()).path("answers");
    assertThat(result.answers("t"))
        .containsExactly("within 35.68,139.69,120 UNPROVEN", "within 38.2,140.9,120 REFUTED");
    assertThat(answers.path(0).path("atSlowerSpeed").asString()).isEqualTo("supported");
    assertThat(answers.path(1).path("atSlowerSpeed").isNull()).isTrue();
    assertThat(
            new Desk(folder)
                .delays("tokyo,t,1")
                .claims("t,35.68,139.69,120,,")
                .locateJson("--also-speed", "290")
                .lines()
                .getFirst()
                .path("answers")
                .path(0)
                .path("atSlowerSpeed")
                .asString())
        .isEqualTo("open");
  }

  @Test
  void a_target_that_was_only_claimed_is_unproven() {
    Desk.Result result =
        new Desk(folder).delays("tokyo,t,1").claims("ghost,,,,JP,", "t,,,,JP,").locateJson();
    assertThat(result.status()).isZero();
    assertThat(result.answers("ghost")).containsExactly("country JP UNPROVEN");
    assertThat(result.answers("t")).containsExactly("country JP PROVED");
  }

  @Test
  void a_target_without_a_claim_still_has_its_region() {
    JsonNode report = new Desk(folder).delays("tokyo,t,1").locateJson().lines().getFirst();
    assertThat(report.path("answers").isArray()).isTrue();
    assertThat(report.path("answers").isEmpty()).isTrue();
    assertThat(report.path("region").path("empty").asBoolean()).isFalse();
  }

  @Test
  void a_conflict_proves_nothing_and_names_who_contradicts_whom() {
    Desk.Result result =
        new Desk(folder)
            .delays("tokyo,t,1", "london,t,1")
            .claims("t,,,,JP,CN", "t,35.68,139.69,500,,")
            .locateJson();
    assertThat(result.status()).isZero();
    assertThat(result.answers("t"))
        .containsExactlyInAnyOrder(
            "country JP UNPROVEN",
            "excluded_country CN UNPROVEN",
            "within 35.68,139.69,500 UNPROVEN");
    JsonNode report = result.lines().getFirst();
    assertThat(report.path("region").path("empty").asBoolean()).isTrue();
    assertThat(report.path("conflicts").path(0).path("landmarks").values())
        .extracting(JsonNode::asString)
        .containsExactly("london", "tokyo");
  }
}
