package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Field names are a promise to scripts: they never change, and new ones come after. */
final class ReportJsonTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private static JsonNode json(LocationReport report) {
    return MAPPER.readTree(
        MAPPER.writeValueAsString(ReportJson.of(report, reason -> "sentence of " + reason.code())));
  }

  private final JsonNode json = json(Reports.tolerating(1));

  @Test
  void a_report_has_the_promised_fields_in_order() {
    assertThat(json.propertyNames())
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
  }

  @Test
  void its_parts_have_the_promised_fields() {
    assertThat(json.path("subject").propertyNames()).containsExactly("kind", "id", "binding");
    assertThat(json.path("region").propertyNames())
        .containsExactly("empty", "areaKm2", "centre", "radiusKm", "destinations");
    assertThat(json.path("region").path("centre").propertyNames())
        .containsExactly("latitude", "longitude");
    assertThat(json.path("bindingLandmarks").path(0).propertyNames())
        .containsExactly("landmark", "boundKm");
    assertThat(json.path("advice").propertyNames())
        .containsExactly("centre", "radius90Km", "score", "basis");
    assertThat(json.path("advice").path("centre").propertyNames())
        .containsExactly("latitude", "longitude");
  }

  @Test
  void an_answer_has_the_promised_fields() {
    for (JsonNode answer : json.path("answers")) {
      assertThat(answer.propertyNames())
          .contains("question", "value", "verdict", "atSlowerSpeed", "reason", "coalition")
          .containsExactly(
              "question",
              "value",
              "verdict",
              "atSlowerSpeed",
              "reason",
              "reasonCode",
              "assumptions",
              "coalition");
    }
  }

  @Test
  void windows_and_conflicts_say_what_they_are_made_of() {
    assertThat(json.path("window").propertyNames())
        .containsExactly("length", "reference", "used", "expired", "withoutTime");
    assertThat(json.path("conflicts").path(0).propertyNames())
        .containsExactly("landmarks", "gapKm", "at");
  }

  @Test
  void values_are_of_the_promised_form() {
    assertThat(json.path("subject").path("kind").asString()).isEqualTo("target");
    assertThat(json.path("subject").path("binding").isNull()).isTrue();
    assertThat(json.path("basis").asString()).isEqualTo("as-given");
    assertThat(json.path("simulated").asBoolean()).isFalse();
    assertThat(json.path("window").path("length").asString()).isEqualTo("PT10M");
    assertThat(json.path("window").path("reference").asString()).isEqualTo("2026-01-31T08:00:00Z");
    JsonNode proved = json.path("answers").path(0);
    assertThat(proved.path("question").asString()).isEqualTo("excluded_country");
    assertThat(proved.path("value").asString()).isEqualTo("CN");
    assertThat(proved.path("verdict").asString()).isEqualTo("PROVED");
    assertThat(proved.path("atSlowerSpeed").isNull()).isTrue();
    assertThat(proved.path("reason").asString()).isEqualTo("sentence of reason.nowhere-there");
    assertThat(proved.path("coalition").path(0).asString()).isEqualTo("tokyo");
    JsonNode open = json.path("answers").path(1);
    assertThat(open.path("question").asString()).isEqualTo("within");
    assertThat(open.path("verdict").asString()).isEqualTo("UNPROVEN");
    assertThat(open.path("atSlowerSpeed").asString()).isEqualTo("contradicted");
    assertThat(open.path("coalition").isEmpty()).isTrue();
  }

  @Test
  void limits_are_rounded_up_and_places_to_the_nearest() {
    assertThat(json.path("region").path("radiusKm").asDouble()).isEqualTo(149.897);
    assertThat(json.path("bindingLandmarks").path(0).path("boundKm").asDouble()).isEqualTo(149.897);
    assertThat(json.path("region").path("areaKm2").asDouble()).isEqualTo(70_588);
    assertThat(json.path("region").path("centre").path("latitude").asDouble()).isEqualTo(35.68123);
  }

  @Test
  void what_is_not_known_is_null_and_still_there() {
    JsonNode empty = json(Reports.empty());
    assertThat(empty.propertyNames()).isEqualTo(json.propertyNames());
    assertThat(empty.path("region").path("centre").isNull()).isTrue();
    assertThat(empty.path("window").path("reference").isNull()).isTrue();
    assertThat(empty.path("advice").path("centre").isNull()).isTrue();
    assertThat(empty.path("advice").path("radius90Km").isNull()).isTrue();
    assertThat(empty.path("advice").path("score").isNull()).isTrue();
    assertThat(empty.path("answers").isArray()).isTrue();
    assertThat(empty.path("subject").path("kind").asString()).isEqualTo("host");
    assertThat(empty.path("subject").path("binding").asString()).isEqualTo("chip-evidence");
    assertThat(empty.path("basis").asString()).isEqualTo("signed-rounds");
    assertThat(empty.path("simulated").asBoolean()).isTrue();
  }
}
