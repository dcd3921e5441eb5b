package dev.holdfast.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Claim;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class RegionMapTest {
  private static final int SMALL = 200_000;

  @Test
  void a_map_says_its_title_its_sentences_and_its_notes_also_to_a_screen_reader() {
    Picture picture = Maps.johor().within(1.49, 103.4, 200).draw();

    Element root = picture.document().getDocumentElement();
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("lang")).isEqualTo("en");
    assertThat(picture.elements("title").getFirst().getTextContent()).isEqualTo("Johor hall");
    assertThat(picture.elements("desc").getFirst().getTextContent())
        .contains("Sentence of reason.within-proved.", "delays as given", "good to 5 km");
    assertThat(picture.texts())
        .contains("Johor hall", "Sentence of reason.within-proved.", "Borders are good to 5 km.");
  }

  @Test
  void nothing_comes_from_elsewhere() {
    String svg = Maps.johor().draw().svg();

    assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
        .doesNotContain("http", "href", "<script", "<image", "@import", "@font-face");
  }

  @Test
  void light_and_dark_are_told_apart_by_custom_properties() {
    String style = Maps.johor().draw().elements("style").getFirst().getTextContent();

    assertThat(style)
        .contains("--paper:#fbfbf9;--paper-2:#f1f1ec;--ink:#14181b;")
        .contains("@media (prefers-color-scheme:dark){.holdfast-map{--paper:#0f1214;")
        .contains("fill:var(--proved)");
  }

  @Test
  void a_name_from_a_hostile_file_stays_text() {
    String name = "<script>alert(\"'1'\")</script>&amp;]]>\u202eevil";
    LocationReport report = new Maps().delay(name, 1.3, 103.8, 1).within(1.3, 103.8, 400).report();
    Caption caption =
        new Caption(
            "en\" onload=\"x",
            name + "\u0000\u0007\ud800",
            List.of(new Caption.Sentence(Verdict.Value.PROVED, name)),
            List.of(name),
            List.of(name),
            false,
            MapWords.ENGLISH);

    Picture picture = Picture.of(Maps.MAP.draw(report, caption));

    assertThat(picture.elements("script")).isEmpty();
    assertThat(picture.document().getDocumentElement().hasAttribute("onload")).isFalse();
    assertThat(picture.texts()).anyMatch(text -> text.startsWith("<script>alert(\"'1'\")"));
    assertThat(picture.svg()).doesNotContain("\u202e", "\u0000", "\u0007");
    assertThat(picture.svg().chars()).noneMatch(c -> Character.isSurrogate((char) c.intValue()));
  }

  @Test
  void a_name_of_200_characters_is_shortened_and_does_not_leave_the_page() {
    String name = "W".repeat(200);
    LocationReport report = new Maps().delay(name, 1.3, 103.8, 1).report();
    Caption caption =
        new Caption("en", name, List.of(), List.of(name), List.of(name), true, MapWords.ENGLISH);

    Picture picture = Picture.of(Maps.MAP.draw(report, caption));

    assertThat(picture.texts())
        .isNotEmpty()
        .allSatisfy(text -> assertThat(TextFit.width(text, 13)).isLessThan(912));
    assertThat(picture.texts()).anyMatch(text -> text.contains("WWW…"));
  }

  @Test
  void each_verdict_has_its_own_shape() {
    Picture picture =
        Maps.johor()
            .within(1.49, 103.4, 200)
            .within(5.4, 100.3, 20)
            .claim(new Claim.Inside("MY"))
            .draw();

    // On the map, in the legend and before the sentence.
    assertThat(picture.styled("proved")).hasSize(3).allMatch(e -> e.getTagName().equals("circle"));
    assertThat(picture.styled("unproven"))
        .hasSize(3)
        .allMatch(e -> e.getTagName().equals("circle"));
    assertThat(picture.styled("refuted")).hasSize(3).allMatch(e -> e.getTagName().equals("path"));
    assertThat(picture.texts()).contains("Proved", "Unproven", "Refuted");
    assertThat(picture.texts()).anyMatch(text -> text.startsWith("2  Sentence of"));
  }

  @Test
  void a_legend_holds_only_the_signs_on_the_map() {
    assertThat(Maps.johor().claim(new Claim.Outside("CN")).draw().texts())
        .doesNotContain("Excluded area")
        .contains("Where it can be", "Landmark", "Other bound")
        .doesNotContain("Claimed place", "Claimed area", "Refuted");
  }

  @Test
  void a_landmark_that_alone_refutes_is_joined_to_the_claim_with_the_distance_of_the_sentence() {
    Picture picture = new Maps().delay("Tokyo", 35.68, 139.69, 4.1).within(13.75, 100.5, 50).draw();

    assertThat(picture.styled("away")).hasSize(1);
    assertThat(picture.texts()).contains("4,604 km");
    assertThat(picture.styled("claim-circle")).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_claimed_country_is_outlined_and_an_excluded_one_dashed() {
    Picture picture =
        Maps.johor().claim(new Claim.Inside("MY")).claim(new Claim.Outside("ID")).draw();

    assertThat(picture.lines("area")).isNotEmpty();
    assertThat(picture.lines("area-out")).isNotEmpty();
    assertThat(picture.texts()).contains("1 Malaysia", "2 Indonesia");
  }

  @Test
  void a_conflict_has_a_gap_and_no_region() {
    Picture picture = Maps.conflict().draw();

    assertThat(picture.styled("region")).isEmpty();
    assertThat(picture.styled("rim")).isEmpty();
    assertThat(picture.styled("apart")).hasSize(2);
    assertThat(picture.styled("gap")).hasSize(3);
    assertThat(picture.texts()).contains("Gap 817 km").doesNotContain("Where it can be");
    // The line and its ends: as long as the scale says.
    Line gap = picture.lines("gap").getFirst();
    assertThat(Math.hypot(gap.x(1) - gap.x(0), gap.y(1) - gap.y(0))).isBetween(90.0, 300.0);
  }

  @Test
  void what_is_near_together_is_a_regional_map_with_a_small_globe_beside_it() {
    Picture picture = Maps.johor().within(1.49, 103.4, 200).draw();

    assertThat(picture.styled("land")).hasSize(2);
    assertThat(picture.texts()).contains("N", "2°N").noneMatch(text -> text.contains("centre"));
  }

  @Test
  void what_is_far_apart_is_a_globe() {
    Picture picture =
        new Maps().delay("New York", 40.71, -74, 36).delay("Sao Paulo", -23.55, -46.63, 60).draw();

    assertThat(picture.styled("land")).hasSize(1);
    assertThat(picture.texts()).contains("2,000 km at the centre");
  }

  @Test
  void a_claim_beyond_the_horizon_has_an_arrow_and_a_small_region_is_enlarged() {
    Picture picture = new Maps().delay("Madrid", 40.42, -3.7, 2).within(-41, 174.8, 100).draw();

    assertThat(picture.texts()).contains("Claimed place (on the far side)", "Enlarged");
    assertThat(picture.styled("rim").size()).isGreaterThanOrEqualTo(2);
    assertThat(picture.styled("callout")).isNotEmpty();
  }

  @Test
  void simulated_is_hatched_and_called_so() {
    LocationReport report = Maps.johor().report();

    Picture picture = Picture.of(Maps.MAP.draw(report, Maps.caption(report, true)));

    assertThat(picture.texts()).contains("simulated · delays as given");
    assertThat(picture.styled("hatch")).hasSize(3);
    assertThat(picture.elements("desc").getFirst().getTextContent()).contains("simulated");
    assertThat(Maps.johor().draw().styled("hatch")).isEmpty();
  }

  @Test
  void with_a_fault_tolerated_a_region_may_have_two_pieces() {
    Picture picture =
        new Maps()
            .delay("London", 51.5, -0.12, 2.6)
            .delay("Frankfurt", 50.11, 8.68, 3.6)
            .delay("Warsaw", 52.23, 21.01, 3.4)
            .tolerating(1)
            .draw();

    assertThat(picture.lines("region")).hasSize(2);
  }

  @Test
  void the_region_is_as_large_on_the_map_as_the_scale_says() {
    Picture picture = new Maps().delay("Singapore", 1.352, 103.82, 0.9).draw();
    Element bar = picture.styled("scale").getFirst();
    double pixelsPerKm = Double.parseDouble(bar.getAttribute("width")) / 100;

    Box box = picture.lines("rim").getFirst().box();

    assertThat(picture.texts()).contains("100 km");
    assertThat(box.width() / 2 / pixelsPerKm).isBetween(133.5, 136.5);
    assertThat(box.height() / 2 / pixelsPerKm).isBetween(133.5, 136.5);
  }

  @Test
  void across_the_antimeridian_and_round_a_pole_no_line_jumps() {
    for (Maps maps : List.of(Maps.fiji(), Maps.southPole(), arctic(), chukotka())) {
      Picture picture = maps.draw();
      for (String style : List.of("rim", "bound", "land", "area")) {
        assertThat(picture.lines(style)).isNotEmpty().allSatisfy(RegionMapTest::doesNotJump);
      }
    }
  }

  private static Maps arctic() {
    return new Maps()
        .delay("Longyearbyen", 78.22, 15.65, 9)
        .delay("Alert", 82.5, -62.3, 8.2)
        .claim(new Claim.Inside("GL"));
  }

  private static Maps chukotka() {
    return new Maps().delay("Anadyr", 64.73, 177.5, 4).claim(new Claim.Inside("RU"));
  }

  private static void doesNotJump(Line line) {
    for (int i = 1; i < line.size(); i++) {
      double dx = Math.abs(line.x(i) - line.x(i - 1));
      double dy = Math.abs(line.y(i) - line.y(i - 1));
      boolean alongFrame = dx < 0.5 || dy < 0.5;
      assertThat(alongFrame ? 0 : Math.hypot(dx, dy)).isLessThan(75);
    }
  }

  @Test
  void the_cut_of_chukotka_is_not_drawn() {
    assertThat(chukotka().draw().lines("area"))
        .allSatisfy(line ->
            assertThat(
                    IntStream.range(1, line.size())
                        .mapToDouble(
                            i -> Math.hypot(line.x(i) - line.x(i - 1), line.y(i) - line.y(i - 1)))
                        .max()
                        .orElse(0))
                .isLessThan(60));
  }

  @Test
  void the_same_report_gives_the_same_octets() {
    LocationReport report = Maps.fiji().report();
    Caption caption = Maps.caption(report, false);

    assertThat(RegionMap.draw(report, Maps.ATLAS, caption))
        .isEqualTo(Maps.MAP.draw(Maps.fiji().report(), caption));
  }

  @Test
  void a_map_stays_small() {
    Maps wide = new Maps().delay("Oslo", 59.9, 10.7, 50).within(59.9, 10.7, 100);
    Maps fjords = new Maps().delay("Oslo", 59.9, 10.7, 14).claim(new Claim.Inside("NO"));
    for (Maps maps : List.of(Maps.johor(), wide, fjords)) {
      assertThat(maps.draw().svg().getBytes(StandardCharsets.UTF_8).length).isLessThan(SMALL);
    }
  }

  @Test
  void of_a_hundred_bounds_forty_are_drawn_and_the_rest_is_counted() {
    Maps maps = new Maps();
    for (int i = 0; i < 100; i++) {
      maps.delay("Landmark " + i, 40 + i % 10, i / 10.0, 10 + i / 10.0);
    }

    Picture picture = maps.draw();

    assertThat(picture.styled("landmark").size() + picture.styled("landmark-other").size())
        .isLessThanOrEqualTo(41);
    assertThat(picture.texts()).contains("60 more bounds are not drawn.");
    assertThat(picture.svg().length()).isLessThan(400_000);
  }

  @Test
  void without_any_bound_the_whole_map_is_region() {
    Picture picture = new Maps().within(1.3, 103.8, 20).draw();

    assertThat(Picture.covers(picture.lines("region"), 100, 300)).isTrue();
    assertThat(picture.lines("rim")).isEmpty();
  }

  @Test
  void without_bounds_and_claims_there_is_still_a_picture() {
    assertThat(new Maps().draw().styled("land")).hasSize(1);
  }
}
