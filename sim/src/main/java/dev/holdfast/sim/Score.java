package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.detect.CaseBook;
import dev.holdfast.detect.CaseBook.Case;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import dev.holdfast.sim.Suite.Play;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a detector makes of one play. A finding counts from the tick that follows it, whatever time
 * it names itself: before that nobody could have read it.
 */
final class Score {
  private final Detector detector;
  private final CaseBook book = new CaseBook();
  private final List<Finding> heard = new ArrayList<>();
  private final IdentityHashMap<Finding, Instant> read = new IdentityHashMap<>();
  private long steps;

  Score(Detector detector) {
    this.detector = requireNonNull(detector, "detector");
  }

  void hear(Evidence evidence) {
    heard.addAll(detector.hear(evidence, steps++));
  }

  void tick(Instant at) {
    heard.addAll(detector.tick(at));
    steps++;
    for (Finding each : heard) {
      read.put(each, at);
      book.add(each);
    }
    heard.clear();
  }

  /** Holds the cases against what is true. */
  Play play(Stage.Truth truth) {
    List<Case> right = new ArrayList<>();
    List<Case> wrong = new ArrayList<>();
    for (Case each : book.cases()) {
      (found(each, truth).isPresent() ? right : wrong).add(each);
    }
    Instant began = truth.firstAct();
    Instant border = truth.border();
    Instant found =
        right.stream()
            .flatMap(each -> found(each, truth).stream())
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new Play(
        found == null ? null : Duration.between(requireNonNull(began), found).toMinutes() / 60.0,
        found != null && border != null && found.isBefore(border),
        (int) truth.about().stream().filter(Score::isChip).count(),
        named(right, truth),
        wrong.size(),
        (int) wrong.stream().filter(each -> each.severity() == Severity.HIGH).count(),
        wrong.stream().map(this::opener).map(Finding::kind).sorted().toList(),
        truth.chipDays(),
        steps,
        List.copyOf(book.cases()));
  }

  /** When a case that nothing else had opened first named something that was taken. */
  private Optional<Instant> found(Case of, Stage.Truth truth) {
    Instant began = truth.firstAct();
    if (began == null || at(opener(of)).isBefore(began)) {
      return Optional.empty();
    }
    return of.findings().stream()
        .filter(Score::weighs)
        .filter(each -> each.about().stream().anyMatch(truth.about()::contains))
        .map(this::at)
        .min(Comparator.naturalOrder());
  }

  /** How many chips that were taken are named by these cases before the border. */
  private int named(List<Case> right, Stage.Truth truth) {
    @Nullable Instant border = truth.border();
    Set<String> named = new HashSet<>();
    for (Case each : right) {
      for (Finding finding : each.findings()) {
        if (border == null || at(finding).isBefore(border)) {
          named.addAll(finding.about());
        }
      }
    }
    named.retainAll(truth.about());
    return (int) named.stream().filter(Score::isChip).count();
  }

  private Finding opener(Case of) {
    return of.findings().stream()
        .filter(Score::weighs)
        .min(Comparator.comparing(this::at))
        .orElseThrow();
  }

  private Instant at(Finding finding) {
    return requireNonNull(read.get(finding));
  }

  private static boolean weighs(Finding finding) {
    return finding.severity() != Severity.LOW;
  }

  private static boolean isChip(String about) {
    return about.startsWith("chip:");
  }
}
