package dev.holdfast.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.attest.Board;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

final class BoardGraphTest {
  private static final boolean THOROUGH =
      "thorough".equals(System.getProperty("holdfast.counts", "gate"));

  private static final List<String> ELSEWHERE = List.of("switch-elsewhere-1", "switch-elsewhere-2");

  @Test
  void an_intact_board_has_its_switches_its_chips_and_a_line_from_each_to_each() {
    Picture picture = Boards.of(8, 4).draw();

    assertThat(picture.styled("node")).hasSize(4);
    assertThat(picture.styled("node-chip")).hasSize(8);
    assertThat(picture.lines("link")).hasSize(32);
    assertThat(picture.styled("node-away")).isEmpty();
    assertThat(picture.styled("node-elsewhere")).isEmpty();
    // One for each chip, one for the sentence, one for the legend.
    assertThat(picture.styled("proved")).hasSize(10);
    assertThat(picture.texts())
        .contains("Board one", "Switches (4)", "Chips (8)", "Sentence of Board one.", "names all")
        .doesNotContain("names some", "names none", "simulated", "the host’s word");
  }

  @Test
  void a_chip_that_is_away_stands_apart_with_the_host_it_is_in_and_until_when_it_was_here() {
    Picture picture =
        Boards.of(4, 4).see(Boards.ids("gpu-", 1).getFirst(), "host-9", ELSEWHERE).draw();

    assertThat(picture.styled("node-away")).hasSize(1);
    assertThat(picture.styled("node-elsewhere")).hasSize(2);
    assertThat(picture.lines("link-elsewhere")).hasSize(2);
    assertThat(picture.lines("link")).hasSize(12);
    assertThat(picture.texts())
        .contains("Away (1)", "in host-9", "on it until 2026-07-01 00:00 UTC", "Elsewhere (2)")
        .contains("names none");
    assertThat(picture.elements("desc").getFirst().getTextContent())
        .contains("Sentence of Board one.", "in host-9, on it until 2026-07-01 00:00 UTC");
  }

  @Test
  void each_grade_and_each_standing_has_its_own_shape() {
    Boards partial = Boards.of(3, 2);
    List<String> two = new ArrayList<>(Boards.ids("switch-", 1));
    partial.see(Boards.ids("gpu-", 1).getFirst(), "host-1", two);

    Picture picture = partial.draw();

    assertThat(partial.board().grade()).isEqualTo(Board.Grade.PARTIAL);
    assertThat(picture.styled("attention")).hasSize(3).allMatch(e -> e.getTagName().equals("path"));
    assertThat(picture.styled("proved")).hasSize(3).allMatch(e -> e.getTagName().equals("circle"));
    Boards scattered = Boards.of(1, 2).see(Boards.ids("gpu-", 1).getFirst(), "host-9", ELSEWHERE);
    assertThat(scattered.board().grade()).isEqualTo(Board.Grade.SCATTERED);
    assertThat(scattered.draw().styled("refuted"))
        .hasSize(3)
        .allMatch(e -> e.getTagName().equals("path"));
  }

  @Test
  void a_board_by_the_host_s_word_says_so_and_its_marks_are_signs() {
    Boards declared =
        new Boards(Board.Basis.HOST_DECLARED).see(2, List.of("system-uuid:4c4c4544-0042"));

    assertThat(declared.draw().texts()).contains("the host’s word", "Signs (1)");
  }

