package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.sim.TrafficCounts;
import dev.holdfast.trust.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast sim fleet}: an honest fleet and what it says, in a folder. */
@Command(
    name = "fleet",
    description =
        "Writes an honest fleet that is simulated, and what its landmarks and hosts say, into a new"
            + " folder: declaration.json for POST /api/v1/fleet, statements.ndjson for POST"
            + " /api/v1/statements, and blobs/SHA-256 for PUT /api/v1/blobs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "The same seed, chips, times and cycles give the same octets. Whoever knows the seed has every",
      "key of the fleet.",
      "",
      "Example:",
      "  holdfast sim fleet --seed 1 --chips 3000 --begin 2026-11-01T12:00:00Z --out fleet"
    })
final class SimFleetCommand implements Callable<Integer> {
  private static final Duration LIFETIME = Duration.ofDays(365);
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--seed",
      required = true,
      paramLabel = "N",
      description = "what everything invented follows from")
  private long seed;

  @Option(
      names = "--chips",
      paramLabel = "N",
      defaultValue = "3000",
      description = "how many chips, 8 in a host (default: 3000)")
  private int chips;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      defaultValue = "1",
      description = "how often each host is measured by six landmarks (default: 1)")
  private int cycles;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = "time from one cycle to the next, at least 20s (default: 5m)")
  private @Nullable Duration every;

  @Option(
      names = "--begin",
      paramLabel = "TIME",
      description = "begin of the first cycle (default: so long ago that the last one ends now)")
  private @Nullable Instant begin;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "new folder")
  private @Nullable Path folder;

  @Mixin private final OutputOptions output = new OutputOptions();

  SimFleetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path out = requireNonNull(folder);
    Duration apart = requireNonNull(every);
    Duration length = apart.minus(SimulatedTraffic.SETTLING);
    require(length.compareTo(SimulatedTraffic.SETTLING) >= 0, "--every is at least 20s");
    require(cycles >= 1, "--cycles is at least 1");
    require(chips >= 1 && chips <= FleetPlan.MOST_CHIPS, "--chips is 1 to " + FleetPlan.MOST_CHIPS);
    Instant first =
        (begin == null ? Instant.now().minus(apart.multipliedBy(cycles)) : begin)
            .truncatedTo(ChronoUnit.SECONDS);
    FleetPlan plan = new FleetPlan(seed, chips, first.minus(BEFORE), LIFETIME);
    AuthorityOutput.requireFresh(out);
    Path unfinished = AuthorityOutput.fresh(out, ".unfinished");
    SimulatedFleet fleet = SimulatedFleet.of(plan);
    TrafficCounts counts = write(fleet, unfinished, first, apart, length);
    try {
      Files.move(unfinished, out, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw InputFiles.unwritable(out, e);
    }
    AuthorityOutput say = new AuthorityOutput(surroundings, output);
    say.wrote("folder", out);
    say.say("simulated", "true");
    say.say("chips", Integer.toString(fleet.chips().size()));
    say.say("hosts", Integer.toString(fleet.hosts().size()));
    say.say("rounds", Integer.toString(counts.rounds()));
    say.say("statements", Integer.toString(counts.statements()));
    say.finish();
    return 0;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private TrafficCounts write(
      SimulatedFleet fleet, Path to, Instant first, Duration apart, Duration length) {
    int rounds = fleet.hosts().size() * (SimulatedTraffic.NEAR + SimulatedTraffic.FAR) * cycles;
    TrafficCounts sum = new TrafficCounts(0, 0, 0);
    try (Progress progress = new Progress(surroundings, "measuring", "rounds", rounds);
        TrafficFolder files = TrafficFolder.make(to, progress)) {
      files.declare(CanonicalJson.octets(fleet.declaration()));
      SimulatedTraffic traffic = SimulatedTraffic.honest(fleet);
      for (int i = 0; i < cycles; i++) {
        sum = sum.plus(traffic.cycle(first.plus(apart.multipliedBy(i)), length, files));
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(to, e);
    }
    return sum;
  }
}
