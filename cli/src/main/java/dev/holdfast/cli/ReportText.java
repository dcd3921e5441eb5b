package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.model.Advice;
import dev.holdfast.model.Conflict;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Verdict;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints reports on a terminal: sentences first, then the region, then what is taken for granted.
 */
final class ReportText {
  private static final int WIDTH = 100;
  private static final int CONFLICTS_SHOWN = 5;
  private final PrintStream out;
  private final Sentences sentences;
  private final boolean colour;
  private final Set<String> assumptions = new LinkedHashSet<>();

  ReportText(PrintStream out, Sentences sentences, boolean colour) {
    this.out = out;
    this.sentences = sentences;
    this.colour = colour;
  }

  void print(LocationReport report) {
    MessageCatalogue say = sentences.catalogue();
    out.println(bold(Problem.printable(report.target().value())));
    line("  ", "  ", String.join(" · ", sentences.circumstances(report)), true);
    for (Verdict verdict : report.verdicts()) {
      line("  " + mark(verdict.value()) + " ", "    ", sentences.verdict(verdict), false);
      if (!verdict.coalition().isEmpty()) {
        line("    ", "    ", sentences.coalition(verdict.coalition()), true);
      }
      verdict.assumptions().stream().map(sentences::of).forEach(assumptions::add);
    }
    if (report.verdicts().isEmpty()) {
      line("  ", "  ", say.say("report.no-claims"), true);
    }
    for (Conflict conflict :
        report.conflicts().subList(0, Math.min(CONFLICTS_SHOWN, report.conflicts().size()))) {
      line("  ▲ ", "    ", conflict(conflict), false);
    }
    line("  ", "  ", sentences.region(report), false);
    line("  ", "  ", advice(report.advice()), true);
    out.println();
  }

  /** A line that begins something, with a small grey word after it. */
  void heading(String text, String greyWord) {
    out.println(bold(text) + "  " + grey(greyWord));
  }

  /** Some sentences by themselves. */
  void paragraph(String text) {
    line("", "", text, false);
    out.println();
  }

  /** What all verdicts that were printed take for granted, once at the end. */
  void printAssumptions() {
    for (String assumption : assumptions) {
      line("", "  ", assumption, true);
    }
  }

  private String conflict(Conflict conflict) {
    String names =
        String.join(" – ", conflict.landmarks().stream().map(LandmarkId::value).toList());
    String sentence =
        conflict.landmarks().size() == 2
            ? sentences
                .catalogue()
                .say("report.conflict-pair", names, Sentences.kilometres(conflict.gapKm()))
            : sentences.catalogue().say("report.conflict-set", names);
    Instant at = conflict.at();
    return at == null ? sentence : sentence + " (" + Times.print(at) + ")";
  }

  private String advice(Advice advice) {
    Double radius = advice.radius90Km();
    if (advice.centre() == null || radius == null) {
      return sentences.of(advice.basis());
    }
    String text =
        sentences
            .catalogue()
            .say(
                "advice.sentence",
                Sentences.degrees(advice.centre().latitude()),
                Sentences.degrees(advice.centre().longitude()),
                Sentences.kilometres(radius));
    @Nullable Double score = advice.score();
    if (score != null) {
      text +=
          " " + sentences.catalogue().say("advice.odd", String.format(Locale.ROOT, "%.2f", score));
    }
    return text + " " + sentences.of(advice.basis());
  }

  /** Prints words within the width, later lines indented; wide characters count double. */
  private void line(String first, String indent, String text, boolean quiet) {
    StringBuilder line = new StringBuilder(first);
    int room = WIDTH - columns(first);
    for (String word : Problem.printable(text).splitWithDelimiters("(?<= )|(?<=[、。，；：])", 0)) {
      int columns = columns(word.stripTrailing());
      if (columns > room && !line.toString().isBlank() && line.length() > indent.length()) {
        out.println(
            quiet ? grey(line.toString().stripTrailing()) : line.toString().stripTrailing());
        line = new StringBuilder(indent);
        room = WIDTH - indent.length();
      }
      line.append(word);
      room -= columns(word);
    }
    out.println(quiet ? grey(line.toString().stripTrailing()) : line.toString().stripTrailing());
  }

  /** How many columns of a terminal a text takes. */
  static int columns(String text) {
    return text.codePoints().map(c -> c >= 0x1100 && c <= 0xFFFF && c > 0x2FFF ? 2 : 1).sum();
  }

  private String mark(Verdict.Value value) {
    String mark = Sentences.mark(value);
    return switch (value) {
      case PROVED -> paint("34", mark);
      case REFUTED -> paint("33", mark);
      case UNPROVEN -> paint("90", mark);
    };
  }

  private String bold(String text) {
    return paint("1", text);
  }

  private String grey(String text) {
    return paint("90", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
