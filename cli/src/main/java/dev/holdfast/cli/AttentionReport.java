package dev.holdfast.cli;

import dev.holdfast.attention.Instructions;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.picture.ReadingStrip;
import dev.holdfast.reading.Comparison;
import dev.holdfast.reading.Found;
import dev.holdfast.reading.Language;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * What {@code attention compare} says of a comparison.
 *
 * @param times how long its steps took
 * @param crossover up to how many passages reading all is as fast
 * @param documents how many were read
 * @param embedding nanoseconds that embedding took
 * @param asked the language of the question
 */
record AttentionReport(
    Comparison comparison,
    Comparison.Times times,
    int crossover,
    int documents,
    long embedding,
    Language asked) {
  private static final int AGREEING = 10;
  private static final int LONGEST = 300;

  /** One passage in JSON; counted from 1, with its place in UTF-16 code units. */
  record PassageJson(
      String document,
      int passage,
      int from,
      int to,
      double weight,
      double sparseWeight,
      boolean chosen,
      String text) {
    static PassageJson of(Found found) {
      return new PassageJson(
          found.passage().document(),
          found.passage().number() + 1,
          found.passage().from(),
          found.passage().to(),
          found.weight(),
          found.sparseWeight(),
          found.chosen(),
          found.passage().text());
    }
  }

  /** The whole in JSON; times in microseconds. */
  record ReportJson(
      String question,
      String model,
      boolean trainedForLanguage,
      String select,
      String instructions,
      int heads,
      int documents,
      int passages,
      int k,
      int rowsReadDense,
      int rowsReadSparse,
      boolean fellBackToDense,
      double outputDifference,
      double attentionShare,
      int topPassagesKept,
      int topPassages,
      long octetsReadDense,
      long octetsReadSparse,
      long memoryVectors,
      long memoryIndex,
      double embeddingMicros,
      double selectorMicros,
      double denseMicros,
      double selectMicros,
      double attendMicros,
      int crossoverPassages,
      List<PassageJson> dense,
      List<PassageJson> sparse) {}

  ReportJson json(String question, int show) {
    return new ReportJson(
        question,
        comparison.shelf().model().word(),
        trained(),
        comparison.selecting().word(),
        Instructions.best().name().toLowerCase(Locale.ROOT),
        comparison.question().heads().count(),
        documents,
        passages(),
        comparison.k(),
        passages(),
        comparison.chosen().length,
        !comparison.sparse(),
        comparison.difference(),
        comparison.share(),
        kept(),
        Math.min(AGREEING, passages()),
        comparison.denseOctets(),
        comparison.sparseOctets(),
        comparison.denseOctets(),
        comparison.indexOctets(),
        micros(embedding),
        micros(times.build()),
        micros(times.dense()),
        micros(times.select()),
        micros(times.attend()),
        crossover,
        comparison.best(show).stream().map(PassageJson::of).toList(),
        comparison.bestChosen(show).stream().map(PassageJson::of).toList());
  }

  private int passages() {
    return comparison.shelf().passages().size();
  }

  /** How many of the passages with most dense attention were chosen. */
  private int kept() {
    return (int) comparison.best(AGREEING).stream().filter(Found::chosen).count();
  }

  private boolean trained() {
    return comparison.shelf().model().isTrainedFor(asked);
  }

  private static double micros(long nanos) {
    return Math.round(nanos / 100.0) / 10.0;
  }

  private static String time(long nanos) {
    return nanos < 1_000_000
        ? String.format(Locale.ROOT, "%.0f µs", nanos / 1e3)
        : nanos < 1_000_000_000
            ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
            : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  private static String octets(long octets) {
    return octets < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", octets / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", octets / 1048576.0);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** The sentence that says what came out. */
  String sentence(MessageCatalogue catalogue) {
    return comparison.sparse()
        ? catalogue.say(
            "attention.sentence",
            number(comparison.chosen().length),
            number(passages()),
            percent(comparison.share()),
            percent(comparison.difference()))
        : catalogue.say("attention.all-read", number(passages()), number(comparison.k()));
  }

  void print(PrintStream out, MessageCatalogue catalogue, String question, int show) {
    out.println(question.strip());
    out.println(sentence(catalogue));
    if (comparison.sparse()) {
      out.println(
          catalogue.say("attention.kept", number(kept()), number(Math.min(AGREEING, passages()))));
    }
    out.println();
    for (Found found : comparison.best(show)) {
      out.println(line(found, catalogue));
    }
    if (show > 0) {
      out.println(catalogue.say("attention.legend"));
      out.println();
    }
    costs(out, catalogue);
    if (!trained()) {
      out.println(catalogue.say("attention.untrained", comparison.shelf().model().title()));
    }
    out.println(catalogue.say("attention.limits"));
  }

  private void costs(PrintStream out, MessageCatalogue catalogue) {
    out.println(
        catalogue.say(
            "attention.dense",
            number(passages()),
            octets(comparison.denseOctets()),
            time(times.dense())));
    out.println(
        catalogue.say(
            "attention.sparse",
            comparison.selecting().word(),
            number(comparison.chosen().length),
            octets(comparison.sparseOctets()),
            time(times.select() + times.attend()),
            time(times.select()),
            time(times.attend())));
    out.println(
        catalogue.say(
            "attention.memory",
            octets(comparison.denseOctets()),
            octets(comparison.indexOctets())));
    out.println(catalogue.say("attention.crossover", number(crossover)));
    out.println(
        catalogue.say(
            "attention.embedding",
            number(passages()),
            number(documents),
            comparison.shelf().model().title(),
            time(embedding),
            time(times.build())));
  }

  ReadingStrip.Words words(MessageCatalogue catalogue, String question, int show) {
    return new ReadingStrip.Words(
        catalogue.language().getLanguage(),
        question.strip(),
        sentence(catalogue),
        catalogue.say("attention.bars"),
        catalogue.say("attention.ticks"),
        comparison.best(show).stream().map(found -> line(found, catalogue)).toList());
  }

  private static String line(Found found, MessageCatalogue catalogue) {
    return catalogue.say(
        "attention.passage",
        found.chosen() ? "●" : "○",
        percent(found.weight()),
        found.passage().document(),
        number(found.passage().number() + 1L),
        shortened(found.passage().text()));
  }

  private static String shortened(String text) {
    int[] points = text.replaceAll("\\s+", " ").codePoints().toArray();
    return points.length <= LONGEST
        ? new String(points, 0, points.length)
        : new String(points, 0, LONGEST - 1) + "…";
  }
}
