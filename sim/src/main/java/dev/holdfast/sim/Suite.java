package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.detect.CaseBook;
import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plays stories again and again with other seeds, has a watch look at them, and says how many it
 * found, how soon, and how often it was wrong. All of it is simulated.
 */
public final class Suite {
  private static final double DAYS_A_YEAR = 365;

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
   * @param hours from the first act to the first case about it; null where there is none
   * @param beforeBorder whether that case came before the border was crossed
   * @param falseCases about nothing that was done
   * @param falseHigh those of them that are of high severity
   * @param chipDays how many chips were watched for how many days
   * @param folds pieces of evidence
   */
  public record Play(
      @Nullable Double hours,
      boolean beforeBorder,
      int falseCases,
      int falseHigh,
      long chipDays,
      long folds,
      List<CaseBook.Case> cases) {}

  /**
   * One family.
   *
   * @param found plays in which a case was raised
   * @param medianHours from the first act to it; null where none was
   * @param beforeBorder plays in which it came before the border
   * @param falsePerThousandChipYears cases about nothing that was done
   */
  public record Row(
      String family,
      int seeds,
      int found,
      @Nullable Double medianHours,
      int beforeBorder,
      double falsePerThousandChipYears,
      int falseHigh,
      double chipYears) {}

  /** Plays a story once. */
  public Play play(Story story, StageSettings settings) {
    Watch watch = new Watch(terms, atlas);
    CaseBook cases = new CaseBook();
    long[] index = {0};
    Stage.Truth truth =
        new Stage(settings, story)
            .play(
                new Stage.Audience() {
                  @Override
                  public void hear(Evidence evidence) {
                    watch.apply(evidence, index[0]++).findings().forEach(cases::add);
                  }

                  @Override
                  public void tick(Instant at) {
                    watch.tick(at).findings().forEach(cases::add);
                    index[0]++;
                  }
                });
    Instant began = truth.firstAct();
    Optional<CaseBook.Case> found =
        cases.cases().stream()
            .filter(each -> began != null && !each.since().isBefore(began))
            .filter(each -> each.about().stream().anyMatch(truth.about()::contains))
            .min((one, other) -> one.since().compareTo(other.since()));
    List<CaseBook.Case> wrong =
        cases.cases().stream()
            .filter(each ->
                began == null
                    || each.since().isBefore(began)
                    || each.about().stream().noneMatch(truth.about()::contains))
            .toList();
    Double hours =
        found
            .map(each -> Duration.between(requireNonNull(began), each.since()).toMinutes() / 60.0)
            .orElse(null);
    Instant border = truth.border();
    return new Play(
        hours,
        found.isPresent() && border != null && found.get().since().isBefore(border),
        wrong.size(),
        (int) wrong.stream().filter(each -> each.severity() == Severity.HIGH).count(),
        truth.chipDays(),
        index[0],
        List.copyOf(cases.cases()));
  }

  /** Plays a story with some seeds. */
  public Row row(Story story, int seeds, LongFunction<StageSettings> settings) {
    List<Double> hours = new ArrayList<>();
    int before = 0;
    int wrong = 0;
    int high = 0;
    long chipDays = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      Play play = play(story, settings.apply(seed));
      if (play.hours() != null) {
        hours.add(play.hours());
      }
      before += play.beforeBorder() ? 1 : 0;
      wrong += play.falseCases();
      high += play.falseHigh();
      chipDays += play.chipDays();
    }
    hours.sort(null);
    double chipYears = chipDays / DAYS_A_YEAR;
    return new Row(
        story.family(),
        seeds,
        hours.size(),
        hours.isEmpty() ? null : hours.get(hours.size() / 2),
        before,
        wrong / chipYears * 1000,
        high,
        chipYears);
  }
}
