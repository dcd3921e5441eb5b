package dev.holdfast.picture;

import dev.holdfast.attest.Board.Member;
import dev.holdfast.picture.BoardScene.Some;
import dev.holdfast.picture.BoardScene.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out the graph of a board from top to bottom: heading, its marks, chips on it, chips that are
 * away, what is named elsewhere, the sentence and the legend.
 */
final class BoardSheet {
  private static final double MARGIN = 16;
  private static final double SIZE = 13;
  private static final double LOW = 28;
  private static final double HIGH = 68;

  /** What has room for a time on one line. */
  private static final double ROOMY = 280;

  private static final double LINE = 19;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final BoardScene scene;
  private final BoardCaption caption;
  private final double width;
  private final double inner;
  private final BoardLinks links = new BoardLinks();
  private final SvgWriter nodes = new SvgWriter();
  private final SvgWriter words = new SvgWriter();
  private final Map<String, Box> marks = new HashMap<>();
  private final Map<String, Box> chips = new HashMap<>();
  private double y = MARGIN + 4;

  BoardSheet(BoardScene scene, BoardCaption caption, double width) {
    this.scene = scene;
    this.caption = caption;
    this.width = width;
    this.inner = width - 2 * MARGIN;
  }

  String document() {
    heading();
    BoardWords say = caption.words();
    title(scene.signed() ? say.switches() : say.signs(), scene.marks().total());
    marks(scene.marks(), "node", "code");
    title(say.chips(), scene.on().total());
    chips(scene.on(), "node-chip", LOW, 96, 200);
    if (scene.away().total() > 0) {
      title(say.away(), scene.away().total());
      double height = inner < ROOMY ? HIGH + LINE : HIGH;
      chips(scene.away(), "node-away", height, ROOMY, 300);
    }
    if (scene.elsewhere().total() > 0) {
      title(say.elsewhere(), scene.elsewhere().total());
      marks(scene.elsewhere(), "node-elsewhere", "code-other");
    }
    links.draw(scene, chips, marks);
    sentence();
    legend();
    SvgWriter body = links.written().append(nodes).append(words);
    return SvgPage.of(
        body, caption.language(), caption.title(), description(), width, y + MARGIN - 12);
  }

  private void heading() {
    y += 14;
    boolean wide = inner >= ROOMY;
    for (String line : TextFit.wrap(caption.title(), (wide ? 18 : 15) * 1.06, inner, 3)) {
      text(wide ? "heading" : "heading-narrow", MARGIN, y, line);
      y += wide ? 26 : 22;
    }
    List<String> grey = grey();
    if (grey.isEmpty()) {
      return;
    }
    double x = MARGIN;
    if (caption.simulated()) {
      Box swatch = new Box(x, y - 12, 22, 13);
      Marks.box(nodes, "hatch", swatch);
      Marks.box(nodes, "callout", swatch);
      x += 30;
    }
    text("hint", x, y, TextFit.shorten(String.join(" · ", grey), SIZE, width - MARGIN - x));
    y += LINE;
  }

  private List<String> grey() {
    List<String> grey = new ArrayList<>();
    if (caption.simulated()) {
      grey.add(caption.words().simulated());
    }
    if (!scene.signed()) {
      grey.add(caption.words().hostWord());
    }
    return grey;
  }

  /** What a group is; the room above it is where lines can be told apart. */
  private void title(String word, int number) {
    y += marks.isEmpty() ? 8 : 44;
    String text = TextFit.shorten(word + " (" + number + ")", SIZE, inner - 8);
    // Lines pass behind these words too.
    double wide = TextFit.width(text, SIZE) + 6;
    Marks.box(nodes, "page", new Box(MARGIN - 3, y - 13, wide, LINE - 1));
    text("hint", MARGIN, y, text);
    y += 12;
  }

  private void marks(Some<String> some, String node, String style) {
    Rows rows = rows(some, 104, 220, LOW);
    for (int i = 0; i < some.drawn().size(); i++) {
      String id = some.drawn().get(i);
      Box box = rows.boxes().get(i);
      marks.put(id, box);
      node(node, box, id);
      String shown = TextFit.middle(id, SIZE, box.width() - 12);
      text(style, box.centreX() - TextFit.codeWidth(shown, SIZE) / 2, box.y() + 18.5, shown);
    }
    more(some, rows, node);
    y = rows.bottom();
  }

