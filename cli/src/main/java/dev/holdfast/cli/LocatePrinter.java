package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Verdict;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints reports one after the other and remembers whether a claim was refuted. */
abstract class LocatePrinter implements Consumer<LocatePrinter.Answer> {
  /** A report with its map, if maps are wanted. */
  record Answer(LocationReport report, @Nullable String svg) {}

  private final @Nullable MapFolder maps;
  private boolean refuted;

  LocatePrinter(@Nullable MapFolder maps) {
    this.maps = maps;
  }

  @Override
  public void accept(Answer answer) {
    LocationReport report = answer.report();
    print(report);
    if (maps != null && answer.svg() != null) {
      maps.write(answer.svg(), report.target().value());
    }
    refuted |= report.verdicts().stream().anyMatch(v -> v.value() == Verdict.Value.REFUTED);
  }

  boolean refuted() {
    return refuted;
  }

  abstract void print(LocationReport report);

  void finish() {}

  /** The printer of a form of output. */
  static LocatePrinter of(
      Surroundings surroundings,
      OutputOptions output,
      Sentences sentences,
      @Nullable MapFolder maps) {
    return output.form == OutputOptions.Form.JSON
        ? new JsonPrinter(surroundings, maps)
        : new TextPrinter(
            new ReportText(surroundings.out(), sentences, surroundings.colour()), maps);
  }

  private static final class JsonPrinter extends LocatePrinter {
    private final Surroundings surroundings;
    private final MessageCatalogue english = MessageCatalogue.in(Locale.ENGLISH);

    JsonPrinter(Surroundings surroundings, @Nullable MapFolder maps) {
      super(maps);
      this.surroundings = surroundings;
    }

    @Override
    void print(LocationReport report) {
      surroundings.out().println(Json.line(report, english));
    }
  }

  private static final class TextPrinter extends LocatePrinter {
    private final ReportText text;

    TextPrinter(ReportText text, @Nullable MapFolder maps) {
      super(maps);
      this.text = text;
    }

    @Override
    void print(LocationReport report) {
      text.print(report);
    }

    @Override
    void finish() {
      text.printAssumptions();
    }
  }
}
