package dev.holdfast.ledger;

import java.util.ArrayList;
import java.util.List;

/** Collects what an audit finds: the first hundred, and how many more there were. */
final class AuditFindings {
  private static final int KEPT = 100;

  /**
   * After so many the audit is given up: a hostile checkpoint may claim 2^62 entries of which none
   * is there.
   */
  private static final int MOST = 10_000;

  private final List<AuditFinding> kept = new ArrayList<>();
  private long count;

  void add(String path, long offset, String reason) {
    if (count < KEPT) {
      kept.add(new AuditFinding(path, offset, reason));
    }
    count++;
  }

  List<AuditFinding> kept() {
    return kept;
  }

  long unlisted() {
    return count - kept.size();
  }

  boolean areTooMany() {
    return count >= MOST;
  }
}
