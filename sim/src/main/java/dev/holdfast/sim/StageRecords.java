package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.model.Evidence.Transferred.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people on a stage write down: at once, late, wrongly, or not at all. */
final class StageRecords {
  private static final String WORKSHOP = "sim-workshop";
  private static final String SELLER = "sim-tideway";

  private final HonestLife.Records life;
  private final StageTime time;
  private final Chance chance;
  private final Consumer<Evidence> say;

  /**
   * Records.
   *
   * @param say tells what is written down
   */
  StageRecords(long seed, HonestLife.Records life, StageTime time, Consumer<Evidence> say) {
    this.life = requireNonNull(life, "life");
    this.time = requireNonNull(time, "time");
    this.say = requireNonNull(say, "say");
    chance = new Chance(seed);
  }

  /**
   * A transfer.
   *
   * @param from null where chips come from no site on the stage
   * @param to null where they go to none
   */
  record Word(
      Step step, @Nullable StageSite from, @Nullable StageSite to, SortedSet<String> chips) {
    Word {
      chips = new TreeSet<>(chips);
    }
  }

  void say(Evidence evidence) {
    say.accept(evidence);
  }

  /** Writes it down now. */
  void say(Word word) {
    say(word, party(word.from));
  }

  /** Writes down now that chips go to a site whose operator bought them. */
  void sold(Step step, StageSite to, SortedSet<String> chips) {
    say(new Word(step, null, to, chips), SELLER);
  }

  private void say(Word word, String fromParty) {
    say.accept(
        new Transferred(
            "sim-transfer-"
                + time.period()
                + "-"
                + word.step.name().toLowerCase(Locale.ROOT)
                + "-"
                + word.chips.first(),
            word.step,
            word.chips,
            fromParty,
            party(word.to),
            word.from == null ? null : word.from.id(),
            word.to == null ? null : word.to.id(),
            time.now(),
            true));
  }

  private static String party(@Nullable StageSite site) {
    return site == null ? WORKSHOP : site.site.operator();
  }

  /** That chips may be at the sites of these destinations. */
  void license(
      String name, SortedSet<String> chips, StageSite site, SortedSet<String> destinations) {
    say.accept(
        new Licensed(
            "sim-licence-" + name,
            chips,
            new TreeSet<>(),
            site.site.operator(),
            destinations,
            new TreeSet<>(),
            Stage.START,
            Stage.START.plus(Duration.ofDays(3650)),
            new TreeMap<>(),
            time.now(),
            true));
  }

  /** Does something with a record as people do: late, or not at all. */
  void late(SplittableRandom random, Runnable what) {
    double hours = Chance.lognormal(random, life.hours(), 1);
    if (random.nextDouble() < life.recorded()) {
      time.after(hours, what);
    }
  }

  /**
   * Writes it down, now and then with the labels of other chips or at another site; which is put
   * right later.
   *
   * @param others chips of the site for which these can be taken by mistake; none where there are
   *     none
   * @param elsewhere a site for which this one can be taken
   */
  void usual(Word word, SortedSet<String> others, StageSite elsewhere) {
    SplittableRandom random =
        chance.of("record", Integer.toString(time.period()), word.step.name(), word.chips.first());
    if (random.nextDouble() >= life.wrong()) {
      say(word);
      return;
    }
    double hours = Chance.lognormal(random, life.correctedHours(), 1);
    StageSite site = word.from == null ? word.to : word.from;
    if (random.nextBoolean() && !others.isEmpty() && site != null) {
      say(new Word(word.step, word.from, word.to, others));
      time.after(
          hours,
          () -> {
            say(new Word(Step.INSTALLING, site, site, others));
            say(word);
          });
    } else {
      say(
          new Word(
              word.step,
              word.from == null ? null : elsewhere,
              word.to == null ? null : elsewhere,
              word.chips));
      time.after(hours, () -> say(word));
    }
  }

  /** A set of one. */
  static SortedSet<String> one(String chip) {
    return new TreeSet<>(Set.of(chip));
  }
}
