package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.detect.CaseBook;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plays stories again and again with other seeds, has a watch look at them, and says how many it
 * found, how soon, and how often it was wrong. All of it is simulated.
 */
public final class Suite {
  private static final double DAYS_A_YEAR = 365;
  private static final double CHIPS = 1000;
  private static final double SIDE = 0.025;

  private final Atlas atlas;
  private final WatchTerms terms;

  /** A suite. */
  public Suite(Atlas atlas, WatchTerms terms) {
    this.atlas = requireNonNull(atlas, "atlas");
    this.terms = requireNonNull(terms, "terms");
  }

  /**
   * What came of one play.
   *
   * @param hours from the first act until a case could be read that named something taken; null
   *     where none did
   * @param beforeBorder whether that was before the border was crossed
   * @param taken chips
   * @param named those of them that such cases named before the border
   * @param falseCases about nothing that was done, or begun before it
   * @param falseHigh those of them that are of high severity
   * @param falseBy the kinds of findings that opened them
   * @param chipDays how many chips were tracked for how many days
   * @param folds pieces of evidence, and ticks
   */
  public record Play(
      @Nullable Double hours,
      boolean beforeBorder,
      int taken,
      int named,
      int falseCases,
      int falseHigh,
      List<String> falseBy,
      long chipDays,
      long folds,
      List<CaseBook.Case> cases) {}

  /**
   * One family before one who looks.
   *
   * @param missed the seeds of plays in which something was done and no case named it
   * @param hours of the plays that were found, from the first act, growing
   * @param beforeBorder plays in which it was found before the border
   * @param taken chips, in all plays
   * @param named those of them that a case named before the border
   * @param falseBy how many false cases findings of each kind opened
   * @param chipYears for which chips were tracked
   */
  public record Row(
      String family,
      Method method,
      int seeds,
      List<Long> missed,
      List<Double> hours,
      int beforeBorder,
      int taken,
      int named,
      int falseHigh,
      SortedMap<String, Integer> falseBy,
      double chipYears) {
    /** Plays in which a case named what was taken. */
    public int found() {
      return hours.size();
    }

    /** The median of the hours; null where nothing was found. */
    public @Nullable Double medianHours() {
      int half = hours.size() / 2;
      if (hours.isEmpty()) {
        return null;
      }
      return hours.size() % 2 == 1 ? hours.get(half) : (hours.get(half - 1) + hours.get(half)) / 2;
    }

    /** Of the median, by ranks; null where the plays are too few for 95 percent. */
    public @Nullable Interval medianInterval() {
      int number = hours.size();
      double term = Math.pow(0.5, number);
      double sum = term;
      int rank = 0;
      while (rank < number / 2 && sum <= SIDE) {
        rank++;
        term *= (number - rank + 1.0) / rank;
        sum += term;
      }
      return rank == 0 ? null : new Interval(hours.get(rank - 1), hours.get(number - rank));
    }

    /** False cases. */
    public int falseCases() {
      return falseBy.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The same for 1,000 chips and a year; zero where nothing is tracked. */
    public double falsePerThousandChipYears() {
      return chipYears == 0 ? 0 : falseCases() / chipYears * CHIPS;
    }

    /** Of that; null where nothing is tracked. */
    public @Nullable Interval falseInterval() {
      return chipYears == 0 ? null : Interval.ofCount(falseCases()).times(CHIPS / chipYears);
    }
  }

  /** Plays a story once before the watch. */
  public Play play(Story story, StageSettings settings) {
    return requireNonNull(play(story, settings, EnumSet.of(Method.WATCH)).get(Method.WATCH));
  }

  /** Plays a story once; all see the same play. */
  public Map<Method, Play> play(Story story, StageSettings settings, Set<Method> methods) {
    Map<Method, Score> scores = new EnumMap<>(Method.class);
    methods.forEach(each -> scores.put(each, new Score(each.begin(terms, atlas))));
    Stage.Truth truth =
        new Stage(settings, story)
            .play(
                new Stage.Audience() {
                  @Override
                  public void hear(Evidence evidence) {
                    scores.values().forEach(each -> each.hear(evidence));
                  }

                  @Override
                  public void tick(Instant at) {
                    scores.values().forEach(each -> each.tick(at));
                  }
                });
    Map<Method, Play> plays = new EnumMap<>(Method.class);
    scores.forEach((method, score) -> plays.put(method, score.play(truth)));
    return plays;
  }

  /**
   * Plays a story with the seeds from 1 on.
   *
   * @param played is told after each play
   * @return a row for each who looks
   */
  public List<Row> rows(
      Story story,
      int seeds,
      LongFunction<StageSettings> settings,
      Set<Method> methods,
      Runnable played) {
    Map<Method, List<Play>> plays = new EnumMap<>(Method.class);
    methods.forEach(each -> plays.put(each, new ArrayList<>()));
    for (int seed = 1; seed <= seeds; seed++) {
      play(story, settings.apply(seed), methods)
          .forEach((method, play) -> requireNonNull(plays.get(method)).add(play));
      played.run();
    }
    List<Row> rows = new ArrayList<>();
    plays.forEach((method, each) -> rows.add(row(story.family(), method, each)));
    return rows;
  }

  private static Row row(String family, Method method, List<Play> plays) {
    List<Double> hours = new ArrayList<>();
    List<Long> missed = new ArrayList<>();
    SortedMap<String, Integer> falseBy = new TreeMap<>();
    for (Play play : plays) {
      if (play.hours() != null) {
        hours.add(play.hours());
      } else if (play.taken() > 0) {
        missed.add(hours.size() + missed.size() + 1L);
      }
      play.falseBy().forEach(each -> falseBy.merge(each, 1, Integer::sum));
    }
    hours.sort(null);
    return new Row(
        family,
        method,
        plays.size(),
        missed,
        hours,
        (int) plays.stream().filter(Play::beforeBorder).count(),
        plays.stream().mapToInt(Play::taken).sum(),
        plays.stream().mapToInt(Play::named).sum(),
        plays.stream().mapToInt(Play::falseHigh).sum(),
        falseBy,
        plays.stream().mapToLong(Play::chipDays).sum() / DAYS_A_YEAR);
  }
}
