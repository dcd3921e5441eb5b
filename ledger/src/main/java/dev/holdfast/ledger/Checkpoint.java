package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.List;

/**
 * What a log says of itself: its name, how many entries it has, and the root of its tree (C2SP
 * tlog-checkpoint).
 *
 * @param origin the log's unique name; not empty, one line
 * @param size entries in the tree, from 0; at most 2^63 - 1, as a Java long: stricter than the
 *     text, which has no limit, and beyond any log
 * @param root the Merkle tree hash of RFC 6962 section 2.1 at that size. That it is the hash of
 *     nothing at size 0 is not checked here: a witness has its own answer to that
 * @param extensions further lines, not empty each; ML-DSA-44 cosignatures do not cover them
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
  private static final int FIXED_LINES = 3;

  public Checkpoint {
    extensions = List.copyOf(extensions);
    requireLine(origin);
    extensions.forEach(Checkpoint::requireLine);
    if (size < 0) {
      throw new IllegalArgumentException("the size is negative: " + size);
    }
  }

  /** A checkpoint without extension lines. */
  public static Checkpoint of(String origin, long size, Hash root) {
    return new Checkpoint(origin, size, root, List.of());
  }

  /**
   * The checkpoint of the text of a note.
   *
   * @throws CodedException MALFORMED_CHECKPOINT with the line, the field and the reason
   */
  public static Checkpoint parse(String noteText) {
    if (!noteText.endsWith("\n")) {
      throw malformed(0, "checkpoint", "it does not end in a newline");
    }
    if (StrictText.hasControl(noteText) || !StrictText.isUnicode(noteText)) {
      throw malformed(0, "checkpoint", "it holds a control character or is not valid Unicode");
    }
    List<String> lines = noteText.lines().toList();
    int empty = lines.indexOf("");
    if (empty >= 0) {
      throw malformed(empty + 1, "checkpoint", "the line is empty");
    }
    if (lines.size() < FIXED_LINES) {
      throw malformed(0, "checkpoint", "it has fewer than three lines: origin, size, root hash");
    }
    long size =
        StrictText.decimal(lines.get(1))
            .orElseThrow(() ->
                malformed(
                    2,
                    "size",
                    Problem.quote(lines.get(1))
                        + " is not a decimal without leading zeroes, at most 2^63 - 1"));
    Hash root = Hash.ofBase64(lines.get(2), ErrorCode.MALFORMED_CHECKPOINT, "root hash");
    return new Checkpoint(lines.get(0), size, root, lines.subList(FIXED_LINES, lines.size()));
  }

  private static CodedException malformed(long line, String field, String reason) {
    return new CodedException(
        new Problem(ErrorCode.MALFORMED_CHECKPOINT, null, line, field, reason));
  }

  private static void requireLine(String line) {
    if (line.isEmpty()
        || line.indexOf('\n') >= 0
        || StrictText.hasControl(line)
        || !StrictText.isUnicode(line)) {
      throw new IllegalArgumentException("not a checkpoint's line: " + Problem.quote(line));
    }
  }

  /** The text to be signed, each line with its newline; {@link #parse} reads it. */
  public String text() {
    StringBuilder text = new StringBuilder(origin);
    text.append('\n').append(size).append('\n').append(root.base64()).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
