package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reported;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.model.TargetId;
import dev.holdfast.sim.StageSettings.Source;
import dev.holdfast.sim.Story.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * declared site and by two others; every six hours its chips sign; once a day it tells of them. For
 * one thread and one play.
 */
public final class Stage {
  /** When the first day begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration PERIOD = Duration.ofHours(2);
  private static final int PERIODS_A_DAY = 12;
  private static final int SIGNING = 3;
  private static final int NEAR = 4;
  private static final int FAR = 2;
  private static final double COLLUDING_MILLISECONDS = 0.8;
  private static final int SWITCHES = 4;
  private static final double WATTS = 700;

  private final StageSettings settings;
  private final Story story;
  private final HonestLife life = HonestLife.USUAL;
  private final Chance chance;
  private final DelayModel delays;
  private final List<Landmark> landmarks;
  private final List<StageSite> sites = new ArrayList<>();
  private final List<StageHost> hosts = new ArrayList<>();
  private final List<Later> later = new ArrayList<>();
  private final List<Chip> taken = new ArrayList<>();
  private final Map<String, Double> ways = new HashMap<>();
  private final Map<String, Reroute> reroutes = new HashMap<>();
  private final Set<String> touched = new HashSet<>();
  private @Nullable StageSite colluding;
  private Audience audience = new Deaf();
  private int period;
  private int newest;
  private @Nullable Instant firstAct;
  private @Nullable Instant border;

  /** Who hears what is told. */
  public interface Audience {
    /** Hears evidence. */
    void hear(Evidence evidence);

    /** Time has passed. */
    void tick(Instant at);
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

  private static final class StageSite {
    final SimulatedSite site;
    final List<Landmark> nearest;
    int downUntil;

    StageSite(SimulatedSite site, List<Landmark> nearest) {
      this.site = site;
      this.nearest = nearest;
    }
  }

  /** A chip, and the board that it is on. */
  private static final class Chip {
    final String id;
    String board;
    boolean broken;

    Chip(String id, String board) {
      this.id = id;
      this.board = board;
    }
  }

  private static final class StageHost {
    final String id;
    final StageSite site;
    final String key;
    final List<Chip> chips = new ArrayList<>();
    final Set<String> told = new TreeSet<>();
    final boolean tracked;
    @Nullable Position at;
    int downUntil;

    StageHost(String id, StageSite site, @Nullable Position at, boolean tracked) {
      this.id = id;
      this.site = site;
      this.key = "key-" + id;
      this.at = at;
      this.tracked = tracked;
    }
  }

  private record Later(int period, Runnable what) {}

  private record Reroute(int until, double milliseconds) {}

  /** A stage that is set and not yet played. */
  public Stage(StageSettings settings, Story story) {
    this.settings = requireNonNull(settings, "settings");
    this.story = requireNonNull(story, "story");
    chance = new Chance(settings.seed());
    delays = new DelayModel(settings.seed());
    Places places = Places.load();
    landmarks = List.copyOf(places.landmarks().keySet());
    SplittableRandom adoption = chance.of("adoption");
    List<SimulatedSite> carried =
        places.sites().stream().filter(each -> each.model().startsWith("H")).toList();
    for (int i = 0; i < settings.sites(); i++) {
      SimulatedSite site = carried.get(i % carried.size());
      StageSite made = new StageSite(site, nearest(site.position()));
      sites.add(made);
      for (int j = 0; j < settings.hosts(); j++) {
        StageHost host =
            new StageHost(
                String.format(Locale.ROOT, "%s-%04d", site.id(), j + 1),
                made,
                site.position(),
                adoption.nextDouble() < settings.adoption());
        hosts.add(host);
        for (int k = 0; k < StageSettings.CHIPS; k++) {
          put(chip(host.id), host);
        }
      }
    }
  }

  private List<Landmark> nearest(Position place) {
    return landmarks.stream()
        .sorted(
            Comparator.comparingDouble(each -> delays.between(each.position(), place).kilometres()))
        .toList();
  }

  private Chip chip(String board) {
    return new Chip(String.format(Locale.ROOT, "51a%013x", ++newest), board);
  }