  @Test
  void simulated_is_hatched_and_called_so() {
    Board board = Boards.of(2, 2).board();

    Picture picture =
        Picture.of(BoardGraph.draw(board, Boards.caption("Simulated", true), BoardGraph.USUAL));

    assertThat(picture.texts()).contains("simulated");
    assertThat(picture.styled("hatch")).hasSize(1);
    assertThat(picture.elements("desc").getFirst().getTextContent()).contains("simulated");
    assertThat(Boards.of(2, 2).draw().styled("hatch")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,18", "2,1", "8,4", "9,5", "17,7", "72,18", "300,40"})
  void nothing_overlaps_and_nothing_leaves_the_page(int chips, int switches) {
    Boards boards = Boards.of(chips, switches);
    int away = Math.min(5, chips - 1);
    Boards.ids("gpu-", away).forEach(chip -> boards.see(chip, "host-elsewhere", ELSEWHERE));
    for (int width : THOROUGH ? List.of(240, 280, 360, 960, 1600) : List.of(240, 960)) {
      Picture picture = boards.draw(width);
      List<Box> boxes = boxes(picture);
      Box page = new Box(0, 0, width, picture.height());
      for (int i = 0; i < boxes.size(); i++) {
        assertThat(page.holds(boxes.get(i))).isTrue();
        for (int j = 0; j < i; j++) {
          assertThat(boxes.get(i).overlaps(boxes.get(j))).isFalse();
        }
      }
      assertThat(boxes).hasSizeLessThanOrEqualTo(72 + 18 + 18 + 4);
      List<Box> texts = texts(picture);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(page.holds(texts.get(i))).as(picture.texts().get(i)).isTrue();
        for (int j = 0; j < i; j++) {
          assertThat(texts.get(i).overlaps(texts.get(j)))
              .as(picture.texts().get(i) + " and " + picture.texts().get(j))
              .isFalse();
        }
      }
    }
  }

  private static List<Box> boxes(Picture picture) {
    List<Box> boxes = new ArrayList<>();
    for (String style : List.of("node", "node-chip", "node-away", "node-elsewhere")) {
      for (Element box : picture.styled(style)) {
        boxes.add(
            new Box(
                number(box, "x"), number(box, "y"), number(box, "width"), number(box, "height")));
      }
    }
    return boxes;
  }

  /** About where words stand, by the widths of a wide typeface. */
  private static List<Box> texts(Picture picture) {
    List<Box> boxes = new ArrayList<>();
    for (Element text : picture.elements("text")) {
      String words = text.getTextContent();
      double width =
          switch (text.getAttribute("class")) {
            case "code", "code-other" -> TextFit.codeWidth(words, 13);
            case "heading" -> TextFit.width(words, 18);
            case "heading-narrow", "sentence" -> TextFit.width(words, 15);
            default -> TextFit.width(words, 13);
          };
      boxes.add(new Box(number(text, "x"), number(text, "y") - 10, width, 13));
    }
    return boxes;
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  @Test
  void beyond_72_chips_and_18_marks_the_rest_is_counted() {
    Picture picture = Boards.of(300, 40).draw();

    assertThat(picture.styled("node")).hasSize(19);
    assertThat(picture.styled("node-chip")).hasSize(73);
    assertThat(picture.texts()).contains("Chips (300)", "+ 228 more", "Switches (40)", "+ 22 more");
    assertThat(picture.lines("link-crowd")).hasSize(72 * 18);
    assertThat(picture.svg().length()).isLessThan(100_000);
  }

  @Test
  void names_from_a_stranger_stay_text() {
    String hostile = "<script>alert(\"'1'\")</script>&amp;]]>\u202eevil";
    Boards boards = Boards.signed();
    boards.see(hostile, "\"><image href=x>", List.of(hostile));
    boards.see(hostile, "\"><image href=x>", List.of("]]>" + hostile));
    BoardCaption caption = Boards.caption(hostile + "\u0000\ud800", true);

    Picture picture = Picture.of(BoardGraph.draw(boards.board(), caption, 360));

    assertThat(picture.elements("script")).isEmpty();
    assertThat(picture.elements("image")).isEmpty();
    assertThat(picture.svg()).doesNotContain("\u202e", "\u0000");
  }

  @Test
  void a_long_id_keeps_its_beginning_and_its_end() {
    assertThat(TextFit.middle("gpu-0123456789abcdef", 13, 80)).isEqualTo("gpu-…cdef");
    assertThat(TextFit.middle("gpu-1", 13, 80)).isEqualTo("gpu-1");
    assertThat(TextFit.middle("😀".repeat(40), 13, 80)).isEqualTo("😀😀…😀😀");
  }

  @Test
  void a_width_that_has_no_room_is_refused() {
    Board board = Boards.of(1, 1).board();

    assertThatThrownBy(() -> BoardGraph.draw(board, Boards.caption("", false), 239))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