  private void chips(Some<Member> some, String node, double height, double least, double most) {
    Rows rows = rows(some, least, most, height);
    for (int i = 0; i < some.drawn().size(); i++) {
      Member member = some.drawn().get(i);
      Box box = rows.boxes().get(i);
      chips.put(member.chip(), box);
      node(node, box, member.chip() + " · " + member.host());
      Marks.standing(nodes, scene.standing(member), box.x() + 14, box.y() + 14);
      double room = box.width() - 32;
      text("code", box.x() + 26, box.y() + 18.5, TextFit.middle(member.chip(), SIZE, room));
      if (height > LOW) {
        where(member, box, room);
      }
    }
    more(some, rows, node);
    y = rows.bottom();
  }

  private void where(Member member, Box box, double room) {
    BoardWords say = caption.words();
    double around = TextFit.width(MapWords.fill(say.inHost(), ""), SIZE);
    String host = TextFit.middle(member.host(), SIZE, room - around);
    text("word", box.x() + 26, box.y() + 37.5, MapWords.fill(say.inHost(), host));
    String until = MapWords.fill(say.until(), time(member.onBoardUntil()));
    double at = box.y() + 56.5;
    for (String line : TextFit.wrap(until, SIZE, room, 2)) {
      text("hint", box.x() + 26, at, line);
      at += LINE;
    }
  }

  private Rows rows(Some<?> some, double least, double most, double height) {
    int number = some.drawn().size() + (some.more() > 0 ? 1 : 0);
    return Rows.of(number, new Box(MARGIN, y, inner, 0), least, most, height);
  }

  private void more(Some<?> some, Rows rows, String node) {
    if (some.more() > 0) {
      Box box = rows.boxes().getLast();
      String text = MapWords.fill(caption.words().more(), String.valueOf(some.more()));
      Marks.box(nodes, node, box);
      text("hint", box.x() + 10, box.y() + 18.5, TextFit.shorten(text, SIZE, box.width() - 14));
    }
  }

  /** A box that says all of its name to a pointer that rests on it. */
  private void node(String style, Box box, String name) {
    nodes.open("g");
    nodes.text("title", name);
    Marks.box(nodes, style, box);
    nodes.close("g");
  }

  private void sentence() {
    y += 32;
    Marks.grade(words, scene.board().grade(), MARGIN + 7, y - 5);
    for (String line : TextFit.wrap(caption.sentence(), 15, inner - 24, 12)) {
      text("sentence", MARGIN + 24, y, line);
      y += 22;
    }
  }

  private void legend() {
    y += 4;
    for (Standing each : scene.standings()) {
      Marks.standing(words, each, MARGIN + 7, y - 4.5);
      for (String line : TextFit.wrap(meaning(each), SIZE, inner - 24, 3)) {
        text("hint", MARGIN + 24, y, line);
        y += LINE;
      }
    }
  }

  private String meaning(Standing standing) {
    return switch (standing) {
      case WHOLLY -> caption.words().wholly();
      case PARTLY -> caption.words().partly();
      case GONE -> caption.words().gone();
    };
  }

  /** Everything that the picture says, for those who do not see it. */
  private String description() {
    BoardWords say = caption.words();
    List<String> lines = new ArrayList<>();
    lines.add(caption.sentence());
    lines.addAll(grey());
    lines.add(list(scene.signed() ? say.switches() : say.signs(), scene.marks().drawn()));
    lines.add(list(say.chips(), scene.on().drawn().stream().map(Member::chip).toList()));
    for (Member each : scene.away().drawn()) {
      lines.add(
          String.join(
              ", ",
              each.chip(),
              MapWords.fill(say.inHost(), each.host()),
              MapWords.fill(say.until(), time(each.onBoardUntil()))));
    }
    return String.join("\n", lines);
  }

  private static String list(String word, List<String> names) {
    return word + ": " + String.join(", ", names);
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private void text(String style, double x, double at, String text) {
    words.text("text", text, "class", style, "x", Numbers.px(x), "y", Numbers.px(at));
  }
}
