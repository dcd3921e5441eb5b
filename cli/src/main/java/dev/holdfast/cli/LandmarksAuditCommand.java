package dev.holdfast.cli;

import dev.holdfast.locate.LandmarkAudit;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Speed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast landmarks audit}: which landmarks lie about where they are. */
@Command(
    name = "audit",
    description =
        "Finds landmarks that are not where they are said to be, from what landmarks measured of each"
            + " other (rows of the delays whose target is a landmark).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Exit status 1 if any landmark is suspected or in a tie.",
      "",
      "Example:",
      "  holdfast landmarks audit --landmarks landmarks.csv --delays delays.csv"
    })
final class LandmarksAuditCommand implements Callable<Integer> {
  private static final int PAIRS_SHOWN = 40;

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--landmarks",
      required = true,
      paramLabel = "FILE",
      description = "CSV: landmark,latitude,longitude[,operator,uncertainty_km]")
  private @Nullable Path landmarks;

  @Option(
      names = "--delays",
      required = true,
      paramLabel = "FILE",
      description = "CSV: landmark,target,min_rtt_ms[,measured_at]")
  private @Nullable Path delays;

  @Option(
      names = "--speed",
      paramLabel = "KM_PER_MS|c",
      defaultValue = "200",
      description =
          "judge at this speed; c is that of light, beyond which nothing is possible (default: 200)")
  private String speed = "200";

  @Mixin private final OutputOptions output = new OutputOptions();

  LandmarksAuditCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (landmarks == null || delays == null) {
      throw new ParameterException(spec.commandLine(), "--landmarks and --delays are needed");
    }
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    Speed judged = speed();
    LandmarkFile file = LandmarkFile.read(landmarks, log);
    DelayFile.Survey survey;
    try (Progress progress = new Progress(surroundings, "Reading", "rows", -1)) {
      survey = new DelayFile(delays, delays, file, log).surveyAloud(progress);
    }
    LandmarkAudit.Result result = LandmarkAudit.audit(file.landmarks(), survey.mesh(), judged);
    if (output.form == OutputOptions.Form.JSON) {
      surroundings.out().println(Json.mapper().writeValueAsString(AuditJson.of(result)));
    } else {
      print(result);
    }
    return Math.max(log.finish(), result.doubted().isEmpty() ? 0 : 1);
  }

  private Speed speed() {
    if (speed.equals("c")) {
      return Speed.OF_LIGHT;
    }
    try {
      if (!speed.matches("[0-9]+([.][0-9]+)?")) {
        throw new IllegalArgumentException("no plain decimal");
      }
      return Speed.ofKilometresPerMillisecond(Double.parseDouble(speed));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--speed: " + speed + " is neither c nor a speed in km/ms", e);
    }
  }

  private void print(LandmarkAudit.Result result) {
    PrintStream out = surroundings.out();
    out.printf(
        Locale.ROOT,
        "%,d pairs of landmarks checked at %s km/ms: %d impossible.%n",
        result.pairsChecked(),
        Sentences.plain(result.speed().kilometresPerMillisecond()),
        result.pairs().size());
    if (result.pairs().isEmpty()) {
      out.println("No landmark is suspected.");
      return;
    }
    out.printf(
        Locale.ROOT,
        "The smallest explanation needs %d wrong landmarks; %d are equally small.%n%n",
        result.smallestSet(),
        result.explanations());
    if (!result.proven()) {
      out.println(
          "There are too many impossible pairs to find the smallest explanation; these are a guess.");
    }
    for (LandmarkAudit.Suspect suspect : result.suspects()) {
      out.printf(
          Locale.ROOT,
          "▲ %s is in every smallest explanation; it breaks %d pairs.%n",
          suspect.landmark(),
          suspect.brokenPairs());
    }
    for (LandmarkAudit.Tie tie : result.ties()) {
      out.println(
          "△ One of these is wrong, the mesh does not tell which: "
              + String.join(" or ", tie.alternatives().stream().map(this::names).toList()));
    }
    out.println();
    for (LandmarkAudit.ImpossiblePair pair :
        result.pairs().subList(0, Math.min(PAIRS_SHOWN, result.pairs().size()))) {
      out.printf(
          Locale.ROOT,
          "  %s – %s: %s ms allow %s km, but they are %s km apart%n",
          pair.first(),
          pair.second(),
          Sentences.plain(pair.roundTrip().milliseconds()),
          Sentences.kilometres(pair.limitKm()),
          Sentences.kilometres(pair.distanceKm()));
    }
    if (result.pairs().size() > PAIRS_SHOWN) {
      out.println("  and " + (result.pairs().size() - PAIRS_SHOWN) + " more");
    }
  }

  private String names(List<LandmarkId> ids) {
    return String.join(" with ", ids.stream().map(LandmarkId::value).toList());
  }

  /** The JSON form of an audit. */
  record AuditJson(
      double speedKmPerMs,
      int pairsChecked,
      List<SuspectJson> suspects,
      List<TieJson> ties,
      int smallestSet,
      long explanations,
      boolean proven,
      List<PairJson> pairs) {
    record SuspectJson(String landmark, int brokenPairs) {}

    record TieJson(List<String> landmarks, List<List<String>> alternatives) {}

    record PairJson(
        String first, String second, double minRttMs, double limitKm, double distanceKm) {}

    static AuditJson of(LandmarkAudit.Result result) {
      return new AuditJson(
          result.speed().kilometresPerMillisecond(),
          result.pairsChecked(),
          result.suspects().stream()
              .map(s -> new SuspectJson(s.landmark().value(), s.brokenPairs()))
              .toList(),
          result.ties().stream()
              .map(tie ->
                  new TieJson(
                      values(tie.landmarks()),
                      tie.alternatives().stream().map(AuditJson::values).toList()))
              .toList(),
          result.smallestSet(),
          result.explanations(),
          result.proven(),
          result.pairs().stream()
              .map(p ->
                  new PairJson(
                      p.first().value(),
                      p.second().value(),
                      p.roundTrip().milliseconds(),
                      round(p.limitKm()),
                      round(p.distanceKm())))
              .toList());
    }

    private static List<String> values(List<LandmarkId> ids) {
      return ids.stream().map(LandmarkId::value).toList();
    }

    private static double round(double kilometres) {
      return Math.rint(kilometres * 1000) / 1000;
    }
  }
}
