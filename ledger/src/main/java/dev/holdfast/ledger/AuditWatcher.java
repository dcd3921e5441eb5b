package dev.holdfast.ledger;

/** Is told how far a {@link LogAudit} has come. */
@FunctionalInterface
public interface AuditWatcher {
  /** So many entries of the log have been looked at, from the first one on. */
  void done(long entries);
}
