package dev.holdfast.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void words_wrap_within_the_width_and_nothing_is_lost() {
    String text = "Singapore answered in 0.90 ms, so the target is within 135 km of Singapore.";

    List<String> lines = TextFit.wrap(text, 15, 200, 9);

    assertThat(String.join(" ", lines)).isEqualTo(text);
    assertThat(lines).hasSizeGreaterThan(2).allMatch(line -> TextFit.width(line, 15) <= 200);
  }

  @Test
  void the_last_line_is_shortened() {
    List<String> lines = TextFit.wrap("one two three four five six", 15, 60, 2);

    assertThat(lines).hasSize(2);
    assertThat(lines.getLast()).endsWith("…");
  }

  @Test
  void chinese_wraps_without_blanks_and_no_line_begins_with_a_stop() {
    List<String> lines = TextFit.wrap("新加坡在零点九毫秒内应答，因此目标在一百三十五公里之内。", 15, 90, 9);

    assertThat(String.join("", lines)).isEqualTo("新加坡在零点九毫秒内应答，因此目标在一百三十五公里之内。");
    assertThat(lines).hasSizeGreaterThan(3).noneMatch(line -> line.startsWith("，"));
  }

  @Test
  void a_word_longer_than_a_line_is_divided() {
    assertThat(TextFit.wrap("x".repeat(100), 10, 100, 20))
        .hasSizeGreaterThan(3)
        .allMatch(line -> TextFit.width(line, 10) <= 100);
  }

  @Test
  void what_xml_cannot_hold_is_replaced() {
    assertThat(SvgWriter.escape("a<b>&\"'\u0001\ud800\uffff\u202ez\ud83d\ude00"))
        .isEqualTo("a&lt;b&gt;&amp;&quot;&#39;\ufffd\ufffd\ufffdz\ud83d\ude00");
  }

  @Test
  void numbers_are_short() {
    assertThat(Numbers.px(0.04)).isEqualTo("0");
    assertThat(Numbers.px(-0.31)).isEqualTo("-.3");
    assertThat(Numbers.px(12)).isEqualTo("12");
    assertThat(Numbers.px(-7.25)).isEqualTo("-7.2");
    assertThat(Numbers.roundAtMost(870)).isEqualTo(500);
    assertThat(Numbers.roundAtMost(0.3)).isEqualTo(0.2);
    assertThat(Numbers.roundKm(0.5)).isEqualTo("500 m");
  }

  @Test
  void path_data_is_relative_and_does_not_drift() {
    Line line = new Line();
    for (int i = 0; i < 4; i++) {
      line.add(10 + i * 0.333, 20 - i);
    }

    assertThat(new PathData().open(line).toString()).isEqualTo("M10 20l.3-1 .4-1 .3-1");
  }

  @Test
  void a_line_that_rounds_to_one_point_is_left_out() {
    assertThat(new PathData().closed(Line.through(1, 1, 1.01, 1, 1, 1.01)).isEmpty()).isTrue();
  }

  @Test
  void a_simplified_line_stays_within_the_tolerance() {
    Line wave = new Line();
    for (int i = 0; i <= 1000; i++) {
      wave.add(i, 40 * Math.sin(i / 50.0));
    }

    Line simplified = Simplifier.open(wave);

    assertThat(simplified.size()).isLessThan(130);
    for (int i = 0, at = 0; i <= 1000; i++) {
      while (simplified.x(at + 1) < i) {
        at++;
      }
      double t = (i - simplified.x(at)) / (simplified.x(at + 1) - simplified.x(at));
      double y = simplified.y(at) + t * (simplified.y(at + 1) - simplified.y(at));
      assertThat(Math.abs(y - wave.y(i))).isLessThan(0.5);
    }
  }

  @Test
  void names_do_not_overlap_and_the_first_has_the_choice() {
    Labels labels = new Labels(new Box(0, 0, 200, 100));
    Point mark = new Point(100, 50);

    assertThat(labels.beside(mark, 6, "First", "", "label")).isTrue();
    int placed = 1;
    for (int i = 0; i < 40; i++) {
      placed += labels.beside(mark, 6, "Name " + i, "", "label") ? 1 : 0;
    }

    assertThat(placed).isBetween(4, 12);
    assertThat(labels.written().toString()).startsWith("<text class=\"label\" x=\"1");
    assertThat(labels.beside(new Point(500, 50), 6, "Outside", "", "label")).isFalse();
  }

  @Test
  void the_name_of_a_claim_is_written_even_without_room() {
    Labels labels = new Labels(new Box(0, 0, 60, 30));

    labels.besideSurely(new Point(30, 15), 6, Labels.Name.of("W".repeat(200), "label-claim"));

    assertThat(labels.written().toString()).contains("WWW…");
  }

  @Test
  void words_can_come_from_a_catalogue() {
    MapWords words = MapWords.from(key -> "[" + key + "]");

    assertThat(words.bindingBound()).isEqualTo("[map.binding-bound]");
    assertThat(words.proved()).isEqualTo("[verdict.PROVED]");
    assertThat(MapWords.fill(MapWords.ENGLISH.gap(), "3 km")).isEqualTo("Gap 3 km");
  }
}
