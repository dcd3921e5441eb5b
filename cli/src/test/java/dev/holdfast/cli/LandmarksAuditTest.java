package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LandmarksAuditTest {
  @TempDir private Path folder = Path.of("");

  /** Five landmarks in Europe; what "paris" measured puts it near Madrid. */
  private Desk liar() {
    return new Desk(folder)
        .landmarks(
            "london,51.50,-0.12",
            "lille,50.63,3.06",
            "paris,48.86,2.35",
            "madrid,40.42,-3.70",
            "berlin,52.52,13.40")
        .delays(
            "london,lille,5",
            "london,madrid,20",
            "london,berlin,15",
            "lille,madrid,20",
            "lille,berlin,12",
            "madrid,berlin,30",
            "paris,madrid,1",
            "paris,london,15",
            "berlin,paris,5",
            "lille,paris,15",
            "paris,somewhere,1",
            "paris,paris,0");
  }

  private Desk honest() {
    return liar().delays("london,lille,5", "paris,madrid,20", "berlin,paris,14", "x-ray,x-ray,1");
  }

  @Test
  void a_landmark_that_explains_every_impossible_pair_is_a_suspect() {
    Desk.Result result = liar().audit("--output", "json");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    JsonNode audit = result.lines().getFirst();
    assertThat(result.lines()).hasSize(1);
    assertThat(audit.path("suspects").toString())
        .isEqualTo("[{\"landmark\":\"paris\",\"brokenPairs\":2}]");
    assertThat(audit.path("ties").isEmpty()).isTrue();
    assertThat(audit.path("speedKmPerMs").asDouble()).isEqualTo(200);
    assertThat(audit.path("smallestSet").asInt()).isEqualTo(1);
    assertThat(audit.path("pairsChecked").asInt()).isEqualTo(10);
  }

  @Test
  void the_fields_of_an_audit_are_those_that_scripts_rely_on() {
    JsonNode audit = liar().audit("--output", "json").lines().getFirst();
    assertThat(audit.propertyNames())
        .containsExactly(
            "speedKmPerMs",
            "pairsChecked",
            "suspects",
            "ties",
            "smallestSet",
            "explanations",
            "proven",
            "pairs");
    assertThat(audit.path("pairs").path(0).propertyNames())
        .containsExactly("first", "second", "minRttMs", "limitKm", "distanceKm");
  }

  @Test
  void a_single_impossible_pair_is_a_tie() {
    Desk desk = liar().delays("paris,madrid,1", "london,lille,5");
    Desk.Result result = desk.audit("--output", "json");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.lines().getFirst().path("suspects").isEmpty()).isTrue();
    assertThat(result.lines().getFirst().path("ties").toString())
        .isEqualTo(
            "[{\"landmarks\":[\"madrid\",\"paris\"],\"alternatives\":[[\"madrid\"],[\"paris\"]]}]");
    assertThat(desk.audit().out())
        .contains("△ One of these is wrong, the mesh does not tell which: madrid or paris");
  }

  @Test
  void text_names_suspects_and_the_pairs_they_break() {
    Desk.Result result = liar().audit();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains(
            "10 pairs of landmarks checked at 200 km/ms: 2 impossible.",
            "▲ paris is in every smallest explanation; it breaks 2 pairs.",
            "madrid – paris: 1 ms allow 100 km, but they are");
  }

  @Test
  void nobody_is_suspected_where_everything_is_possible() {
    Desk.Result result =
        honest().delays("london,lille,5", "paris,madrid,20", "berlin,paris,14").audit();
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("0 impossible", "No landmark is suspected.");
  }

  @Test
  void at_the_speed_of_light_less_is_impossible() {
    Desk desk = liar().delays("london,lille,2", "paris,london,3");
    assertThat(desk.audit().status()).isEqualTo(1);
    assertThat(desk.audit("--speed", "c").status()).isZero();
    assertThat(desk.audit("--speed", "c").out()).contains("at 299.792458 km/ms");
  }

  @Test
  void bad_rows_are_named_and_the_rest_is_audited() {
    Desk.Result result = honest().audit("--output", "json");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-1013", "x-ray");
    assertThat(result.lines().getFirst().path("pairsChecked").asInt()).isEqualTo(3);
  }

  @Test
  void the_least_delay_of_a_pair_counts_in_either_direction() {
    Desk.Result result =
        liar().delays("paris,madrid,20", "madrid,paris,1", "madrid,paris,30").audit();
    assertThat(result.out()).contains("1 pairs of landmarks checked", "madrid – paris: 1 ms");
  }
}
