package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DestinationsOptionTest {
  @TempDir private Path folder = Path.of("");

  private Desk.Result locate(String claim, String... groups) {
    return new Desk(folder)
        .delays("lille,t,0.3", "beijing,u,0.3")
        .claims("t,,,," + claim + ",", "u,,,,CN,", "u,,,,,HK")
        .file("groups.csv", "destination,unit,note", groups)
        .locateJson("--destinations", folder.resolve("groups.csv").toString());
  }

  private void refused(Desk.Result result, String... sayings) {
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(folder.resolve("groups.csv").toString())
        .contains(sayings)
        .doesNotContain("HF-9001", "\u001b");
  }

  @Test
  void a_file_replaces_the_default_grouping() {
    Desk.Result result =
        locate("benelux and france", "benelux and france,FR,", "benelux and france,BE,");
    assertThat(result.err()).isEmpty();
    assertThat(result.answers("t")).containsExactly("country benelux and france PROVED");
    assertThat(result.answers("u"))
        .containsExactly("country CN PROVED", "excluded_country HK PROVED");
    assertThat(result.out()).contains("benelux and france counts FR, BE as one destination.");
  }

  @Test
  void without_the_group_the_border_leaves_it_open() {
    assertThat(locate("FR", "group,DE,").answers("t")).containsExactly("country FR UNPROVEN");
  }

  @Test
  void aliases_may_stand_for_units() {
    assertThat(locate("isles", "isles,UK,", "isles,IE,").answers("t"))
        .containsExactly("country isles REFUTED");
  }

  @Test
  void a_unit_in_two_groups_is_refused() {
    refused(locate("a", "a,FR,", "b,FR,"), "HF-1017", "FR", "two groups");
  }

  @Test
  void the_same_row_again_changes_nothing() {
    assertThat(locate("a", "a,FR,", "a,BE,", "a,FR,").answers("t"))
        .containsExactly("country a PROVED");
  }

  @Test
  void an_unknown_unit_is_refused() {
    refused(locate("a", "a,FR,", "a,XX,"), "HF-1017", "XX");
  }

  @Test
  void a_group_may_not_bear_the_code_of_a_unit_that_it_does_not_hold() {
    refused(locate("DE", "DE,FR,"), "HF-1017", "DE");
  }

  @Test
  void a_group_without_a_unit_is_refused() {
    refused(locate("a", "a,,"), "HF-1008", "unit");
  }

  @Test
  void the_name_of_a_group_is_held_to_the_rules_of_names() {
    refused(locate("FR", "a\u001b[2Jb,FR,"), "destination");
    refused(locate("FR", "x".repeat(201) + ",FR,"), "destination");
  }
}