  private static void put(Chip chip, StageHost host) {
    host.chips.add(chip);
    host.told.add(chip.id);
  }

  /** Plays it; once. */
  public Truth play(Audience to) {
    audience = to;
    declare();
    long chipDays = 0;
    for (period = 0; period < settings.days() * PERIODS_A_DAY; period++) {
      for (Act act : story.acts()) {
        if (act.day() * PERIODS_A_DAY == period) {
          begin(act);
        }
      }
      List<Later> due = later.stream().filter(each -> each.period <= period).toList();
      later.removeAll(due);
      due.forEach(each -> each.what.run());
      live();
      hosts.forEach(this::tell);
      to.tick(now().plus(PERIOD));
      if (period % PERIODS_A_DAY == 0) {
        chipDays +=
            hosts.stream().filter(each -> each.tracked).mapToLong(each -> each.chips.size()).sum();
      }
    }
    return new Truth(firstAct, border, Set.copyOf(touched), chipDays);
  }

  private Instant now() {
    return START.plus(PERIOD.multipliedBy(period));
  }

  private void after(double hours, Runnable what) {
    later.add(new Later(period + (int) Math.ceil(hours / PERIOD.toHours()), what));
  }

  private void say(Evidence evidence) {
    audience.hear(evidence);
  }

  private void record(Evidence evidence) {
    if (!settings.without().contains(Source.CUSTODY)) {
      audience.hear(evidence);
    }
  }

  private void declare() {
    for (StageSite site : sites) {
      List<StageHost> own = hosts.stream().filter(each -> each.site == site).toList();
      int chips = own.stream().mapToInt(each -> each.chips.size()).sum();
      say(
          new Sited(
              site.site.id(),
              site.site.operator(),
              site.site.destination(),
              site.site.position(),
              site.site.radius(),
              null,
              chips * WATTS * 1.8 / 1000,
              START,
              true));
      own.forEach(this::declare);
      TreeSet<String> named = new TreeSet<>();
      own.stream().filter(each -> each.tracked).forEach(each -> named.addAll(each.told));
      if (!named.isEmpty()) {
        record(
            new Licensed(
                "sim-licence-" + site.site.id(),
                named,
                new TreeSet<>(),
                site.site.operator(),
                new TreeSet<>(Set.of(site.site.destination())),
                new TreeSet<>(),
                START,
                START.plus(Duration.ofDays(3650)),
                new TreeMap<>(),
                START,
                true));
      }
    }
  }

  private void declare(StageHost host) {
    if (host.tracked) {
      SimulatedSite site = host.site.site;
      say(
          new Declared(
              new TargetId(host.id),
              site.id(),
              site.destination(),
              site.position(),
              site.radius(),
              true));
    }
  }

  // ---- the story

  private void begin(Act act) {
    switch (act.verb()) {
      case INSPECT -> inspect(sites.get(act.site()));
      case REMOVE -> remove(act);
      case BORDER -> border = now();
      case INSTALL -> install(act);
      case ANNOUNCE ->
          record(
              new Announced(
                  sites.get(act.site()).site.id(),
                  now(),
                  now().plusMillis((long) (act.hours() * 3_600_000)),
                  now(),
                  true));
      case COLLUDE -> colluding = sites.getFirst();
    }
  }

  private void inspect(StageSite site) {
    TreeSet<String> seen = new TreeSet<>();
    hosts.stream()
        .filter(each -> each.site == site && each.tracked)
        .forEach(each -> seen.addAll(each.told));
    record(
        new Inspected(
            "sim-inspection-" + period,
            "sim-plumbline",
            site.site.id(),
            Inspected.Manner.LABELS,
            seen,
            seen.size(),
            now(),
            true));
  }

  private void remove(Act act) {
    if (firstAct == null) {
      firstAct = now();
    }
    List<StageHost> own =
        hosts.stream()
            .filter(each -> each.site == sites.get(act.site()) && !each.chips.isEmpty())
            .toList();
    if (act.ofChips()) {
      int number = Math.min(act.count(), own.size());
      for (int i = 0; i < number; i++) {
        StageHost host = own.get(i);
        after(48.0 * i, () -> take(List.of(host.chips.getFirst()), host, act, false));
      }
      return;
    }
    int number = Math.min(act.count(), own.size());
    for (int i = 0; i < number; i++) {
      StageHost host = own.get(i);
      double hours = act.what().equals("one-a-day") ? 24.0 * i : act.hours() * i / number;
      after(hours, () -> take(List.copyOf(host.chips), host, act, true));
    }
  }

