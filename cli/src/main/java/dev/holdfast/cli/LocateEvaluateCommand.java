package dev.holdfast.cli;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.MeshEvaluation;
import dev.holdfast.locate.MeshSummary;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Speed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast locate evaluate}: a mesh judged by itself. */
@Command(
    name = "evaluate",
    description =
        "Judges a mesh of hosts at stated places by itself: each host in turn is the target, the"
            + " others that an audit without it does not doubt are its landmarks.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "The folder holds nodes.csv (id,lat,lon,cc) and pairs.csv (src_id,dst_id,min_rtt_ms).",
      "",
      "Example:",
      "  holdfast locate evaluate --mesh ripe_anchor_mesh_us_2024"
    })
final class LocateEvaluateCommand implements Callable<Integer> {
  private static final List<Speed> SPEEDS =
      List.of(Speed.OF_LIGHT, Speed.IN_FIBRE, Speed.ofKilometresPerMillisecond(153));

  private final Surroundings surroundings;

  @Option(
      names = "--mesh",
      required = true,
      paramLabel = "DIR",
      description = "folder with nodes.csv and pairs.csv")
  private Path mesh = Path.of(".");

  @Option(
      names = "--destinations",
      paramLabel = "FILE",
      description = "CSV: destination,unit; which units count as one destination")
  private @Nullable Path destinations;

  @Mixin private final OutputOptions output = new OutputOptions();

  LocateEvaluateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    NaturalEarth earth = NaturalEarth.load();
    Atlas atlas = DestinationsFile.atlas(earth, destinations, log);
    MeshFolder folder = MeshFolder.read(mesh, earth, atlas, log);
    MeshEvaluation evaluation = new MeshEvaluation(atlas, folder.nodes(), folder.pairs(), SPEEDS);
    List<MeshEvaluation.Outcome> outcomes = new ArrayList<>();
    try (Progress progress =
            new Progress(surroundings, "Judging", "targets", evaluation.targets().size());
        InOrder<MeshEvaluation.Node, MeshEvaluation.Outcome> workers =
            new InOrder<>(
                Runtime.getRuntime().availableProcessors(),
                evaluation::judge,
                outcome -> {
                  outcomes.add(outcome);
                  progress.show(outcomes.size());
                })) {
      evaluation.targets().forEach(workers::add);
      workers.finish();
    }
    List<MeshSummary.Row> rows = MeshSummary.of(outcomes, SPEEDS);
    if (output.form == OutputOptions.Form.JSON) {
      surroundings.out().println(Json.mapper().writeValueAsString(json(evaluation, rows)));
    } else {
      print(evaluation, rows);
    }
    return log.finish();
  }

  /** The JSON form of an evaluation: one object. */
  record EvaluationJson(
      int targets, List<String> suspects, List<List<String>> ties, List<RowJson> rows) {}

  /** One figure. */
  record RowJson(
      @Nullable Double speed, String targets, String metric, @Nullable Double value, int n) {}

  private static EvaluationJson json(MeshEvaluation evaluation, List<MeshSummary.Row> rows) {
    return new EvaluationJson(
        evaluation.targets().size(),
        evaluation.audit().suspects().stream().map(s -> s.landmark().value()).toList(),
        evaluation.audit().ties().stream()
            .map(tie -> tie.landmarks().stream().map(LandmarkId::value).toList())
            .toList(),
        rows.stream()
            .map(row ->
                new RowJson(
                    row.speed(),
                    row.targets().name().toLowerCase(Locale.ROOT),
                    row.metric(),
                    row.value() == null ? null : Math.rint(row.value() * 1000) / 1000,
                    row.n()))
            .toList());
  }

  private void print(MeshEvaluation evaluation, List<MeshSummary.Row> rows) {
    PrintStream out = surroundings.out();
    out.printf(
        Locale.ROOT,
        "%d targets; the audit names %s and ties %s.%n%n",
        evaluation.targets().size(),
        evaluation.audit().suspects().stream().map(s -> s.landmark().value()).toList(),
        evaluation.audit().ties().stream()
            .map(tie -> String.join("/", tie.landmarks().stream().map(LandmarkId::value).toList()))
            .toList());
    out.printf(
        Locale.ROOT, "%-62s %16s %16s %16s%n", "", "all (n)", "unsuspected (n)", "suspected (n)");
    for (MeshSummary.Row row : rows) {
      if (row.targets() == MeshSummary.Targets.ALL) {
        String speed = row.speed() == null ? "" : " at " + Sentences.plain(row.speed()) + " km/ms";
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%-62s", words(row.metric()) + speed));
        for (MeshSummary.Targets targets :
            List.of(
                MeshSummary.Targets.ALL,
                MeshSummary.Targets.UNSUSPECTED,
                MeshSummary.Targets.SUSPECTED)) {
          line.append(String.format(Locale.ROOT, " %16s", figure(rows, row, targets)));
        }
        out.println(line);
      }
    }
  }

  private static String words(String metric) {
    return metric
        .replace("advice_flagged_at_1_percent_false_alarms_", "advice_flagged_at_1%_")
        .replace('_', ' ');
  }

  private static String figure(
      List<MeshSummary.Row> rows, MeshSummary.Row like, MeshSummary.Targets targets) {
    for (MeshSummary.Row row : rows) {
      if (row.targets() == targets
          && row.metric().equals(like.metric())
          && java.util.Objects.equals(row.speed(), like.speed())) {
        Double value = row.value();
        return (value == null
                ? "–"
                : String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : "%.3g", value))
            + " ("
            + row.n()
            + ")";
      }
    }
    return "";
  }
}
