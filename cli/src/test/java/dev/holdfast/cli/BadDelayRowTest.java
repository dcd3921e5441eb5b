package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad row is named, its target gets no answer, and the others get theirs. */
final class BadDelayRowTest {
  /** A bad row of a target {@code bad-…}, the code of its error and the field that is named. */
  private record Kind(String target, String row, String code, String field) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("bad-nan", "tokyo,bad-nan,NaN,", "HF-1009", "min_rtt_ms"),
          new Kind("bad-infinite", "tokyo,bad-infinite,Infinity,", "HF-1009", "min_rtt_ms"),
          new Kind("bad-negative", "tokyo,bad-negative,-0.1,", "HF-1010", "min_rtt_ms"),
          new Kind("bad-slow", "tokyo,bad-slow,86400001,", "HF-1010", "min_rtt_ms"),
          new Kind("bad-large", "tokyo,bad-large,1e400,", "HF-1010", "min_rtt_ms"),
          new Kind("bad-empty", "tokyo,bad-empty,,", "HF-1008", "min_rtt_ms"),
          new Kind("bad-nameless", ",bad-nameless,1,", "HF-1008", "landmark"),
          new Kind("bad-unknown", "kyoto,bad-unknown,1,", "HF-1013", "landmark"),
          new Kind(
              "bad-offset", "tokyo,bad-offset,1,2026-01-31T08:00:00", "HF-1011", "measured_at"),
          new Kind("bad-day", "tokyo,bad-day,1,2026-02-30T08:00:00Z", "HF-1011", "measured_at"),
          new Kind("bad-many", "tokyo,bad-many,1,,extra", "HF-1006", ""),
          new Kind("bad-few", "tokyo,bad-few,1", "HF-1006", ""),
          new Kind("bad-quote", "tokyo,bad-quote,\"1,", "HF-1007", ""),
          new Kind("bad-name-quote", "tokyo,\"bad-name-quote,1,", "HF-1007", ""),
          new Kind("bad-endless", "tokyo,bad-endless,1," + "x".repeat(3_000_000), "HF-1005", ""),
          new Kind("bad-latin-1", "Z\u00fcrich,bad-latin-1,1,", "HF-1004", ""),
          new Kind("bad-zero", "tokyo,bad-zero,1\u0000,", "HF-1004", ""));

  @TempDir private Path folder = Path.of("");

  private static Path delays = Path.of("");
  private static Desk.Result result = new Desk.Result(-1, "", "");

  /** One file with every kind of bad row, each between good rows of its target and of others. */
  @BeforeAll
  static void locate(@TempDir Path shared) {
    StringBuilder rows = new StringBuilder("landmark,target,min_rtt_ms,measured_at\n");
    for (Kind kind : KINDS) {
      rows.append("tokyo,").append(kind.target).append(",1,\n");
      rows.append(kind.row).append('\n');
      rows.append("london,").append(kind.target).append(",40,\n");
      rows.append("paris,after-").append(kind.target).append(",1,\n");
    }
    Desk desk = new Desk(shared);
    delays = desk.path("delays.csv");
    result =
        desk.octets("delays.csv", rows.toString().getBytes(StandardCharsets.ISO_8859_1))
            .locateJson();
  }

  @TestFactory
  List<DynamicTest> a_bad_row_is_named_and_spoils_only_its_target() {
    return KINDS.stream()
        .map(kind ->
            DynamicTest.dynamicTest(
                kind.target,
                () -> {
                  assertThat(result.targets())
                      .contains("after-" + kind.target)
                      .doesNotContain(kind.target);
                  List<String> about =
                      result
                          .err()
                          .lines()
                          .filter(line -> line.contains("\"line\":" + line(kind) + ","))
                          .toList();
                  assertThat(about)
                      .singleElement(InstanceOfAssertFactories.STRING)
                      .contains(
                          "\"code\":\"" + kind.code + "\"",
                          "\"category\":\"user\"",
                          "\"file\":\"" + delays + "\"",
                          "\"field\":"
                              + (kind.field.isEmpty() ? "null" : "\"" + kind.field + "\""));
                }))
        .toList();
  }

  private static int line(Kind kind) {
    return 3 + 4 * KINDS.indexOf(kind);
  }

  @Test
  void bad_rows_make_the_exit_status_2_and_are_reported_once_each() {
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(KINDS.size());
    assertThat(result.err().lines()).allMatch(line -> line.startsWith("{\"error\":{"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokyo,,1", "tokyo,b\u0007d,1", "tokyo,b\u001b[2Jd,1"})
  void a_target_that_cannot_be_made_out_spoils_nobody(String row) {
    Desk.Result found = new Desk(folder).delays("tokyo,t,1", row, "tokyo,t,1").locateJson();
    assertThat(found.status()).isEqualTo(2);
    assertThat(found.err()).contains("\"line\":3", "\"field\":\"target\"");
    assertThat(found.err()).doesNotContain("\u0007", "\u001b");
    assertThat(found.targets()).containsExactly("t");
  }

  @Test
  void a_target_with_too_long_a_name_has_no_answer() {
    Desk.Result found =
        new Desk(folder).delays("tokyo,t,1", "tokyo," + "x".repeat(201) + ",1").locateJson();
    assertThat(found.status()).isEqualTo(2);
    assertThat(found.err()).contains("HF-1012", "\"field\":\"target\"");
    assertThat(found.targets()).containsExactly("t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+999999999-12-31T23:59:59-18:00", "-999999999-01-01T00:00:00+18:00"})
  void the_ends_of_time_are_no_internal_error(String time) {
    Desk.Result found =
        new Desk(folder)
            .timedDelays("tokyo,good,1,", "tokyo,t,1," + time, "osaka,t,9,2026-01-31T08:00:00Z")
            .locateJson("--window", "999999999d");
    assertThat(found.err()).doesNotContain("HF-9001");
    assertThat(found.status()).isIn(0, 2);
    assertThat(found.targets()).contains("good");
  }

  @Test
  void in_text_a_bad_row_is_one_coded_line() {
    Desk.Result found =
        new Desk(folder).delays("tokyo,t,1", "tokyo,bad,-3", "tokyo,bad,1").locate();
    assertThat(found.status()).isEqualTo(2);
    assertThat(found.err())
        .isEqualTo(
            "HF-1010 "
                + folder.resolve("delays.csv")
                + ":3: min_rtt_ms: \"-3\" is not between 0 and 86400000\n");
    assertThat(found.out()).startsWith("t").doesNotContain("bad");
  }

  @Test
  void a_flood_of_bad_rows_is_counted_and_not_printed() {
    String[] rows = new String[500];
    Arrays.fill(rows, "tokyo,bad,x");
    rows[499] = "tokyo,t,1";
    Desk.Result found = new Desk(folder).delays(rows).locate();
    assertThat(found.status()).isEqualTo(2);
    assertThat(found.err().lines()).hasSize(101);
    assertThat(found.err()).endsWith("HF-1009 and 399 more like these\n");
    assertThat(found.out()).startsWith("t");
  }
}
