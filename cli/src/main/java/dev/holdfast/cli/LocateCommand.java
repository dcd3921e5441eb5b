package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Calibration;
import dev.holdfast.locate.Locator;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Speed;
import dev.holdfast.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast locate}: verdicts from a file of delays. */
@Command(
    name = "locate",
    description =
        "Answers PROVED, REFUTED or UNPROVEN to claims about where targets are, from the least"
            + " round-trip time of landmarks at known places. Verdicts follow from the speed of light"
            + " in vacuum alone.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = LocateEvaluateCommand.class,
    footer = {
      "",
      "Exit status 1 if any claim is refuted, 2 if any row is bad (the others are answered).",
      "",
      "Examples:",
      "  holdfast locate --landmarks landmarks.csv --delays delays.csv --claims claims.csv",
      "  holdfast locate --landmarks l.csv --delays d.csv --claims c.csv --tolerate-faults 1 \\",
      "    --map maps --output json > answers.ndjson"
    })
final class LocateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private final LocateOptions files = new LocateOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--also-speed",
      paramLabel = "KM_PER_MS",
      defaultValue = "200",
      description =
          "a slower speed, an assumption, that may support or contradict what is left open (default:"
              + " 200, fibre)")
  private double alsoSpeed;

  @Option(
      names = "--tolerate-faults",
      paramLabel = "F",
      defaultValue = "0",
      description = "verdicts hold as long as at most F operators of landmarks lie (default: 0)")
  private int tolerateFaults;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      defaultValue = "10m",
      converter = DurationConverter.class,
      description = "how old a bound may be, such as 90s, 10m, 2h (default: 10m)")
  private @Nullable Duration window;

  @Option(
      names = "--destinations",
      paramLabel = "FILE",
      description =
          "CSV: destination,unit; which units count as one destination (default: CN, HK and MO as"
              + " CN+HK+MO)")
  private @Nullable Path destinations;

  @Option(
      names = "--map",
      paramLabel = "DIR",
      description = "writes an SVG map for each target into this folder")
  private @Nullable Path map;

  LocateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Settings settings = settings();
    Path landmarkPath = required("--landmarks", files.landmarks);
    Path delayPath = required("--delays", files.delays);
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    NaturalEarth earth = NaturalEarth.load();
    Atlas atlas = DestinationsFile.atlas(earth, destinations, log);
    LandmarkFile landmarks = LandmarkFile.read(landmarkPath, log);
    Sentences sentences =
        new Sentences(
            surroundings.catalogue(output.language),
            settings.slowerSpeed().kilometresPerMillisecond());
    MapFolder maps = map == null ? null : new MapFolder(map, atlas, sentences, false);
    Printer printer = printer(sentences, maps);
    try (RowSorter sorter = new RowSorter();
        Claims claims =
            files.claims == null
                ? Claims.none()
                : Claims.read(files.claims, earth, atlas.destinations(), sorter, log)) {
      DelayFile delays = new DelayFile(delayPath, sorter.rereadable(delayPath), landmarks, log);
      DelayFile.Survey survey;
      try (Progress progress = new Progress(surroundings, "Reading", "rows", -1)) {
        survey = delays.survey(progress);
      }
      Locator locator = locator(atlas, landmarks, settings, survey);
      try (Progress progress = new Progress(surroundings, "Locating", "rows", survey.rows());
          InOrder<TargetRows, Optional<Answer>> workers =
              new InOrder<>(
                  Runtime.getRuntime().availableProcessors(),
                  rows -> answer(locator, rows, maps),
                  answer -> answer.ifPresent(printer))) {
        Consumer<TargetRows> joined = rows -> claims.join(rows, workers::add);
        if (survey.grouped() && !claims.needsOrder()) {
          delays.stream(progress, joined);
        } else {
          delays.streamSorted(sorter, progress, joined);
        }
        claims.rest(workers::add);
        workers.finish();
      }
    } catch (IOException e) {
      throw new CodedException(
          Problem.of(ErrorCode.FILE_UNWRITABLE, "temporary files: " + e.getMessage()), e);
    }
    printer.finish();
    return Math.max(log.finish(), printer.refuted() ? 1 : 0);
  }

  /** A report with its map, if maps are wanted. */
  private record Answer(LocationReport report, @Nullable String svg) {}

  private static Optional<Answer> answer(
      Locator locator, TargetRows rows, @Nullable MapFolder maps) {
    if (rows.spoiled()) {
      return Optional.empty();
    }
    LocationReport report = locator.report(rows.target(), rows.measurements(), rows.claims());
    return Optional.of(new Answer(report, maps == null ? null : maps.draw(report)));
  }

  private static Locator locator(
      Atlas atlas, LandmarkFile landmarks, Settings settings, DelayFile.Survey survey) {
    Locator locator = Locator.of(atlas, landmarks.landmarks(), settings);
    return Calibration.of(landmarks.landmarks(), survey.mesh())
        .map(locator::withAdvice)
        .orElse(locator);
  }

  private Settings settings() {
    if (tolerateFaults < 0) {
      throw usage("--tolerate-faults may not be negative");
    }
    try {
      return new Settings(
          tolerateFaults,
          window == null ? Settings.DEFAULT.window() : window,
          Speed.ofKilometresPerMillisecond(alsoSpeed));
    } catch (IllegalArgumentException e) {
      throw usage("--also-speed: " + e.getMessage());
    }
  }

  private Path required(String option, @Nullable Path value) {
    if (value == null) {
      throw usage("Missing required option: '" + option + "=FILE'");
    }
    return value;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Printer printer(Sentences sentences, @Nullable MapFolder maps) {
    return output.form == OutputOptions.Form.JSON
        ? new JsonPrinter(surroundings, maps)
        : new TextPrinter(
            new ReportText(surroundings.out(), sentences, surroundings.colour()), maps);
  }

  /** Prints reports one after the other and remembers whether a claim was refuted. */
  private abstract static class Printer implements Consumer<Answer> {
    private final @Nullable MapFolder maps;
    private boolean refuted;

    Printer(@Nullable MapFolder maps) {
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
  }

  private static final class JsonPrinter extends Printer {
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

  private static final class TextPrinter extends Printer {
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
