package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.KeyReport;
import dev.holdfast.edge.SpooledRounds;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Calibration;
import dev.holdfast.locate.Locator;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Speed;
import dev.holdfast.trust.CertificateVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            + " round-trip time of landmarks at known places: a file of delays as somebody gives them,"
            + " or signed rounds. Verdicts follow from the speed of light in vacuum alone.",
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
      "    --map maps --output json > answers.ndjson",
      "  holdfast locate --rounds spools --authority ca/authority.pem --claims claims.csv"
    })
final class LocateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private final LocateOptions files = new LocateOptions();
  @Mixin private final AuthorityOptions believed = new AuthorityOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--rounds",
      paramLabel = "DIR",
      description =
          "signed rounds, in the place of --landmarks and --delays: spools of landmarks and hosts,"
              + " anywhere below this folder; claims may then have a column subject: key, host or"
              + " chip")
  private @Nullable Path rounds;

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
    if (rounds != null) {
      return signed(rounds, settings);
    }
    if (believed.authority != null || believed.revocations != null) {
      throw usage("--authority and --revocations have no meaning without --rounds");
    }
    Path landmarkPath = required("--landmarks", files.landmarks);
    Path delayPath = required("--delays", files.delays);
    Answering answering = answering(settings);
    ProblemLog log = answering.log();
    Atlas atlas = answering.atlas();
    LandmarkFile landmarks = LandmarkFile.read(landmarkPath, log);
    try (RowSorter sorter = new RowSorter();
        Claims claims =
            files.claims == null
                ? Claims.none()
                : Claims.read(files.claims, answering.earth(), atlas.destinations(), sorter, log)) {
      DelayFile delays = new DelayFile(delayPath, sorter.rereadable(delayPath), landmarks, log);
      DelayFile.Survey survey;
      try (Progress progress = new Progress(surroundings, "Reading", "rows", -1)) {
        survey = delays.survey(progress);
      }
      Locator locator = locator(atlas, landmarks, settings, survey);
      try (Progress progress = new Progress(surroundings, "Locating", "rows", survey.rows());
          InOrder<TargetRows, Optional<LocatePrinter.Answer>> workers =
              new InOrder<>(
                  Runtime.getRuntime().availableProcessors(),
                  rows -> answer(locator, rows, answering),
                  answer -> answer.ifPresent(answering.printer()))) {
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
    return answering.finish();
  }

  /** What answers need, whether they come from delays or from signed rounds. */
  private record Answering(
      ProblemLog log,
      NaturalEarth earth,
      Atlas atlas,
      @Nullable MapFolder maps,
      LocatePrinter printer) {
    LocatePrinter.Answer answer(LocationReport report) {
      return new LocatePrinter.Answer(report, maps == null ? null : maps.draw(report));
    }

    /** Ends the output; the exit status. */
    int finish() {
      printer.finish();
      return Math.max(log.finish(), printer.refuted() ? 1 : 0);
    }
  }

  private Answering answering(Settings settings) {
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    NaturalEarth earth = NaturalEarth.load();
    Atlas atlas = DestinationsFile.atlas(earth, destinations, log);
    Sentences sentences =
        new Sentences(
            surroundings.catalogue(output.language),
            settings.slowerSpeed().kilometresPerMillisecond());
    MapFolder maps = map == null ? null : new MapFolder(map, atlas, sentences);
    return new Answering(
        log, earth, atlas, maps, LocatePrinter.of(surroundings, output, sentences, maps));
  }

  /** Verdicts from signed rounds in the place of a file of delays. */
  private int signed(Path folder, Settings settings) {
    if (files.landmarks != null || files.delays != null) {
      throw usage(
          "--rounds says where landmarks stand and what they measured; --landmarks and"
              + " --delays have no meaning with it");
    }
    CertificateVerifier certificates = believed.verifier(spec);
    Answering answering = answering(settings);
    ProblemLog log = answering.log();
    Atlas atlas = answering.atlas();
    HostClaims claims =
        files.claims == null
            ? HostClaims.none()
            : HostClaims.read(files.claims, answering.earth(), atlas.destinations(), log);
    List<RoundTargets.Target> targets;
    SpooledRounds found = SpooledRounds.below(folder);
    try (Progress progress = new Progress(surroundings, "Checking", "statements", found.size())) {
      targets = RoundTargets.of(found.check(certificates, log::add, progress::step), claims, log);
    }
    for (RoundTargets.Target target : targets) {
      LocationReport report =
          KeyReport.of(
              atlas,
              settings,
              target.kind(),
              target.id(),
              target.host(),
              target.rounds(),
              target.claims());
      answering.printer().accept(answering.answer(report));
    }
    return answering.finish();
  }

  private static Optional<LocatePrinter.Answer> answer(
      Locator locator, TargetRows rows, Answering answering) {
    if (rows.spoiled()) {
      return Optional.empty();
    }
    return Optional.of(
        answering.answer(locator.report(rows.target(), rows.measurements(), rows.claims())));
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
}
