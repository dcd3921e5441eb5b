package dev.holdfast.ledger;

import java.util.List;

/**
 * What a {@link LogAudit} found.
 *
 * @param entries how many entries were read and hashed
 * @param tiles how many files were read: tiles of hashes and entry bundles
 * @param findings what is wrong, in the order of the log, the first 100
 * @param unlisted how many findings more there were
 * @param complete whether the whole log was looked at; false where it was given up after very many
 *     findings
 */
public record AuditReport(
    long entries, long tiles, List<AuditFinding> findings, long unlisted, boolean complete) {
  public AuditReport {
    findings = List.copyOf(findings);
  }

  /** Whether every octet of the log is as the checkpoint says. */
  public boolean sound() {
    return complete && findings.isEmpty();
  }
}
