package dev.holdfast.detect;

import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups findings into cases: one story across chips, boards and sites. Of the same findings in the
 * same order it makes the same cases.
 *
 * <p>A finding belongs to a case that is about one of its chips, boards, hosts or sites and got a
 * finding of weight within {@link #TOGETHER}. What belongs to two cases makes one of them. A
 * finding of weight opens a case where there is none; a light one waits, and is taken along by the
 * case that opens about the same within that time. A case that got nothing of weight for so long
 * stays as it is: what is found later is another story, also of the same chip.
 */
public final class CaseBook {
  /** How far apart in time findings about the same may be and still be of one story. */
  public static final Duration TOGETHER = Duration.ofDays(14);

  private static final int MOST_WAITING = 100_000;

  private final SortedMap<Integer, Growing> cases = new TreeMap<>();
  private final Map<String, Integer> caseOf = new HashMap<>();
  private final List<Finding> waiting = new ArrayList<>();
  private int opened;

  /** A case while it grows. */
  private static final class Growing {
    private final List<Finding> findings = new ArrayList<>();
    private final SortedSet<String> about = new TreeSet<>();
    private Instant last = Instant.EPOCH;

    private void add(Finding finding) {
      findings.add(finding);
      about.addAll(finding.about());
      // Light ones come every day somewhere and would keep any case growing for ever.
      if (finding.severity() != Severity.LOW && finding.at().isAfter(last)) {
        last = finding.at();
      }
    }
  }

  /**
   * What a finding did to the cases.
   *
   * @param number of the case that it belongs to
   * @param merged the numbers of the cases that are this one from now on
   * @param more its findings from before that belong to no case until now or to one that was
   *     merged, and then the finding itself
   */
  public record Change(int number, SortedSet<Integer> merged, List<Finding> more) {
    public Change {
      merged = Collections.unmodifiableSortedSet(new TreeSet<>(merged));
      more = List.copyOf(more);
    }
  }

  /**
   * A case as the fold makes it; what people do with it is kept elsewhere.
   *
   * @param number from 1; of cases that turn out to be one, the least
   * @param about all that its findings are about
   */
  public record Case(int number, List<Finding> findings, SortedSet<String> about) {
    /** The heaviest of its findings. */
    public Severity severity() {
      return findings.stream().map(Finding::severity).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** When the first finding of weight came. */
    public Instant since() {
      return findings.stream()
          .filter(each -> each.severity() != Severity.LOW)
          .map(Finding::at)
          .min(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  /** Takes a finding in; empty where it belongs to no case yet. */
  public Optional<Change> add(Finding finding) {
    SortedSet<Integer> belongs = new TreeSet<>();
    for (String each : finding.about()) {
      Integer number = caseOf.get(each);
      if (number != null && isNear(number, finding)) {
        belongs.add(number);
      }
    }
    if (belongs.isEmpty() && finding.severity() == Severity.LOW) {
      waiting.add(finding);
      if (waiting.size() > MOST_WAITING) {
        waiting.removeFirst();
      }
      return Optional.empty();
    }
    List<Finding> more = new ArrayList<>();
    SortedSet<Integer> merged = new TreeSet<>();
    int number = belongs.isEmpty() ? ++opened : belongs.first();
    Growing story = cases.computeIfAbsent(number, none -> new Growing());
    if (belongs.isEmpty()) {
      more.addAll(along(finding));
    } else {
      for (int other : belongs.tailSet(number + 1)) {
        Growing gone = cases.remove(other);
        if (gone != null) {
          merged.add(other);
          more.addAll(gone.findings);
          // A name that a newer case has by now stays with that one.
          gone.about.forEach(name -> caseOf.replace(name, other, number));
        }
      }
    }
    if (belongs.isEmpty()) {
      more.forEach(each -> each.about().forEach(name -> caseOf.put(name, number)));
    }
    more.add(finding);
    more.forEach(story::add);
    finding.about().forEach(name -> caseOf.put(name, number));
    return Optional.of(new Change(number, merged, more));
  }

  private boolean isNear(int number, Finding finding) {
    Growing known = cases.get(number);
    return known != null
        && Duration.between(known.last, finding.at()).abs().compareTo(TOGETHER) <= 0;
  }

  /** The light findings that a case takes along when it opens. */
  private List<Finding> along(Finding finding) {
    List<Finding> along = new ArrayList<>();
    waiting.removeIf(each -> {
      boolean near = Duration.between(each.at(), finding.at()).abs().compareTo(TOGETHER) <= 0;
      boolean shared = near && each.about().stream().anyMatch(finding.about()::contains);
      if (shared) {
        along.add(each);
      }
      return shared;
    });
    return along;
  }

  /** All cases, by their numbers. */
  public Collection<Case> cases() {
    return cases.entrySet().stream()
        .map(each ->
            new Case(
                each.getKey(),
                List.copyOf(each.getValue().findings),
                Collections.unmodifiableSortedSet(new TreeSet<>(each.getValue().about))))
        .toList();
  }
}
