package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.sim.StageRecords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What people do on purpose in the halls of a stage, and write down: updates of firmware, boards
 * and chips that change places, hosts that move under their licence.
 */
final class StageWorks {
  private static final double SWAP_HOURS = 4;
  private static final double UPDATE_HOURS = 2;

  private final HonestLife.Works life;
  private final StageTime time;
  private final Chance chance;
  private final StageFleet fleet;
  private final StageRecords records;

  StageWorks(
      long seed, HonestLife.Works life, StageTime time, StageFleet fleet, StageRecords records) {
    this.life = requireNonNull(life, "life");
    this.time = requireNonNull(time, "time");
    this.fleet = requireNonNull(fleet, "fleet");
    this.records = requireNonNull(records, "records");
    chance = new Chance(seed);
  }

  /** What is done in this period. */
  void live() {
    SplittableRandom random = chance.of("works", Integer.toString(time.period()));
    for (StageSite site : fleet.sites) {
      if (StageTime.happens(random, life.updates())) {
        update(site);
      }
    }
    for (StageHost host : List.copyOf(fleet.hosts)) {
      boolean boards = StageTime.happens(random, life.boardSwaps());
      boolean chips = StageTime.happens(random, life.chipSwaps());
      boolean moves = StageTime.happens(random, life.moves());
      // While a chip waits to be exchanged nothing is carried about.
      if (host.at == null || !isWhole(host) || !fleet.isAtHome(host)) {
        continue;
      }
      if (moves) {
        move(host, random);
      } else if (boards || chips) {
        swap(host, boards, random);
      }
    }
  }

  private static boolean isWhole(StageHost host) {
    return !host.chips.isEmpty() && host.chips.stream().noneMatch(each -> each.broken);
  }

  /** Every host of a site starts anew, one after the other. */
  private void update(StageSite site) {
    List<StageHost> hosts = fleet.at(site);
    for (int i = 0; i < hosts.size(); i++) {
      StageHost host = hosts.get(i);
      time.after(
          24 * life.updateDays() * i / hosts.size(),
          () -> host.downUntil = Math.max(host.downUntil, time.until(UPDATE_HOURS)));
    }
  }

  /** All chips of two hosts change places with their boards, or one of each without. */
  private void swap(StageHost host, boolean boards, SplittableRandom random) {
    List<StageHost> others =
        fleet.at(host.site).stream()
            .filter(each -> each != host && each.at != null && isWhole(each))
            .filter(each -> each.tracked == host.tracked)
            .toList();
    if (others.isEmpty()) {
      return;
    }
    StageHost other = others.get(random.nextInt(others.size()));
    List<StageChip> here = boards ? List.copyOf(host.chips) : List.of(host.chips.getFirst());
    List<StageChip> there = boards ? List.copyOf(other.chips) : List.of(other.chips.getFirst());
    if (!boards) {
      String board = here.getFirst().board;
      here.getFirst().board = there.getFirst().board;
      there.getFirst().board = board;
    }
    carry(here, host, other);
    carry(there, other, host);
    for (StageHost each : List.of(host, other)) {
      each.downUntil = Math.max(each.downUntil, time.until(SWAP_HOURS));
    }
    if (host.tracked) {
      List<StageChip> all = new ArrayList<>(here);
      all.addAll(there);
      StageSite site = host.site;
      records.late(
          random,
          () -> {
            TreeSet<String> names = new TreeSet<>();
            all.forEach(each -> names.add(each.id));
            records.say(new Word(Step.INSTALLING, site, site, names));
          });
    }
  }

  private static void carry(List<StageChip> chips, StageHost from, StageHost to) {
    for (StageChip each : chips) {
      from.chips.remove(each);
      from.told.remove(each.id);
      to.put(each);
    }
  }

  /** A host goes to the other site that the licence of its chips names. */
  private void move(StageHost host, SplittableRandom random) {
    StageSite from = host.site;
    StageSite to = fleet.second(from);
    double hours = 24 * Chance.lognormal(random, life.moveDays(), 0.4);
    if (host.tracked) {
      records.say(new Word(Step.SHIPPING, from, to, host.names()));
    }
    host.at = null;
    host.moving = true;
    time.after(
        hours,
        () -> {
          host.moving = false;
          if (host.chips.isEmpty() || host.at != null) {
            // It was taken from the road.
            return;
          }
          if (host.tracked) {
            records.say(new Word(Step.RECEIVING, from, to, host.names()));
          }
          host.site = to;
          host.at = to.site.position();
          if (host.tracked) {
            records.say(StageFleet.declaration(host));
          }
        });
  }
}
