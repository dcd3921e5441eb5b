package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.policy.Decider;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.DecisionWords;
import dev.holdfast.policy.PolicyRecord;
import dev.holdfast.policy.QuestionReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast policy decide}: one decision, or one for each row of a file. */
@Command(
    name = "decide",
    sortOptions = false,
    description =
        "Decides whether an item may go to a destination on a day. Where what is not known could"
            + " change the answer, the answer is undetermined and says what it hangs on.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "A file of --items is CSV with a header; its columns are the options in snake case (item, to,",
      "from, parent_hq, kind, date, known_on, quantity, end_user, end_use, listed, owned_by_listed,",
      "tpp, die_area, memory_bandwidth, interconnect, market, vendor), and what a row leaves blank",
      "is taken from the options.",
      "",
      "Exit status 0 where no licence is required, 1 for every other outcome: an exception, too,",
      "is free only once its conditions are met. It supports legal advice and does not replace it.",
      "",
      "Examples:",
      "  holdfast policy decide --item H200 --to CN --date 2026-02-01",
      "  holdfast policy decide --item H200 --to SG --parent-hq CN",
      "  holdfast policy decide --item H200 --to CN --date 2026-02-01 --known-on 2025-12-10",
      "  holdfast policy decide --item mine --tpp 5000 --market datacenter --to MY --parent-hq MY",
      "  holdfast policy decide --items shipments.csv --to CN --output json --no-trace"
    })
final class PolicyDecideCommand implements Callable<Integer> {
  private static final DecisionWords ENGLISH =
      new DecisionWords(MessageCatalogue.in(Locale.ENGLISH));

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--item",
      paramLabel = "NAME",
      description = "an accelerator of the catalogue, or a name for one that you describe")
  private @Nullable String item;

  @Option(names = "--items", paramLabel = "FILE", description = "many questions, one a row")
  private @Nullable Path items;

  @Option(names = "--to", paramLabel = "CC", description = "destination, ISO 3166 alpha-2")
  private @Nullable String to;

  @Option(
      names = "--from",
      paramLabel = "CC",
      description =
          "where it leaves (default: US for an export; a re-export may come from anywhere)")
  private @Nullable String from;

  @Option(
      names = "--parent-hq",
      paramLabel = "CC",
      description =
          "headquarters of the end user or of its ultimate parent; of two that differ the one in"
              + " Macau or D:5 (default: not known, and then often undetermined)")
  private @Nullable String parentHq;

  @Option(
      names = "--kind",
      paramLabel = "export|reexport|transfer",
      description = "how it moves (default: export)")
  private @Nullable String kind;

  @Option(names = "--date", paramLabel = "D", description = "the day it goes (default: today)")
  private @Nullable String date;

  @Option(
      names = "--known-on",
      paramLabel = "D",
      description = "decide by what was published up to that day (default: today)")
  private @Nullable String knownOn;

  @Option(names = "--quantity", paramLabel = "N", description = "how many (default: 1)")
  private @Nullable String quantity;

  @Option(names = "--end-user", paramLabel = "NAME", description = "for people; not screened here")
  private @Nullable String endUser;

  @Option(
      names = "--end-use",
      paramLabel = "USE",
      description = "what it is known to be for: supercomputer or other")
  private @Nullable String endUse;

  @Option(names = "--listed", description = "a party is on the Entity List or another list")
  private boolean listed;

  @Option(names = "--owned-by-listed", description = "half or more is owned by listed parties")
  private boolean ownedByListed;

  @Option(names = "--tpp", paramLabel = "N", description = "total processing performance")
  private @Nullable String tpp;

  @Option(names = "--die-area", paramLabel = "MM2", description = "applicable die area")
  private @Nullable String dieArea;

  @Option(names = "--memory-bandwidth", paramLabel = "GB/S", description = "of all memory")
  private @Nullable String memoryBandwidth;

  @Option(names = "--interconnect", paramLabel = "GB/S", description = "bidirectional aggregate")
  private @Nullable String interconnect;

  @Option(
      names = "--market",
      paramLabel = "datacenter|consumer|workstation",
      description = "whom it is designed or marketed for (default: not known)")
  private @Nullable String market;

  @Option(
      names = "--vendor",
      paramLabel = "NAME",
      description = "who makes it, as the catalogue names it, or other (default: not known)")
  private @Nullable String vendor;

  @Option(
      names = "--no-trace",
      description =
          "leave out what became of each rule and, in json, red flags that are not raised")
  private boolean noTrace;

  @Option(names = "--red-flags", description = "in text: list the red flags that are questions too")
  private boolean redFlags;

  @Mixin private final PolicyOptions options = new PolicyOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  PolicyDecideCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (items == null && item == null && tpp == null) {
      throw new ParameterException(spec.commandLine(), "--item or --items is needed");
    }
    if (items != null && item != null) {
      throw new ParameterException(spec.commandLine(), "--item and --items exclude each other");
    }
    PolicyRecord record = options.read();
    Decider decider = new Decider(record);
    QuestionReader reader = new QuestionReader(record, PolicyOptions.today());
    if (items != null) {
      return new PolicyBatch(surroundings, output, decider, reader, given(), !noTrace)
          .decide(items);
    }
    Map<String, String> given = given();
    Decision decision = decider.decide(reader.read(field -> Optional.ofNullable(given.get(field))));
    if (output.form == OutputOptions.Form.JSON) {
      surroundings.out().println(line(decision, !noTrace));
    } else {
      new DecisionText(
              surroundings.out(), surroundings.catalogue(output.language), surroundings.colour())
          .print(decision, !noTrace, redFlags);
    }
    return decision.outcome().free() ? 0 : 1;
  }

  /** A decision as one line; sentences in English whatever the language of the terminal. */
  static String line(Decision decision, boolean whole) {
    return Json.mapper().writeValueAsString(ENGLISH.json(decision, whole));
  }

  /** The options that were given, by field. */
  private Map<String, String> given() {
    Map<String, String> given = new HashMap<>();
    put(given, "item", item);
    put(given, "to", to);
    put(given, "from", from);
    put(given, "parentHq", parentHq);
    put(given, "kind", kind);
    put(given, "date", date);
    put(given, "knownOn", knownOn);
    put(given, "quantity", quantity);
    put(given, "endUser", endUser);
    put(given, "endUse", endUse);
    put(given, "listed", listed ? "yes" : null);
    put(given, "ownedByListed", ownedByListed ? "yes" : null);
    put(given, "tpp", tpp);
    put(given, "dieArea", dieArea);
    put(given, "memoryBandwidth", memoryBandwidth);
    put(given, "interconnect", interconnect);
    put(given, "market", market);
    put(given, "vendor", vendor);
    return given;
  }

  private static void put(Map<String, String> given, String field, @Nullable String value) {
    if (value != null) {
      given.put(field, value);
    }
  }
}
