package dev.holdfast.ledger;

/**
 * One thing that is wrong with a log: at most one for each file, at the first place in it.
 *
 * @param path the file below the log's prefix, {@code checkpoint} where the root is meant
 * @param offset the octet in the file, from 0: of a hash the first wrong one, of an entry that of
 *     its length; -1 where no octet is meant
 * @param reason what is wrong, in English
 */
public record AuditFinding(String path, long offset, String reason) {
  /** In the place of a path: the checkpoint does not fit the log. */
  public static final String CHECKPOINT = "checkpoint";

  /** In the place of an offset: the whole file is meant. */
  public static final long WHOLE_FILE = -1;
}