  private void take(List<Chip> chips, StageHost host, Act act, boolean wholly) {
    for (Chip chip : chips) {
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
      state(Step.valueOf(act.record().toUpperCase(Locale.ROOT)), host.site, null, named);
    }
    if (wholly && !act.keysStay()) {
      host.at = null;
    } else if (!act.keysStay()) {
      chips.forEach(each -> host.told.remove(each.id));
    }
  }

  private void install(Act act) {
    Position where = requireNonNull(act.where());
    if (!act.newHosts()) {
      Map<String, StageHost> byId = new LinkedHashMap<>();
      hosts.forEach(each -> byId.put(each.id, each));
      boolean relayed = act.what().equals("relayed");
      int boards = Math.max(1, taken.size() / StageSettings.CHIPS);
      for (int i = 0; i < taken.size(); i++) {
        Chip chip = taken.get(i);
        StageHost host = requireNonNull(byId.get(chip.board));
        host.at = relayed ? host.at : where;
        put(chip, host);
        if (act.otherBoards()) {
          // The chips of a board come apart: each goes to another.
          chip.board = "abroad-" + i % boards;
        }
      }
      taken.clear();
      return;
    }
    SimulatedSite model = sites.getFirst().site;
    SimulatedSite abroad =
        new SimulatedSite(
            "sim-abroad",
            "Abroad",
            "sim-unknown",
            requireNonNull(act.destination()),
            where,
            Distance.ofKilometres(50),
            model.binding(),
            model.model(),
            0);
    StageSite site = new StageSite(abroad, nearest(where));
    StageHost host = null;
    for (Chip chip : taken) {
      if (host == null || host.chips.size() == StageSettings.CHIPS) {
        host = new StageHost("sim-abroad-" + hosts.size(), site, where, true);
        hosts.add(host);
        declare(host);
      }
      put(chip, host);
    }
    taken.clear();
  }

  private void state(Step step, StageSite from, @Nullable StageSite to, SortedSet<String> chips) {
    record(
        new Transferred(
            "sim-transfer-" + period + "-" + chips.first(),
            step,
            chips,
            from.site.operator(),
            to == null ? "sim-workshop" : to.site.operator(),
            from.site.id(),
            to == null ? null : to.site.id(),
            now(),
            true));
  }

  // ---- what happens in every hall

  private static boolean happens(SplittableRandom random, double aYear) {
    return random.nextDouble() < aYear / (365 * PERIODS_A_DAY);
  }

  private void live() {
    SplittableRandom random = chance.of("life", Integer.toString(period));
    for (StageSite site : sites) {
      if (happens(random, life.powerCuts())) {
        site.downUntil = until(Chance.lognormal(random, life.powerHours(), 1));
      }
      if (happens(random, life.maintenances())) {
        maintain(site, random.nextDouble(life.maintenanceHours()));
      }
      for (Landmark landmark : site.nearest) {
        if (happens(random, life.reroutes())) {
          reroutes.put(
              landmark.id().value() + " " + site.site.id(),
              new Reroute(
                  until(24 * Chance.lognormal(random, life.rerouteDays(), 1)),
                  Chance.lognormal(random, life.rerouteMilliseconds(), 0.7)));
        }
      }
    }
    for (StageHost host : List.copyOf(hosts)) {
      if (happens(random, life.hostFaults()) && host.at != null) {
        double hours = Chance.lognormal(random, life.repairHours(), life.repairSpread());
        host.downUntil = Math.max(host.downUntil, until(hours));
        written(random, () -> ofAll(host));
      }
      for (Chip chip : List.copyOf(host.chips)) {
        if (happens(random, life.chipFaults())) {
          fail(chip, host, random);
        }
      }
    }
  }

