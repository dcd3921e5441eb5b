package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.StageSettings.Source;
import dev.holdfast.sim.Story;
import dev.holdfast.sim.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast sim suite}: how many simulated diversions the watch finds, and how soon. */
@Command(
    name = "suite",
    description =
        "Plays simulated stories of diversion, and fleets in which nobody does anything wrong, has"
            + " the watch look at them, and says for each family how many were found, how long"
            + " after the first physical act, how many before the border, and how many cases were"
            + " about nothing. All numbers are simulated.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Two sites of --hosts hosts with 8 chips each are watched for --days days. --without leaves a",
      "source out: rounds, signatures, inventory or custody. --adoption says which share of the hosts",
      "is tracked at all, in percent.",
      "",
      "Examples:",
      "  holdfast sim suite --seeds 20",
      "  holdfast sim suite --families whole-site,board-by-board --seeds 5 --no-adjacency",
      "  holdfast sim suite --adoption 30 --output json"
    })
final class SimSuiteCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--families",
      split = ",",
      paramLabel = "NAME",
      description = "stories to play (default: all that come with Holdfast)")
  private List<String> families = Story.CARRIED;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "how often each is played, with seeds 1 to N (default: 3)")
  private int seeds;

  @Option(
      names = "--hosts",
      paramLabel = "N",
      defaultValue = "12",
      description = "hosts of each of the two sites (default: 12)")
  private int hosts;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "60",
      description = "for how long (default: 60)")
  private int days;

  @Option(
      names = "--adoption",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "the share of hosts that are tracked (default: 100)")
  private double adoption;

  @Option(names = "--no-adjacency", description = "chips do not name their switches")
  private boolean withoutAdjacency;

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "SOURCE",
      description = "sources that say nothing")
  private List<String> without = List.of();

  @Mixin private final OutputOptions output = new OutputOptions();

  SimSuiteCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** A family in JSON. */
  record RowJson(
      String family,
      int seeds,
      int found,
      @Nullable Double medianHours,
      int beforeBorder,
      double falsePerThousandChipYears,
      int falseHigh,
      double chipYears) {
    static RowJson of(Suite.Row row) {
      Double median = row.medianHours();
      return new RowJson(
          row.family(),
          row.seeds(),
          row.found(),
          median == null ? null : tenths(median),
          row.beforeBorder(),
          tenths(row.falsePerThousandChipYears()),
          row.falseHigh(),
          tenths(row.chipYears()));
    }

    private static double tenths(double number) {
      return Math.round(number * 10) / 10.0;
    }
  }

  /** The suite in JSON. */
  record SuiteJson(boolean simulated, int hosts, int days, double adoption, List<RowJson> rows) {}

  @Override
  public Integer call() {
    require(seeds >= 1 && seeds <= 1000, "--seeds", "is 1 to 1000");
    require(hosts >= 1 && hosts <= 10_000, "--hosts", "is 1 to 10000");
    require(days >= 1 && days <= 3650, "--days", "is 1 to 3650");
    require(adoption >= 0 && adoption <= 100, "--adoption", "is 0 to 100 percent");
    for (String family : families) {
      require(
          Story.CARRIED.contains(family),
          "--families",
          "'" + family + "' is not " + String.join(", ", Story.CARRIED));
    }
    Set<Source> silent = EnumSet.noneOf(Source.class);
    without.forEach(each -> silent.add(source(each)));
    NaturalEarth earth = NaturalEarth.load();
    Suite suite =
        new Suite(
            Atlas.of(
                earth.map(),
                Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
                Atlas.DEFAULT_MARGIN),
            WatchTerms.USUAL);
    List<RowJson> rows = new ArrayList<>();
    try (Progress progress = new Progress(surroundings, "playing", "stories", families.size())) {
      for (String family : families) {
        rows.add(
            RowJson.of(
                suite.row(
                    Story.carried(family),
                    seeds,
                    seed ->
                        new StageSettings(
                            seed, 2, hosts, days, !withoutAdjacency, silent, adoption / 100))));
        progress.show(rows.size());
      }
    }
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper().writeValueAsString(new SuiteJson(true, hosts, days, adoption, rows)));
    } else {
      print(rows);
    }
    return 0;
  }

  private void print(List<RowJson> rows) {
    surroundings.out().println(surroundings.catalogue(output.language).say("suite.simulated"));
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "%-20s %8s %10s %8s %12s %6s%n",
            "family",
            "found",
            "median h",
            "border",
            "false/1000y",
            "high");
    for (RowJson row : rows) {
      Double median = row.medianHours();
      surroundings
          .out()
          .printf(
              Locale.ROOT,
              "%-20s %8s %10s %8s %12.1f %6d%n",
              row.family(),
              row.found() + "/" + row.seeds(),
              median == null ? "-" : String.format(Locale.ROOT, "%.1f", median),
              row.beforeBorder() + "/" + row.seeds(),
              row.falsePerThousandChipYears(),
              row.falseHigh());
    }
  }

  private static Source source(String word) {
    return Arrays.stream(Source.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() ->
            usage(
                "--without",
                "'"
                    + word
                    + "' is not "
                    + Arrays.stream(Source.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
  }

  private static void require(boolean holds, String option, String reason) {
    if (!holds) {
      throw usage(option, reason);
    }
  }

  private static CodedException usage(String option, String reason) {
    return new CodedException(Problem.in(option, ErrorCode.USAGE, reason));
  }
}
