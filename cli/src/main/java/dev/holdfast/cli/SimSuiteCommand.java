package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.DurableFiles;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.sim.Method;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.StageSettings.Source;
import dev.holdfast.sim.Story;
import dev.holdfast.sim.Suite;
import java.io.IOException;
import java.nio.file.Path;
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
      "is tracked at all, in percent; of several shares a plot shows how much of the route each of",
      "them blocks, and of one how many stories are found after so many hours. --baselines has three",
      "that know less look at the same plays: heartbeat-only, labels-only and location-only.",
      "Numbers in brackets are intervals of 95 percent.",
      "",
      "Examples:",
      "  holdfast sim suite --seeds 20 --baselines --plot found.svg",
      "  holdfast sim suite --families whole-site,board-by-board --seeds 5 --no-adjacency",
      "  holdfast sim suite --story mine.yaml --seeds 5",
      "  holdfast sim suite --adoption 10,30,50,100 --output json"
    })
final class SimSuiteCommand implements Callable<Integer> {
  private static final int SITES = 2;
  private static final int LONGEST_STORY = 1 << 16;

  private final Surroundings surroundings;

  @Option(
      names = "--families",
      split = ",",
      paramLabel = "NAME",
      description = "stories to play (default: all that come with Holdfast, where no --story is)")
  private List<String> families = List.of();

  @Option(names = "--story", paramLabel = "FILE.yaml", description = "a story of your own, as well")
  private List<Path> files = List.of();

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
      split = ",",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "the share of hosts that are tracked; several are played each (default: 100)")
  private List<Double> adoption = List.of();

  @Option(names = "--no-adjacency", description = "chips do not name their switches")
  private boolean withoutAdjacency;

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "SOURCE",
      description = "sources that say nothing")
  private List<String> without = List.of();

  @Option(names = "--baselines", description = "three that know less look at the same plays")
  private boolean baselines;

  @Option(names = "--plot", paramLabel = "FILE.svg", description = "draw what was found")
  private @Nullable Path plot;

  @Mixin private final OutputOptions output = new OutputOptions();

  SimSuiteCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    require(seeds >= 1 && seeds <= 1000, "--seeds", "is 1 to 1000");
    require(hosts >= 1 && hosts <= 10_000, "--hosts", "is 1 to 10000");
    require(days >= 1 && days <= 3650, "--days", "is 1 to 3650");
    require(
        adoption.stream().allMatch(each -> each >= 0 && each <= 100),
        "--adoption",
        "is 0 to 100 percent");
    Set<Source> silent = EnumSet.noneOf(Source.class);
    without.forEach(each -> silent.add(source(each)));
    List<Story> stories = stories();
    List<SuiteReport.Part> parts = played(stories, silent);
    SuiteReport report =
        new SuiteReport(hosts, days, !withoutAdjacency, List.copyOf(silent), parts);
    MessageCatalogue catalogue = surroundings.catalogue(output.language);
    draw(report, catalogue);
    if (output.form == OutputOptions.Form.JSON) {
      surroundings.out().println(Json.mapper().writeValueAsString(report.json()));
    } else {
      report.print(surroundings.out(), catalogue);
      if (plot != null) {
        surroundings.out().println(catalogue.say("suite.picture", plot.toString()));
      }
    }
    return 0;
  }

  private List<Story> stories() {
    List<Story> stories = new ArrayList<>();
    for (String family : families.isEmpty() && files.isEmpty() ? Story.CARRIED : families) {
      require(
          Story.CARRIED.contains(family),
          "--families",
          "'" + family + "' is not " + String.join(", ", Story.CARRIED));
      stories.add(Story.carried(family));
    }
    for (Path file : files) {
      Story story = Story.read(BoundedFiles.read(file, LONGEST_STORY), file.toString());
      for (Story.Act act : story.acts()) {
        if (act.site() >= SITES) {
          throw new CodedException(
              new Problem(
                  ErrorCode.MALFORMED_STORY,
                  file.toString(),
                  0,
                  "site",
                  "there are the sites 0 and 1, and no site " + act.site()));
        }
      }
      stories.add(story);
    }
    return stories;
  }

  private List<SuiteReport.Part> played(List<Story> stories, Set<Source> silent) {
    NaturalEarth earth = NaturalEarth.load();
    Suite suite =
        new Suite(
            Atlas.of(
                earth.map(),
                Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
                Atlas.DEFAULT_MARGIN),
            WatchTerms.USUAL);
    Set<Method> methods = baselines ? EnumSet.allOf(Method.class) : EnumSet.of(Method.WATCH);
    List<SuiteReport.Part> parts = new ArrayList<>();
    long plays = (long) stories.size() * seeds * adoption.size();
    try (Progress progress = new Progress(surroundings, "playing", "plays", plays)) {
      for (double percent : adoption) {
        for (Story story : stories) {
          suite
              .rows(
                  story,
                  seeds,
                  seed ->
                      new StageSettings(
                          seed, SITES, hosts, days, !withoutAdjacency, silent, percent / 100),
                  methods,
                  progress::step)
              .forEach(row -> parts.add(new SuiteReport.Part(percent, row)));
        }
      }
    }
    return parts;
  }

  private void draw(SuiteReport report, MessageCatalogue catalogue) {
    Path file = plot;
    if (file == null) {
      return;
    }
    String svg = new SuitePlot(report.parts(), catalogue).draw(catalogue.language().getLanguage());
    try {
      DurableFiles.replace(file, svg.getBytes(UTF_8));
    } catch (IOException e) {
      throw InputFiles.unwritable(file, e);
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
