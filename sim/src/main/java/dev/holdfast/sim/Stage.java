package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.OfCustody;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reported;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.model.TargetId;
import dev.holdfast.sim.StageSettings.Rhythm;
import dev.holdfast.sim.StageSettings.Source;
import dev.holdfast.sim.Story.Act;
import dev.holdfast.sim.Story.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A simulated fleet on which a story is played among what happens in every hall; what comes of it
 * is told as evidence, two hours at a time, each followed by a tick. Follows from its settings and
 * its story alone.
 *
 * <p>Every two hours each host whose key answers is measured by the four landmarks nearest to its
 * declared site and by two others; every six hours its chips sign; once a day it tells of them. At
 * moments ({@link StageSettings.Rhythm#MOMENTS}) three and one measure, and the chips that the
 * story is about sign every time. For one thread and one play.
 */
public final class Stage {
  /** When the first day begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final int SIGNING = 3;
  private static final int NEAR = 4;
  private static final int FAR = 2;
  private static final int SWITCHES = 4;
  private static final double WATTS = 700;

  // Of moments: what is measured and signed so long before a tick is fresh at it.
  private static final Duration MEASURED = Duration.ofMinutes(8);
  private static final Duration MEASURING = Duration.ofMinutes(3);
  private static final Duration SIGNED = Duration.ofMinutes(2);

  private final StageSettings settings;
  private final Story story;
  private final Chance chance;
  private final StageTime time = new StageTime();
  private final StageNetwork network;
  private final StageFleet fleet;
  private final StageRecords records;
  private final StageLife life;
  private final StageWorks works;
  private final List<StageChip> taken = new ArrayList<>();
  private final Set<String> touched = new HashSet<>();
  private Audience audience = new Deaf();
  private @Nullable Instant firstAct;
  private @Nullable Instant border;

  /** Who hears what is told. */
  public interface Audience {
    /** Hears evidence. */
    void hear(Evidence evidence);

    /** Time has passed. */
    void tick(Instant at);

    /** A host wants a lease, once time has passed. */
    default void ask(TargetId host) {}

    /** Hears what is done, which no watch is told. */
    default void done(Deed deed) {}
  }

  /**
   * What was done, of what a story has somebody do.
   *
   * @param site where; empty where it is done at none
   * @param chips that it was done to; 0 where it was done to none
   * @param destination where it goes or is done abroad; null where it stays
   */
  public record Deed(Instant at, Verb verb, String site, int chips, @Nullable String destination) {
    public Deed {
      requireNonNull(at, "at");
      requireNonNull(verb, "verb");
      requireNonNull(site, "site");
    }
  }

  private static final class Deaf implements Audience {
    @Override
    public void hear(Evidence evidence) {}

    @Override
    public void tick(Instant at) {}
  }

  /**
   * What is true, which no watch is told.
   *
   * @param about the chips that were taken, and the hosts that were taken whole
   * @param chipDays how many chips were tracked for how many days
   */
  public record Truth(
      @Nullable Instant firstAct, @Nullable Instant border, Set<String> about, long chipDays) {}

  /** A stage that is set and not yet played. */
  public Stage(StageSettings settings, Story story) {
    this.settings = requireNonNull(settings, "settings");
    this.story = requireNonNull(story, "story");
    long seed = settings.seed();
    HonestLife usual = HonestLife.USUAL;
    chance = new Chance(seed);
    network =
        new StageNetwork(
            seed, usual.network(), time, List.copyOf(Places.load().landmarks().keySet()));
    fleet = new StageFleet(settings, network, story);
    records = new StageRecords(seed, usual.records(), time, this::record);
    life = new StageLife(seed, usual, time, fleet, network, records);
    works = new StageWorks(seed, usual.works(), time, fleet, records);
  }

  /** Plays it; once. */
  public Truth play(Audience to) {
    audience = to;
    declare();
    long chipDays = 0;
    int periods = settings.days() * StageTime.PERIODS_A_DAY;
    for (; time.period() < periods; time.next()) {
      for (Act act : story.acts()) {
        if (act.day() * StageTime.PERIODS_A_DAY == time.period()) {
          begin(act);
        }
      }
      time.pass();
      life.live();
      network.live(fleet.sites);
      works.live();
      fleet.hosts.forEach(this::tell);
      to.tick(time.now().plus(StageTime.PERIOD));
      if (time.period() % StageTime.PERIODS_A_DAY == 0) {
        chipDays += fleet.tracked();
      }
    }
    return new Truth(firstAct, border, Set.copyOf(touched), chipDays);
  }

  private void say(Evidence evidence) {
    audience.hear(evidence);
  }

  /** Tells what people write down. */
  private void record(Evidence evidence) {
    if (!(evidence instanceof OfCustody) || !settings.without().contains(Source.CUSTODY)) {
      audience.hear(evidence);
    }
  }

  private void declare() {
    for (StageSite site : fleet.sites) {
      List<StageHost> own = fleet.at(site);
      int chips = own.stream().mapToInt(each -> each.chips.size()).sum();
      say(declared(site, chips * WATTS * 1.8 / 1000));
      if (!fleet.isBought(site)) {
        own.forEach(this::declare);
        license(site);
      }
    }
  }

  private SortedSet<String> told(StageSite site) {
    TreeSet<String> named = new TreeSet<>();
    fleet.at(site).stream().filter(each -> each.tracked).forEach(each -> named.addAll(each.told));
    return named;
  }

  private void license(StageSite site) {
    SortedSet<String> named = told(site);
    if (!named.isEmpty()) {
      records.license(site.id(), named, site, fleet.destinations(site));
    }
  }

  private Sited declared(StageSite site, double kilowatts) {
    return new Sited(
        site.site.id(),
        site.site.operator(),
        site.site.destination(),
        site.site.position(),
        site.site.radius(),
        null,
        kilowatts,
        time.now(),
        true);
  }

  private void declare(StageHost host) {
    if (host.tracked) {
      say(StageFleet.declaration(host));
    }
  }

  // ---- the story

  private void begin(Act act) {
    switch (act.verb()) {
      case INSPECT -> inspect(fleet.sites.get(act.site()));
      case REMOVE -> remove(act);
      case BORDER -> {
        border = time.now();
        done(Verb.BORDER, "", taken.size(), null);
      }
      case INSTALL -> install(act);
      case ANNOUNCE -> {
        record(
            new Announced(
                fleet.sites.get(act.site()).id(),
                time.now(),
                time.now().plusMillis((long) (act.hours() * 3_600_000)),
                time.now(),
                true));
        done(act);
      }
      case COLLUDE -> {
        network.collude(fleet.sites.getFirst());
        done(act);
      }
      case REPLAY -> fleet.sites.get(act.site()).metersUntil = time.period();
      case DECLARE -> say(declared(fleet.sites.get(act.site()), requireNonNull(act.kilowatts())));
      case BUY -> buy(act);
      case BENCH -> bench(act);
      case CUT -> {
        StageSite site = fleet.sites.get(act.site());
        site.downUntil = Math.max(site.downUntil, time.until(act.hours()));
        done(act);
      }
      case REROUTE -> {
        network.lengthen(
            fleet.sites.get(act.site()), NEAR, time.until(act.hours()), act.milliseconds());
        done(act);
      }
      case REPAIR -> {
        StageHost host = fleet.at(fleet.sites.get(act.site())).getFirst();
        host.downUntil = Math.max(host.downUntil, time.until(act.hours()));
        if (host.tracked && !host.chips.isEmpty()) {
          records.say(new StageRecords.Word(Step.REPAIRING, host.site, host.site, host.names()));
        }
        done(act);
      }
      case LEASE ->
          fleet.hosts.stream()
              .filter(each -> each.tracked && each.at != null && !each.chips.isEmpty())
              .filter(
                  each -> act.site() == Act.EVERYWHERE || each.site == fleet.sites.get(act.site()))
              .forEach(each -> audience.ask(new TargetId(each.id)));
    }
  }

  private void done(Act act) {
    done(act.verb(), fleet.sites.get(act.site()).id(), 0, null);
  }

  private void done(Verb verb, String site, int chips, @Nullable String destination) {
    audience.done(new Deed(time.now(), verb, site, chips, destination));
  }

  /** A third of the time passes until they are shipped, a third until they are received. */
  private void buy(Act act) {
    StageSite site = fleet.sites.get(act.site());
    SortedSet<String> chips = told(site);
    license(site);
    done(Verb.BUY, site.id(), chips.size(), site.site.destination());
    if (!chips.isEmpty()) {
      time.after(act.hours() / 3, () -> records.sold(Step.SHIPPING, site, chips));
      time.after(act.hours() * 2 / 3, () -> records.sold(Step.RECEIVING, site, chips));
    }
    time.after(
        act.hours(),
        () -> {
          for (StageHost each : fleet.at(site)) {
            each.at = site.site.position();
            declare(each);
          }
          done(Verb.INSTALL, site.id(), chips.size(), null);
        });
  }

  /** What was taken so far, as much as one host holds; nothing of it is what the bench keeps. */
  private void bench(Act act) {
    Position where = requireNonNull(act.where());
    StageSite site = elsewhere("sim-bench", act, where);
    StageHost host = new StageHost("sim-bench-" + fleet.hosts.size(), site, where, true);
    fleet.hosts.add(host);
    declare(host);
    for (StageChip each : taken.subList(0, Math.min(taken.size(), StageSettings.CHIPS))) {
      each.board = host.id;
      host.put(each);
    }
    done(Verb.BENCH, site.id(), host.chips.size(), act.destination());
    time.after(
        act.hours(),
        () -> {
          host.chips.clear();
          host.told.clear();
          host.at = null;
        });
  }

  private StageSite elsewhere(String id, Act act, Position where) {
    SimulatedSite model = fleet.sites.getFirst().site;
    return new StageSite(
        new SimulatedSite(
            id,
            id.equals("sim-abroad") ? "Abroad" : "Bench",
            "sim-unknown",
            requireNonNull(act.destination()),
            where,
            Distance.ofKilometres(50),
            model.binding(),
            model.model(),
            0),
        network.nearest(where));
  }

  private void inspect(StageSite site) {
    TreeSet<String> seen = new TreeSet<>();
    fleet.at(site).stream()
        .filter(each -> each.tracked && !each.moving)
        .forEach(each -> seen.addAll(each.told));
    record(
        new Inspected(
            "sim-inspection-" + time.period(),
            "sim-plumbline",
            site.id(),
            Inspected.Manner.LABELS,
            seen,
            seen.size(),
            time.now(),
            true));
    done(Verb.INSPECT, site.id(), seen.size(), null);
  }

  private void remove(Act act) {
    if (firstAct == null) {
      firstAct = time.now();
    }
    List<StageHost> own =
        fleet.at(fleet.sites.get(act.site())).stream()
            .filter(each -> !each.chips.isEmpty())
            .toList();
    if (act.what().equals("from-each")) {
      for (int i = 0; i < own.size(); i++) {
        StageHost host = own.get(i);
        time.after(
            act.hours() * i,
            () -> {
              int number = Math.min(act.count(), host.chips.size());
              take(List.copyOf(host.chips.subList(0, number)), host, act, false);
            });
      }
      return;
    }
    if (act.ofChips()) {
      int number = Math.min(act.count(), own.size());
      for (int i = 0; i < number; i++) {
        StageHost host = own.get(i);
        time.after(48.0 * i, () -> take(List.of(host.chips.getFirst()), host, act, false));
      }
      return;
    }
    int number = Math.min(act.count(), own.size());
    for (int i = 0; i < number; i++) {
      StageHost host = own.get(i);
      double hours = act.what().equals("one-a-day") ? 24.0 * i : act.hours() * i / number;
      time.after(hours, () -> take(List.copyOf(host.chips), host, act, true));
    }
  }

  private void take(List<StageChip> chips, StageHost host, Act act, boolean wholly) {
    for (StageChip chip : chips) {
      host.chips.remove(chip);
      taken.add(chip);
      touched.add("chip:" + chip.id);
    }
    if (wholly) {
      touched.add("host:" + host.id);
    }
    if (act.record() != null && host.tracked) {
      TreeSet<String> named = new TreeSet<>();
      chips.forEach(each -> named.add(each.id));
      Step step = Step.valueOf(act.record().toUpperCase(Locale.ROOT));
      records.say(new StageRecords.Word(step, host.site, null, named));
    }
    if (wholly && !act.keysStay()) {
      host.at = null;
    } else if (!act.keysStay()) {
      chips.forEach(each -> host.told.remove(each.id));
    }
    done(Verb.REMOVE, host.site.id(), chips.size(), null);
  }

  private void install(Act act) {
    Position where = requireNonNull(act.where());
    done(Verb.INSTALL, "sim-abroad", taken.size(), act.destination());
    if (!act.newHosts()) {
      Map<String, StageHost> byId = new HashMap<>();
      fleet.hosts.forEach(each -> byId.put(each.id, each));
      boolean relayed = act.what().equals("relayed");
      int boards = Math.max(1, taken.size() / StageSettings.CHIPS);
      for (int i = 0; i < taken.size(); i++) {
        StageChip chip = taken.get(i);
        StageHost host = requireNonNull(byId.get(chip.board));
        host.at = relayed ? host.at : where;
        host.put(chip);
        if (act.otherBoards()) {
          // The chips of a board come apart: each goes to another.
          chip.board = "abroad-" + i % boards;
        }
      }
      taken.clear();
      return;
    }
    StageSite site = elsewhere("sim-abroad", act, where);
    StageHost host = null;
    for (StageChip chip : taken) {
      if (host == null || host.chips.size() == StageSettings.CHIPS) {
        host = new StageHost("sim-abroad-" + fleet.hosts.size(), site, where, true);
        fleet.hosts.add(host);
        declare(host);
      }
      if (act.otherBoards()) {
        chip.board = host.id;
      }
      host.put(chip);
    }
    taken.clear();
  }

  // ---- what is told

  private void tell(StageHost host) {
    if (!host.tracked
        || host.at == null
        || time.period() < host.downUntil
        || (time.period() < host.site.downUntil && host.at.equals(host.site.site.position()))) {
      return;
    }
    SplittableRandom random = chance.of("tell", host.id, Integer.toString(time.period()));
    boolean moments = settings.rhythm() == Rhythm.MOMENTS;
    Instant end = time.now().plus(StageTime.PERIOD);
    Instant measured =
        moments
            ? end.minus(MEASURED).plusMillis(random.nextLong(MEASURING.toMillis()))
            : time.now().plusMillis(random.nextLong(Duration.ofMinutes(100).toMillis()));
    Instant at = moments ? end.minus(SIGNED) : measured;
    if (!settings.without().contains(Source.ROUNDS)) {
      rounds(host, measured, random);
    }
    if (((moments && isOfTheStory(host))
            || time.period() % SIGNING == Math.floorMod(host.id.hashCode(), SIGNING))
        && !settings.without().contains(Source.SIGNATURES)) {
      host.chips.stream().filter(each -> !each.broken).forEach(each -> say(signed(each, host, at)));
    }
    if (time.period() % StageTime.PERIODS_A_DAY
            == Math.floorMod(host.id.hashCode(), StageTime.PERIODS_A_DAY)
        && !settings.without().contains(Source.INVENTORY)) {
      say(inventory(host, at));
    }
  }

  /** Whether its site was bought, or set up, by the story. */
  private boolean isOfTheStory(StageHost host) {
    return fleet.isBought(host.site) || !fleet.isAtHome(host);
  }

  private void rounds(StageHost host, Instant at, SplittableRandom random) {
    List<Landmark> nearest = host.site.nearest;
    // Who looks at moments has a server and pages on the same machine: fewer do for a verdict.
    int fewer = settings.rhythm() == Rhythm.MOMENTS ? 1 : 0;
    int near = NEAR - fewer;
    for (int i = 0; i < near + FAR - fewer; i++) {
      Landmark landmark = nearest.get(i < near ? i : near + random.nextInt(nearest.size() - near));
      if (!network.measures(landmark)) {
        continue;
      }
      double milliseconds = network.milliseconds(landmark, host, random);
      say(
          new Bounded(
              new TargetId(host.id),
              host.key,
              Binding.TPM,
              landmark,
              Delay.ofMillis(milliseconds),
              at.plusSeconds(5L * i),
              true,
              null));
    }
  }

  private Attested signed(StageChip chip, StageHost host, Instant at) {
    TreeSet<String> switches = null;
    if (settings.adjacency()) {
      switches = new TreeSet<>();
      for (int i = 1; i <= SWITCHES; i++) {
        switches.add("switch-" + chip.board + "-" + i);
      }
    }
    return new Attested(
        new TargetId(host.id),
        host.key,
        chip.id,
        false,
        "GH100",
        "simulated maker",
        List.of(new Alias(Alias.Kind.ROM_SERIAL, "41" + chip.id)),
        switches,
        at,
        true,
        9L,
        true,
        null);
  }

  /** At work all the time: a power that wavers, and a counter that grows by its mean. */
  private Inventory.Meter meter(String chip, StageHost host) {
    int read = Math.min(time.period(), host.site.metersUntil);
    SplittableRandom random = chance.of("meter", chip, Integer.toString(read));
    long milliwatts = Math.round(WATTS * (600 + 300 * random.nextDouble()));
    long seconds =
        StageTime.PERIOD.toSeconds() * read + random.nextLong(StageTime.PERIOD.toSeconds());
    return new Inventory.Meter(milliwatts / 1000.0, Math.round(seconds * WATTS * 750));
  }

  private Inventoried inventory(StageHost host, Instant at) {
    List<Inventory.Chip> told = new ArrayList<>();
    for (String id : host.told) {
      told.add(
          new Inventory.Chip(
                  Reported.of(host.site.site.model()),
                  List.of(
                      new Alias(Alias.Kind.PDI, "0x" + id),
                      new Alias(Alias.Kind.BOARD_SERIAL, "label-" + id)),
                  Inventory.Seat.UNTOLD,
                  Reported.Absent.MISSING,
                  Reported.Absent.MISSING)
              .metered(meter(id, host)));
    }
    return new Inventoried(
        new TargetId(host.id),
        new Inventory(
            Inventory.Source.NVML,
            host.id,
            null,
            Reported.Absent.MISSING,
            new TreeMap<>(),
            told,
            List.of()),
        at,
        true);
  }
}
