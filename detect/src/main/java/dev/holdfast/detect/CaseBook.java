package dev.holdfast.detect;

import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups findings into cases: one story across chips, boards and sites. Of the same findings in the
 * same order it makes the same cases.
 *
 * <p>A finding belongs to a case that is about one of its chips, boards or hosts; else to one about
 * its site that was added to within {@link #TOGETHER}. What belongs to two cases makes one of them.
 * A finding of weight opens a case where there is none; a light one waits, and is taken along by
 * the case that opens about the same within that time.
 */
public final class CaseBook {
  /** How far apart in time findings about one site may be and still be of one story. */
  public static final Duration TOGETHER = Duration.ofDays(14);

  private static final int MOST_WAITING = 100_000;

  private final SortedMap<Integer, Case> cases = new TreeMap<>();
  private final Map<String, Integer> caseOf = new HashMap<>();
  private final List<Finding> waiting = new ArrayList<>();
  private int opened;

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

    private Instant last() {
      return findings.stream().map(Finding::at).max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  /** Takes a finding in. */
  public void add(Finding finding) {
    SortedSet<Integer> belongs = new TreeSet<>();
    for (String each : finding.about()) {
      Integer number = caseOf.get(each);
      if (number != null && (!isPlace(each) || isNear(number, finding))) {
        belongs.add(number);
      }
    }
    if (!belongs.isEmpty()) {
      int number = belongs.first();
      belongs.tailSet(number + 1).forEach(other -> merge(number, other));
      put(number, List.of(finding));
    } else if (finding.severity() == Severity.LOW) {
      waiting.add(finding);
      if (waiting.size() > MOST_WAITING) {
        waiting.removeFirst();
      }
    } else {
      List<Finding> story = new ArrayList<>(along(finding));
      story.add(finding);
      put(++opened, story);
    }
  }

  private static boolean isPlace(String about) {
    return about.startsWith("site:");
  }

  private boolean isNear(int number, Finding finding) {
    Case known = cases.get(number);
    return known != null
        && Duration.between(known.last(), finding.at()).abs().compareTo(TOGETHER) <= 0;
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

  private void put(int number, List<Finding> more) {
    Case known = cases.get(number);
    List<Finding> findings = new ArrayList<>(known == null ? List.of() : known.findings());
    SortedSet<String> about = new TreeSet<>(known == null ? List.of() : known.about());
    for (Finding each : more) {
      findings.add(each);
      about.addAll(each.about());
      each.about().forEach(name -> caseOf.put(name, number));
    }
    cases.put(number, new Case(number, List.copyOf(findings), about));
  }

  private void merge(int number, int other) {
    Case gone = cases.remove(other);
    if (gone != null) {
      put(number, gone.findings());
    }
  }

  /** All cases, by their numbers. */
  public Collection<Case> cases() {
    return List.copyOf(cases.values());
  }
}
