package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.List;

/**
 * What a log sends to a witness: a checkpoint and the proof that it continues an earlier one (the
 * body of add-checkpoint, C2SP tlog-witness).
 *
 * <p>That the old size is not above the checkpoint's, that the checkpoint is signed, and that the
 * proof holds is checked by the witness, which has an answer of its own for each.
 *
 * @param oldSize the size of the earlier checkpoint, from 0
 * @param proof the consistency proof, at most 63 hashes
 * @param checkpoint the new checkpoint
 */
public record WitnessRequest(long oldSize, List<Hash> proof, SignedCheckpoint checkpoint) {
  /** The most hashes of a consistency proof. */
  public static final int MOST_HASHES = 63;

  /** The most octets of a request. */
  public static final int LARGEST = Note.LARGEST + 4096;

  private static final String OLD = "old ";

  public WitnessRequest {
    proof = List.copyOf(proof);
    if (oldSize < 0 || proof.size() > MOST_HASHES) {
      throw new IllegalArgumentException("no request: " + oldSize + ", " + proof.size());
    }
  }

  /**
   * The request of these octets.
   *
   * @throws CodedException MALFORMED_WITNESS_REQUEST, MALFORMED_NOTE or MALFORMED_CHECKPOINT with
   *     the field and the reason; lines in the latter two are counted in the checkpoint
   */
  public static WitnessRequest parse(byte[] octets) {
    ProofText text = ProofText.read(octets, LARGEST, "request", WitnessRequest::malformed);
    String first = text.next("old size");
    if (!first.startsWith(OLD)) {
      throw malformed(1, "old size", Problem.quote(first) + " is not old <size>");
    }
    long oldSize =
        StrictText.decimal(first.substring(OLD.length()))
            .orElseThrow(() ->
                malformed(
                    1,
                    "old size",
                    Problem.quote(first) + " has no decimal without leading zeroes"));
    List<Hash> proof =
        text.hashes(MOST_HASHES, ErrorCode.MALFORMED_WITNESS_REQUEST, "consistency proof");
    return new WitnessRequest(oldSize, proof, SignedCheckpoint.parse(text.rest()));
  }

  private static CodedException malformed(long line, String field, String reason) {
    return new CodedException(
        new Problem(ErrorCode.MALFORMED_WITNESS_REQUEST, null, line, field, reason));
  }

  /** The body, which {@link #parse} reads. */
  public String text() {
    StringBuilder text = new StringBuilder(OLD).append(oldSize).append('\n');
    proof.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(checkpoint.note()).toString();
  }

  /** The octets of the body. */
  public byte[] octets() {
    return text().getBytes(UTF_8);
  }
}
