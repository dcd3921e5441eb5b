package dev.holdfast.picture;

import java.util.ArrayList;
import java.util.List;

/** Lays out the page: heading, map, the column beside it, and the sentences under it. */
final class Sheet {
  private static final double WIDTH = 960;
  private static final double MARGIN = 24;
  private static final double MAP_WIDTH = 680;
  private static final double MAP_HEIGHT = 560;
  private static final double COLUMN = 208;
  private static final double COLUMN_LEFT = MARGIN + MAP_WIDTH + MARGIN;
  private static final double GLOBE = 132;

  private final Scene scene;
  private final Caption caption;
  private final MapPainter painter;
  private final SvgWriter body = new SvgWriter();
  private final List<String> notes = new ArrayList<>();

  Sheet(Scene scene, Caption caption, MapPainter painter) {
    this.scene = scene;
    this.caption = caption;
    this.painter = painter;
  }

  String document() {
    double top = heading();
    double bottom = map(top);
    double end = sentences(bottom + 36);
    return SvgPage.of(body, caption.language(), caption.title(), description(), WIDTH, end);
  }

  /** Everything that the picture says, for those who do not see it. */
  private String description() {
    List<String> parts = new ArrayList<>();
    caption.sentences().forEach(sentence -> parts.add(sentence.text()));
    grey().forEach(parts::add);
    parts.addAll(caption.notes());
    parts.addAll(notes);
    return String.join("\n", parts);
  }

  private List<String> grey() {
    List<String> grey = new ArrayList<>(caption.greyWords());
    grey.remove(caption.words().simulated());
    if (caption.simulated()) {
      grey.addFirst(caption.words().simulated());
    }
    return grey;
  }

  private double heading() {
    double y = MARGIN + 20;
    for (String line : TextFit.wrap(caption.title(), 25, WIDTH - 2 * MARGIN, 2)) {
      text("title", MARGIN, y, line);
      y += 32;
    }
    List<String> grey = grey();
    if (grey.isEmpty()) {
      return y - 12;
    }
    double x = MARGIN;
    if (caption.simulated()) {
      Box swatch = new Box(x, y - 17, 22, 13);
      Marks.box(body, "hatch", swatch);
      Marks.box(body, "callout", swatch);
      x += 30;
    }
    String words = TextFit.shorten(String.join(" · ", grey), 13, WIDTH - MARGIN - x);
    text("hint", x, y - 6, words);
    return y + 8;
  }

  private double map(double top) {
    Box area = new Box(MARGIN, top, MAP_WIDTH, MAP_HEIGHT);
    View main = Views.main(scene, area);
    Labels names = painter.paint(body, main, area, true);
    double columnEnd = column(top, main);
    body.append(names.written());
    double y = area.bottom() + 22;
    boolean upIsNorth = new Graticule(main).northIsUp();
    if (upIsNorth) {
      ScaleBar.north(body, MARGIN + 6, y, caption.words().north());
    }
    String remark = main.globe() ? caption.words().atCentre() : "";
    ScaleBar.paint(body, MARGIN + (upIsNorth ? 40 : 0), y, main, 180, remark);
    long hidden = new BoundLayer(scene, main).hidden();
    note(hidden, caption.words().hiddenLandmarks());
    note(scene.notDrawn(), caption.words().notDrawn());
    return Math.max(y, columnEnd - 12);
  }

  private void note(long count, String pattern) {
    if (count > 0) {
      notes.add(MapWords.fill(pattern, Long.toString(count)));
    }
  }

  private double column(double top, View main) {
    double y = top;
    if (!main.globe()) {
      Box box = new Box(COLUMN_LEFT + (COLUMN - GLOBE) / 2, y + 1, GLOBE, GLOBE);
      painter.paintLocator(body, Views.locator(main, box), main);
      y += GLOBE + 16;
    }
    Box box = new Box(COLUMN_LEFT, y, COLUMN, COLUMN);
    View inset = Views.inset(scene, main, box).orElse(null);
    if (inset != null) {
      body.append(painter.paint(body, inset, box, false).written());
      callout(main, inset);
      ScaleBar.paint(body, COLUMN_LEFT, box.bottom() + 19, inset, 70, "");
      String word = TextFit.shorten(caption.words().enlarged(), 13, 80);
      double width = TextFit.width(word, 13);
      text("hint", COLUMN_LEFT + COLUMN - width, box.bottom() + 20, word);
      y = box.bottom() + 48;
    } else {
      y += 12;
    }
    return Legend.paint(body, scene, caption, main, COLUMN_LEFT, y, COLUMN);
  }

  /** Shows what part of the main map an inset enlarges. */
  private void callout(View main, View inset) {
    Point point = main.projection().project(inset.projection().centre());
    if (main.projection().beyondHorizon(inset.projection().centre())) {
      return;
    }
    Box box = inset.pane().box();
    double half =
        box.width() / 2 * main.projection().pixelsPerKm() / inset.projection().pixelsPerKm();
    Box small = Box.around(point.x(), point.y(), Math.max(6, half), Math.max(6, half));
    Marks.box(body, "callout", small);
    double edge = MARGIN + MAP_WIDTH;
    Marks.line(body, "callout", small.right(), small.centreY(), edge, box.centreY());
    Marks.line(body, "callout", edge, box.centreY(), box.x(), box.centreY());
  }

  private double sentences(double top) {
    double y = top;
    int number = 1;
    for (Caption.Sentence sentence : caption.sentences()) {
      Marks.verdict(body, sentence.value(), MARGIN + 7, y - 5);
      String text = scene.numbered() ? number + "  " + sentence.text() : sentence.text();
      for (String line : TextFit.wrap(text, 15, WIDTH - 2 * MARGIN - 24, 12)) {
        text("sentence", MARGIN + 24, y, line);
        y += 22;
      }
      y += 4;
      number++;
    }
    List<String> all = new ArrayList<>(caption.notes());
    all.addAll(notes);
    for (String note : all) {
      for (String line : TextFit.wrap(note, 13, WIDTH - 2 * MARGIN - 24, 3)) {
        text("hint", MARGIN + 24, y, line);
        y += 19;
      }
    }
    return y + MARGIN - 12;
  }

  private void text(String style, double x, double y, String text) {
    body.text("text", text, "class", style, "x", Numbers.px(x), "y", Numbers.px(y));
  }
}