  private int until(double hours) {
    return period + (int) Math.ceil(hours / PERIOD.toHours());
  }

  private void written(SplittableRandom random, Runnable what) {
    double hours = Chance.lognormal(random, life.recordHours(), 1);
    if (random.nextDouble() < life.recorded()) {
      after(hours, what);
    }
  }

  private void ofAll(StageHost host) {
    if (!host.chips.isEmpty() && host.tracked) {
      TreeSet<String> chips = new TreeSet<>();
      host.chips.forEach(each -> chips.add(each.id));
      state(Step.REPAIRING, host.site, host.site, chips);
    }
  }

  private void maintain(StageSite site, double hours) {
    Instant from = now().plus(Duration.ofDays(3));
    record(
        new Announced(
            site.site.id(),
            from,
            from.plusMillis((long) (Math.max(hours, 1) * 3_600_000)),
            now(),
            true));
    after(72, () -> site.downUntil = Math.max(site.downUntil, until(hours)));
  }

  private void fail(Chip chip, StageHost host, SplittableRandom random) {
    chip.broken = true;
    written(
        random,
        () -> {
          if (host.tracked) {
            state(Step.REPAIRING, host.site, null, new TreeSet<>(Set.of(chip.id)));
          }
        });
    after(
        24 * life.replacementDays(),
        () -> {
          // Who takes the board takes it with the chip that failed on it.
          if (host.chips.remove(chip)) {
            host.told.remove(chip.id);
            Chip next = chip(chip.board);
            put(next, host);
            if (host.tracked) {
              state(Step.INSTALLING, host.site, host.site, new TreeSet<>(Set.of(next.id)));
            }
          }
        });
  }

  // ---- what is told

  private void tell(StageHost host) {
    if (!host.tracked
        || host.at == null
        || period < host.downUntil
        || (period < host.site.downUntil && host.at.equals(host.site.site.position()))) {
      return;
    }
    SplittableRandom random = chance.of("tell", host.id, Integer.toString(period));
    Instant at = now().plusMillis(random.nextLong(Duration.ofMinutes(100).toMillis()));
    if (!settings.without().contains(Source.ROUNDS)) {
      rounds(host, at, random);
    }
    if (period % SIGNING == Math.floorMod(host.id.hashCode(), SIGNING)
        && !settings.without().contains(Source.SIGNATURES)) {
      host.chips.stream().filter(each -> !each.broken).forEach(each -> say(signed(each, host, at)));
    }
    if (period % PERIODS_A_DAY == Math.floorMod(host.id.hashCode(), PERIODS_A_DAY)
        && !settings.without().contains(Source.INVENTORY)) {
      say(inventory(host, at));
    }
  }

  private void rounds(StageHost host, Instant at, SplittableRandom random) {
    List<Landmark> nearest = host.site.nearest;
    for (int i = 0; i < NEAR + FAR; i++) {
      Landmark landmark = nearest.get(i < NEAR ? i : NEAR + random.nextInt(nearest.size() - NEAR));
      double milliseconds = milliseconds(landmark, host, random);
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

  /** The shortest of a round's sixteen challenges. */
  private double milliseconds(Landmark landmark, StageHost host, SplittableRandom random) {
    StageSite lied = colluding;
    if (lied != null
        && host.site == lied
        && landmark.operator().equals(lied.nearest.getFirst().operator())
        && !requireNonNull(host.at).equals(lied.site.position())) {
      return COLLUDING_MILLISECONDS + 0.1 * random.nextDouble();
    }
    Position at = requireNonNull(host.at);
    String way = landmark.id().value() + " " + at;
    double least =
        ways.computeIfAbsent(
            way, none -> delays.between(landmark.position(), at).leastNanoseconds() / 1e6);
    double queue = 0.2 / 16 * -Math.log(1 - random.nextDouble());
    Reroute reroute = reroutes.get(landmark.id().value() + " " + host.site.site.id());
    return least + queue + (reroute != null && period < reroute.until ? reroute.milliseconds : 0);
  }

  private Attested signed(Chip chip, StageHost host, Instant at) {
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

  private static Inventoried inventory(StageHost host, Instant at) {
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
              Reported.Absent.MISSING));
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
