package dev.holdfast.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.picture.LinePlot.Axis;
import dev.holdfast.picture.LinePlot.Dot;
import dev.holdfast.picture.LinePlot.Look;
import dev.holdfast.picture.LinePlot.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinePlotTest {
  private static final Axis ROWS = new Axis("rows", true);
  private static final Axis TIME = new Axis("ms", true);

  private static Picture draw(Axis x, Axis y, Series... series) {
    return Picture.of(LinePlot.draw("en", "Title <b>", "It shows this.", x, y, List.of(series)));
  }

  private final Series sparse =
      new Series("sparse", Look.FIRST, List.of(new Dot(8192, 0.1), new Dot(1 << 20, 4)));
  private final Series dense =
      new Series("dense", Look.AGAINST, List.of(new Dot(8192, 0.4), new Dot(1 << 20, 95)));

  @Test
  void every_line_has_its_marks_and_its_name() {
    Picture picture = draw(ROWS, TIME, sparse, dense);
    assertThat(picture.styled("plot-first")).hasSize(1);
    assertThat(picture.styled("plot-against")).hasSize(1);
    assertThat(picture.styled("proved")).hasSize(2);
    assertThat(picture.styled("refuted")).hasSize(2);
    assertThat(picture.texts()).contains("● sparse", "◆ dense", "rows", "ms", "Title <b>");
  }

  @Test
  void a_logarithmic_axis_is_marked_at_powers_of_ten() {
    assertThat(draw(ROWS, TIME, sparse, dense).texts())
        .contains("10,000", "100,000", "1,000,000", "0.1", "1", "10");
  }

  @Test
  void a_plain_axis_begins_at_zero() {
    Series recall =
        new Series("recall", Look.THIRD, List.of(new Dot(8192, 0.9), new Dot(32768, 0.7)));
    assertThat(draw(ROWS, new Axis("recall", false), recall).texts()).contains("0", "0.2", "0.8");
  }

  @Test
  void names_at_one_height_are_moved_apart_and_stay_on_the_sheet() {
    Series[] same = new Series[5];
    for (int i = 0; i < same.length; i++) {
      same[i] = new Series("name " + i, Look.OTHER, List.of(new Dot(1, 2), new Dot(2, 1)));
    }
    Picture picture = draw(new Axis("x", false), new Axis("y", false), same);
    List<Double> heights =
        picture.elements("text").stream()
            .filter(each -> each.getTextContent().startsWith("○ name"))
            .map(each -> Double.parseDouble(each.getAttribute("y")))
            .sorted()
            .toList();
    assertThat(heights).hasSize(5);
    for (int i = 1; i < heights.size(); i++) {
      assertThat(heights.get(i) - heights.get(i - 1)).isGreaterThanOrEqualTo(17.9);
    }
    assertThat(heights.getLast()).isLessThan(picture.height());
  }

  @Test
  void a_limit_is_dashed_and_has_no_marks() {
    Picture picture =
        draw(ROWS, TIME, new Series("floor", Look.LIMIT, List.of(new Dot(1, 1), new Dot(2, 2))));
    assertThat(picture.styled("plot-limit")).hasSize(1);
    assertThat(picture.elements("circle")).isEmpty();
  }

  @Test
  void what_has_no_place_on_its_axis_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draw(ROWS, TIME, new Series("zero", Look.OTHER, List.of(new Dot(1, 0)))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Series("none", Look.OTHER, List.of()));
  }
}
