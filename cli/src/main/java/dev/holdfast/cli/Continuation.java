package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.ConsistencyProof;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.Note;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TreeRoot;
import dev.holdfast.ledger.WitnessRequest;
import java.nio.file.Path;
import java.util.List;

/** Proves that a log continues an earlier tree. */
final class Continuation {
  private static final int LONGEST_SIZE = 19;

  private final Surroundings surroundings;
  private final OutputOptions output;

  Continuation(Surroundings surroundings, OutputOptions output) {
    this.surroundings = surroundings;
    this.output = output;
  }

  /** The JSON form. */
  record ContinuationJson(
      String origin,
      long oldSize,
      String oldRoot,
      long size,
      String root,
      List<String> path,
      String proof) {}

  /**
   * Prints the proof.
   *
   * @param from a size, or a file with a checkpoint
   * @return the exit status: 1 where the log does not continue that checkpoint
   */
  int print(LogPlace log, SignedCheckpoint signed, String from) {
    Checkpoint now = signed.checkpoint();
    boolean isSize = from.matches("[0-9]{1," + LONGEST_SIZE + "}");
    Checkpoint old = isSize ? null : checkpoint(Path.of(from), now.origin());
    long oldSize = old != null ? old.size() : size(from);
    if (oldSize > now.size()) {
      throw new CodedException(
          new Problem(
              ErrorCode.WRONG_OLD_SIZE,
              log.toString(),
              0,
              "--from",
              "the log has " + now.size() + " entries, fewer than " + oldSize));
    }
    TileHashes tiles = new TileHashes(log.files(), now.size());
    Hash root = log.reading(() -> TreeRoot.of(now.size(), tiles));
    if (!root.equals(now.root())) {
      throw new CodedException(
          Problem.in(
              log.toString(),
              ErrorCode.LOG_DAMAGED,
              "the log's tiles lead to the root " + root + ", signed is " + now.root()));
    }
    Hash oldRoot = log.reading(() -> TreeRoot.of(oldSize, tiles));
    if (old != null && !oldRoot.equals(old.root())) {
      surroundings
          .err()
          .println(
              Problem.in(
                      log.toString(),
                      ErrorCode.INCONSISTENT_TREE,
                      "FORKED: the first "
                          + oldSize
                          + " entries of the log have the root "
                          + oldRoot
                          + ", the checkpoint has "
                          + old.root())
                  .sentence());
      return 1;
    }
    ConsistencyProof proof = log.reading(() -> ConsistencyProof.make(oldSize, now.size(), tiles));
    String text = new WitnessRequest(oldSize, proof.path(), signed).text();
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper()
                  .writeValueAsString(
                      new ContinuationJson(
                          now.origin(),
                          oldSize,
                          oldRoot.base64(),
                          now.size(),
                          now.root().base64(),
                          proof.path().stream().map(Hash::base64).toList(),
                          text)));
    } else {
      surroundings.out().print(text);
    }
    return 0;
  }

  private static long size(String from) {
    try {
      return Long.parseLong(from);
    } catch (NumberFormatException e) {
      throw new CodedException(
          new Problem(ErrorCode.USAGE, null, 0, "--from", from + " is no size of a log"), e);
    }
  }

  private static Checkpoint checkpoint(Path file, String origin) {
    byte[] octets = BoundedFiles.read(file, Note.LARGEST);
    Checkpoint old =
        InputFiles.parsed(file.toString(), () -> SignedCheckpoint.parse(octets)).checkpoint();
    if (!old.origin().equals(origin)) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.KEY_MISMATCH,
              "it is a checkpoint of "
                  + Problem.quote(old.origin())
                  + ", the log is "
                  + Problem.quote(origin)));
    }
    return old;
  }
}
