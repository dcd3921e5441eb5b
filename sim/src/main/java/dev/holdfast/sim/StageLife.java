package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.sim.StageRecords.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What befalls the halls of a stage by itself: cuts of power, maintenance, faults and repairs. */
final class StageLife {
  private static final int NOTICE_HOURS = 72;

  private final HonestLife life;
  private final StageTime time;
  private final Chance chance;
  private final StageFleet fleet;
  private final StageNetwork network;
  private final StageRecords records;

  StageLife(
      long seed,
      HonestLife life,
      StageTime time,
      StageFleet fleet,
      StageNetwork network,
      StageRecords records) {
    this.life = requireNonNull(life, "life");
    this.time = requireNonNull(time, "time");
    this.fleet = requireNonNull(fleet, "fleet");
    this.network = requireNonNull(network, "network");
    this.records = requireNonNull(records, "records");
    chance = new Chance(seed);
  }

  /** What happens in this period. */
  void live() {
    SplittableRandom random = chance.of("life", Integer.toString(time.period()));
    for (StageSite site : fleet.sites) {
      if (StageTime.happens(random, life.sites().powerCuts())) {
        site.downUntil = time.until(Chance.lognormal(random, life.sites().powerHours(), 1));
      }
      if (StageTime.happens(random, life.sites().maintenances())) {
        maintain(site, random.nextDouble(life.sites().maintenanceHours()));
      }
      network.reroute(List.of(site), random);
    }
    for (StageHost host : List.copyOf(fleet.hosts)) {
      if (StageTime.happens(random, life.faults().hosts()) && host.at != null) {
        double hours =
            Chance.lognormal(random, life.faults().repairHours(), life.faults().repairSpread());
        host.downUntil = Math.max(host.downUntil, time.until(hours));
        records.late(random, () -> repairing(host));
      }
      for (StageChip chip : List.copyOf(host.chips)) {
        if (StageTime.happens(random, life.faults().chips())) {
          fail(chip, host, random);
        }
      }
    }
  }

  private void maintain(StageSite site, double hours) {
    Instant from = time.now().plus(Duration.ofHours(NOTICE_HOURS));
    records.say(
        new Announced(
            site.id(),
            from,
            from.plusMillis((long) (Math.max(hours, 1) * 3_600_000)),
            time.now(),
            true));
    time.after(NOTICE_HOURS, () -> site.downUntil = Math.max(site.downUntil, time.until(hours)));
  }

  private void repairing(StageHost host) {
    if (!host.chips.isEmpty() && host.tracked) {
      write(new Word(Step.REPAIRING, host.site, host.site, host.names()), host);
    }
  }

  private void write(Word word, StageHost host) {
    if (host.tracked) {
      records.usual(word, others(host, word.chips().size()), fleet.second(host.site));
    }
  }

  /** So many chips of another host of the site. */
  private SortedSet<String> others(StageHost host, int count) {
    TreeSet<String> others = new TreeSet<>();
    fleet.at(host.site).stream()
        .filter(each -> each != host && each.tracked)
        .findFirst()
        .ifPresent(each -> each.names().stream().limit(count).forEach(others::add));
    return others;
  }

  /** A chip fails, is written off its host, and is exchanged: the new one comes first. */
  private void fail(StageChip chip, StageHost host, SplittableRandom random) {
    chip.broken = true;
    records.late(random, () -> write(new Word(Step.REPAIRING, host.site, null, only(chip)), host));
    time.after(24 * life.exchange().replacementDays(), () -> exchange(chip));
  }

  private void exchange(StageChip chip) {
    StageHost host = chip.host;
    // Who takes the board takes it with the chip that failed on it.
    if (host == null || !host.chips.remove(chip)) {
      return;
    }
    host.told.remove(chip.id);
    StageChip next = fleet.chip(chip.board);
    host.put(next);
    SplittableRandom random = chance.of("exchange", chip.id);
    StageSite site = host.site;
    if (host.tracked) {
      records.say(new Word(Step.SHIPPING, null, site, only(next)));
      records.license(next.id, only(next), site, fleet.destinations(site));
      write(new Word(Step.INSTALLING, site, site, only(next)), host);
    }
    double kept = 24 * Chance.lognormal(random, life.exchange().keptDays(), 0.5);
    double road = 24 * Chance.lognormal(random, life.exchange().roadDays(), 0.5);
    time.after(
        kept,
        () -> {
          records.late(random, () -> write(new Word(Step.SHIPPING, site, null, only(chip)), host));
          time.after(
              road,
              () ->
                  records.late(
                      random, () -> write(new Word(Step.RECEIVING, site, null, only(chip)), host)));
        });
  }

  private static SortedSet<String> only(StageChip chip) {
    return StageRecords.one(chip.id);
  }
}
