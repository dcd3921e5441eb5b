package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class BadClaimRowTest {
  /** A bad row after the comma of its target, the code of its error and the field named. */
  private record Kind(String row, String code, String field) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("91,139.69,100,,", "HF-1010", "latitude"),
          new Kind("NaN,139.69,100,,", "HF-1009", "latitude"),
          new Kind("35.68,-181,100,,", "HF-1010", "longitude"),
          new Kind("35.68,139.69,-1,,", "HF-1010", "within_km"),
          new Kind("35.68,139.69,,,", "HF-1016", "within_km"),
          new Kind(",139.69,100,JP,", "HF-1016", "latitude"),
          new Kind(",,,,", "HF-1016", "target"),
          new Kind(",,,XX,", "HF-1014", "country"),
          new Kind(",,,,jp", "HF-1014", "excluded_country"),
          new Kind(",,,Japan,", "HF-1014", "country"),
          new Kind(",,,JP", "HF-1006", ""));

  @TempDir private Path folder = Path.of("");

  private static Path claims = Path.of("");
  private static Desk.Result result = new Desk.Result(-1, "", "");

  /** Target {@code bad-n} has a good claim, the bad one of kind n and a good delay. */
  @BeforeAll
  static void locate(@TempDir Path shared) {
    List<String> delayRows = new ArrayList<>(List.of("tokyo,good,1"));
    List<String> claimRows = new ArrayList<>();
    for (int i = 0; i < KINDS.size(); i++) {
      delayRows.add("tokyo,bad-" + i + ",1");
      claimRows.add("bad-" + i + ",,,,JP,");
      claimRows.add("bad-" + i + "," + KINDS.get(i).row);
    }
    claimRows.add("good,,,,JP,");
    Desk desk = new Desk(shared);
    claims = desk.path("claims.csv");
    result =
        desk.delays(delayRows.toArray(String[]::new))
            .claims(claimRows.toArray(String[]::new))
            .locateJson();
  }

  private Desk.Result locate(String... claimRows) {
    return new Desk(folder).delays("tokyo,good,1", "tokyo,bad,1").claims(claimRows).locateJson();
  }

  @TestFactory
  List<DynamicTest> a_bad_row_is_named() {
    return KINDS.stream()
        .map(kind ->
            DynamicTest.dynamicTest(
                kind.row,
                () ->
                    assertThat(result.err().lines())
                        .filteredOn(line ->
                            line.contains("\"line\":" + (3 + 2 * KINDS.indexOf(kind)) + ","))
                        .singleElement(InstanceOfAssertFactories.STRING)
                        .contains(
                            "\"code\":\"" + kind.code + "\"",
                            "\"file\":\"" + claims + "\"",
                            "\"field\":"
                                + (kind.field.isEmpty() ? "null" : "\"" + kind.field + "\""))))
        .toList();
  }

  @Test
  void bad_rows_spoil_only_their_targets() {
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(KINDS.size());
    assertThat(result.targets()).containsExactly("good");
    assertThat(result.answers("good")).containsExactly("country JP PROVED");
  }

  @Test
  void a_row_without_a_target_spoils_nobody() {
    Desk.Result found = locate(",,,,JP,", "good,,,,JP,");
    assertThat(found.status()).isEqualTo(2);
    assertThat(found.err()).contains("HF-1008", "\"field\":\"target\"");
    assertThat(found.targets()).containsExactly("bad", "good");
  }

  @Test
  void a_bad_target_that_was_never_measured_has_no_answer_either() {
    Desk.Result found = locate("ghost,,,,XX,", "good,,,,JP,");
    assertThat(found.targets()).containsExactly("bad", "good");
  }

  @Test
  void a_column_that_nobody_knows_is_warned_of() {
    Desk.Result found =
        new Desk(folder)
            .delays("tokyo,good,1")
            .file("claims.csv", "target,country,exclude_country", "good,JP,CN")
            .locate();
    assertThat(found.status()).isZero();
    assertThat(found.err()).contains("\"exclude_country\" is not known and is ignored");
  }
}
