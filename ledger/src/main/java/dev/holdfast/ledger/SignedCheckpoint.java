package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import java.util.List;

/**
 * A checkpoint with its signatures, checked by nobody yet: {@link Policy#check} does.
 *
 * @param checkpoint what the note says
 * @param note the text of the checkpoint, with signatures of the log and of witnesses
 */
public record SignedCheckpoint(Checkpoint checkpoint, Note note) {
  public SignedCheckpoint {
    if (!note.text().equals(checkpoint.text())) {
      throw new IllegalArgumentException("the note is not that of the checkpoint");
    }
  }

  /** A checkpoint with these signatures, at least one. */
  public static SignedCheckpoint of(Checkpoint checkpoint, List<NoteSignature> signatures) {
    return new SignedCheckpoint(checkpoint, Note.of(checkpoint.text(), signatures));
  }

  /**
   * The signed checkpoint of these octets.
   *
   * @throws CodedException MALFORMED_NOTE or MALFORMED_CHECKPOINT with the line, the field and the
   *     reason
   */
  public static SignedCheckpoint parse(byte[] octets) {
    Note note = Note.parse(octets);
    return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
  }

  /** The same with more signatures at its end; those that it has already are left out. */
  public SignedCheckpoint with(NoteSignature... more) {
    return new SignedCheckpoint(checkpoint, note.with(more));
  }

  /** The octets of the note, which {@link #parse} reads. */
  public byte[] octets() {
    return note.octets();
  }
}
