package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.LocationReport;
import java.util.List;

/** What came of checking a bundle. */
public sealed interface BundleOutcome {
  /**
   * The stated answer follows from what the bundle holds.
   *
   * @param report what follows, with what the reader's own lists of revocations say
   * @param unused what the bundle holds and the answer does not stand on, in English
   */
  record Same(LocationReport report, List<String> unused) implements BundleOutcome {
    public Same {
      requireNonNull(report, "report");
      unused = List.copyOf(unused);
    }
  }

  /**
   * Another answer follows.
   *
   * @param report what follows
   * @param differences at least one
   * @param unused as in {@link Same}
   */
  record Differs(LocationReport report, List<Difference> differences, List<String> unused)
      implements BundleOutcome {
    public Differs {
      requireNonNull(report, "report");
      differences = List.copyOf(differences);
      unused = List.copyOf(unused);
    }
  }

  /**
   * Proofs or trust fail, so that nothing follows.
   *
   * @param reasons at least one, in English
   */
  record NotShown(List<String> reasons) implements BundleOutcome {
    public NotShown {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("nothing was shown, and for no reason");
      }
    }
  }

  /**
   * One value in which the answers differ.
   *
   * @param field its path in the answer (RFC 6901)
   * @param stated as JSON; empty where the stated answer has none
   * @param found as JSON; empty where the found answer has none
   */
  record Difference(String field, String stated, String found) {
    public Difference {
      requireNonNull(field, "field");
      requireNonNull(stated, "stated");
      requireNonNull(found, "found");
    }
  }
}
