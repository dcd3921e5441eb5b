package dev.holdfast.picture;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Measured numbers over one another: lines with a mark at each point and their names at their ends,
 * on axes of plain or logarithmic scale.
 */
public final class LinePlot {
  private static final double WIDE = 960;
  private static final double HIGH = 400;
  private static final double EDGE = 24;
  private static final double LEFT = 76;
  private static final double NAMES = 210;
  private static final double LINE = 18;
  private static final double LEADING = 1.6;
  private static final int TICKS = 6;

  private LinePlot() {}

  /** How a line looks; its mark repeats what its colour says. */
  public enum Look {
    /** What the plot is about: blue with discs. */
    FIRST("plot-first"),
    /** What it is held against: orange with diamonds. */
    AGAINST("plot-against"),
    /** A third: ochre with triangles. */
    THIRD("plot-third"),
    /** Any other: grey with rings. */
    OTHER("plot-other"),
    /** A limit, which was not measured: dashed, without marks. */
    LIMIT("plot-limit");

    private final String style;

    Look(String style) {
      this.style = style;
    }
  }

  /**
   * An axis.
   *
   * @param logarithmic whether equal lengths are equal ratios; all numbers are above zero then
   */
  public record Axis(String label, boolean logarithmic) {
    public Axis {
      requireNonNull(label, "label");
    }

    private double of(double number) {
      return logarithmic ? Math.log10(number) : number;
    }
  }

  /** A point of a line. */
  public record Dot(double x, double y) {}

  /**
   * A line.
   *
   * @param dots at least one, with growing x
   */
  public record Series(String name, Look look, List<Dot> dots) {
    public Series {
      requireNonNull(name, "name");
      requireNonNull(look, "look");
      dots = List.copyOf(dots);
      if (dots.isEmpty()) {
        throw new IllegalArgumentException("a line has at least one point");
      }
    }
  }

  /** Where numbers lie on the sheet. */
  private record Scale(Axis axis, double least, double most, double from, double to) {
    static Scale over(Axis axis, List<Double> numbers, double from, double to) {
      double least = numbers.stream().mapToDouble(axis::of).min().orElseThrow();
      double most = numbers.stream().mapToDouble(axis::of).max().orElseThrow();
      if (!Double.isFinite(least) || !Double.isFinite(most)) {
        throw new IllegalArgumentException("a number cannot be drawn on the axis " + axis.label);
      }
      if (!axis.logarithmic) {
        least = Math.min(0, least);
      }
      return new Scale(axis, least, most > least ? most : least + 1, from, to);
    }

    double at(double number) {
      return from + (axis.of(number) - least) / (most - least) * (to - from);
    }

    /** Round numbers along the axis: powers of ten, or about {@value #TICKS} equal steps. */
    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      if (axis.logarithmic) {
        boolean few = most - least < 1.5;
        for (int power = (int) Math.floor(least); power <= Math.ceil(most); power++) {
          for (int digit : few ? new int[] {1, 2, 5} : new int[] {1}) {
            add(ticks, digit * Math.pow(10, power));
          }
        }
      } else {
        double step = Numbers.roundAtMost((most - least) / TICKS * 2);
        for (double tick = Math.ceil(least / step) * step; tick <= most + step / 2; tick += step) {
          add(ticks, tick);
        }
      }
      return ticks;
    }

