package dev.holdfast.ledger.store;

import dev.holdfast.ledger.AuditFinding;
import java.util.List;

/**
 * What a check of a log's folder found.
 *
 * @param size the size of the published tree, -1 where the checkpoint cannot be read
 * @param files how many files were read
 * @param findings what is wrong, with the file below the folder and the octet in it; at most a few
 *     hundred are kept
 * @param unlisted how many more there were
 * @param notes what is not wrong but worth knowing: staged entries, an unfinished batch, leftovers
 */
public record FsckReport(
    long size, long files, List<AuditFinding> findings, long unlisted, List<String> notes) {
  public FsckReport {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Whether nothing is wrong. */
  public boolean sound() {
    return findings.isEmpty();
  }
}
