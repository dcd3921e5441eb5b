package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CountryCodeTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void an_alias_means_the_country_that_it_stands_for() {
    Desk.Result result =
        new Desk(folder)
            .delays("london,t,0.5", "london,u,0.5")
            .claims("t,,,,UK,", "u,,,,GB,")
            .locateJson();
    assertThat(result.answers("t")).containsExactly("country GB PROVED");
    assertThat(result.answers("u")).containsExactly("country GB PROVED");
  }

  @Test
  void member_and_group_mean_the_same_destination() {
    Desk.Result result =
        new Desk(folder)
            .delays("beijing,t,1")
            .claims("t,,,,CN,CN", "t,,,,HK,HK", "t,,,,MO,", "t,,,,CN+HK+MO,CN+HK+MO", "t,,,,TW,TW")
            .locateJson();
    assertThat(result.answers("t"))
        .containsExactlyInAnyOrder(
            "country CN PROVED",
            "excluded_country CN REFUTED",
            "country HK PROVED",
            "excluded_country HK REFUTED",
            "country MO PROVED",
            "country CN+HK+MO PROVED",
            "excluded_country CN+HK+MO REFUTED",
            "country TW REFUTED",
            "excluded_country TW PROVED");
    assertThat(result.lines().getFirst().path("answers"))
        .allMatch(answer ->
            answer.path("assumptions").toString().contains("CN+HK+MO counts CN, HK, MO as one"));
  }

  @Test
  void a_country_without_borders_of_its_own_is_refused_with_who_it_is_drawn_as() {
    Desk.Result result =
        new Desk(folder).delays("paris,t,1").claims("t,,,,GF,", "u,,,,HM+X,").locate();
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().findFirst())
        .hasValue(
            "HF-1014 "
                + folder.resolve("claims.csv")
                + ":2: country: \"GF\" has no borders of its own on the map, which draws it as part"
                + " of FR");
  }

  @Test
  void codes_are_written_in_capitals() {
    Desk.Result result = new Desk(folder).delays("paris,t,1").claims("t,,,,fr,").locate();
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-1014", "\"fr\"", "in capitals");
  }
}