    private void add(List<Double> ticks, double tick) {
      double place = axis.of(tick);
      if (place >= least - 1e-9 && place <= most + 1e-9) {
        ticks.add(tick);
      }
    }
  }

  /** A name at the end of a line. */
  private record Name(String text, double y) {}

  /**
   * Draws it.
   *
   * @param sentence what it shows
   */
  public static String draw(
      String language, String title, String sentence, Axis x, Axis y, List<Series> series) {
    SvgWriter svg = new SvgWriter();
    double top = lines(svg, title, 24, "title", 40);
    top = lines(svg, sentence, 15, "sentence", top);
    svg.text("text", y.label(), place(EDGE, top + 4, "hint"));
    top += 20;
    double bottom = top + HIGH;
    double right = WIDE - NAMES;
    List<Dot> all = series.stream().flatMap(each -> each.dots().stream()).toList();
    Scale across = Scale.over(x, all.stream().map(Dot::x).toList(), LEFT, right - 12);
    Scale up = Scale.over(y, all.stream().map(Dot::y).toList(), bottom, top + 8);
    axes(svg, across, up, right, bottom);
    for (Series each : series) {
      line(svg, each, across, up);
    }
    names(svg, series, up, right);
    svg.text(
        "text",
        x.label(),
        "x",
        Numbers.px((LEFT + right) / 2),
        "y",
        Numbers.px(bottom + 44),
        "text-anchor",
        "middle",
        "class",
        "hint");
    return SvgPage.of(svg, language, title, described(sentence, series), WIDE, bottom + 64);
  }

  private static void axes(SvgWriter svg, Scale across, Scale up, double right, double bottom) {
    for (double tick : up.ticks()) {
      double at = up.at(tick);
      Marks.line(svg, "graticule", LEFT, at, right, at);
      svg.text(
          "text",
          number(tick),
          "x",
          Numbers.px(LEFT - 8),
          "y",
          Numbers.px(at + 4),
          "text-anchor",
          "end",
          "class",
          "hint");
    }
    Marks.line(svg, "scale", LEFT, bottom, right, bottom);
    for (double tick : across.ticks()) {
      double at = across.at(tick);
      Marks.line(svg, "scale", at, bottom, at, bottom + 4);
      svg.text(
          "text",
          number(tick),
          "x",
          Numbers.px(at),
          "y",
          Numbers.px(bottom + 22),
          "text-anchor",
          "middle",
          "class",
          "hint");
    }
  }

  private static void line(SvgWriter svg, Series series, Scale across, Scale up) {
    Line line = new Line();
    series.dots().forEach(dot -> line.add(across.at(dot.x()), up.at(dot.y())));
    if (line.size() > 1) {
      svg.leaf("path", "class", series.look().style, "d", new PathData().open(line).toString());
    }
    for (Dot dot : series.dots()) {
      Marks.plotted(svg, series.look(), across.at(dot.x()), up.at(dot.y()));
    }
  }

  /** Names beside the ends of their lines, moved apart where they would cover each other. */
  private static void names(SvgWriter svg, List<Series> series, Scale up, double right) {
    List<Name> names = new ArrayList<>();
    for (Series each : series) {
      names.add(new Name(sign(each.look()) + each.name(), up.at(each.dots().getLast().y())));
    }
    names.sort(Comparator.comparingDouble(Name::y));
    double[] at = names.stream().mapToDouble(Name::y).toArray();
    for (int i = 1; i < at.length; i++) {
      at[i] = Math.max(at[i], at[i - 1] + LINE);
    }
    double over = at.length == 0 ? 0 : Math.max(0, at[at.length - 1] - up.from());
    for (int i = at.length - 1; i >= 0 && over > 0; i--) {
      double highest = i == at.length - 1 ? up.from() : at[i + 1] - LINE;
      at[i] = Math.min(at[i], highest);
    }
    for (int i = 0; i < at.length; i++) {
      svg.text(
          "text",
          TextFit.shorten(names.get(i).text(), 13, NAMES - 16),
          place(right + 8, at[i] + 4, "word"));
    }
  }

  private static String sign(Look look) {
    return switch (look) {
      case FIRST -> "● ";
      case AGAINST -> "◆ ";
      case THIRD -> "▲ ";
      case OTHER -> "○ ";
      case LIMIT -> "╌ ";
    };
  }

  private static String described(String sentence, List<Series> series) {
    StringBuilder text = new StringBuilder(sentence);
    for (Series each : series) {
      text.append(' ').append(each.name()).append(':');
      for (Dot dot : each.dots()) {
        text.append(' ').append(number(dot.x())).append(" → ").append(number(dot.y()));
      }
      text.append('.');
    }
    return text.toString();
  }

  private static String number(double number) {
    if (number == 0 || Math.abs(number) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", number);
    }
    return String.format(Locale.ROOT, "%.3g", number)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }

  private static String[] place(double x, double y, String style) {
    return new String[] {"x", Numbers.px(x), "y", Numbers.px(y), "class", style};
  }

  private static double lines(SvgWriter svg, String text, double size, String style, double from) {
    double y = from;
    for (String line : TextFit.wrap(text, size, WIDE - 2 * EDGE, 3)) {
      svg.text("text", line, place(EDGE, y, style));
      y += size * LEADING;
    }
    return y;
  }
}
