package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A text and its signatures (C2SP signed-note). That it could be read says nothing about who signed
 * it: {@link SignatureChecks} does.
 *
 * <p>Each note has one spelling: {@link #octets()} of what was parsed are the octets parsed.
 */
public final class Note {
  /** The most octets of a note. */
  public static final int LARGEST = 1 << 20;

  /** The most signatures of a note; the text asks for at least 16. */
  public static final int MOST_SIGNATURES = 64;

  private static final String BLANK_LINE = "\n\n";

  private final String text;
  private final List<NoteSignature> signatures;

  private Note(String text, List<NoteSignature> signatures) {
    this.text = text;
    this.signatures = List.copyOf(signatures);
  }

  /**
   * A note of this text and these signatures.
   *
   * @throws IllegalArgumentException where the text does not end in a newline or holds what a note
   *     may not hold, or there is no signature, or more than 64
   */
  public static Note of(String text, List<NoteSignature> signatures) {
    if (!text.endsWith("\n") || StrictText.hasControl(text) || !StrictText.isUnicode(text)) {
      throw new IllegalArgumentException("not a note's text: " + Problem.quote(text));
    }
    if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
      throw new IllegalArgumentException("a note with " + signatures.size() + " signatures");
    }
    Note note = new Note(text, signatures);
    if (note.octets().length > LARGEST) {
      throw new IllegalArgumentException("the note is larger than 1 MiB");
    }
    return note;
  }

  /**
   * The note of these octets.
   *
   * @throws CodedException MALFORMED_NOTE with the line, the field and the reason
   */
  public static Note parse(byte[] octets) {
    String all = decode(octets);
    int blank = all.lastIndexOf(BLANK_LINE);
    if (blank < 0) {
      throw malformed(0, "note", "there is no blank line between a text and its signatures");
    }
    String text = all.substring(0, blank + 1);
    long firstSignature = text.chars().filter(c -> c == '\n').count() + 2;
    return new Note(
        text, NoteSignature.parseLines(all.substring(blank + BLANK_LINE.length()), firstSignature));
  }

  /** The characters of a note or of a part of it. */
  static String decode(byte[] octets) {
    if (octets.length > LARGEST) {
      throw malformed(0, "note", "it is larger than 1 MiB");
    }
    String text =
        StrictText.utf8(octets).orElseThrow(() -> malformed(0, "note", "it is not UTF-8"));
    if (StrictText.hasControl(text)) {
      throw malformed(0, "note", "it holds a control character other than newline");
    }
    return text;
  }

  static CodedException malformed(long line, String field, String reason) {
    return new CodedException(new Problem(ErrorCode.MALFORMED_NOTE, null, line, field, reason));
  }

  /** What is signed, with its final newline and without the blank line after it. */
  public String text() {
    return text;
  }

  /** The signatures in their order, at least one. */
  public List<NoteSignature> signatures() {
    return signatures;
  }

  /**
   * The same with more signatures at its end; those that it has already are left out.
   *
   * @throws IllegalArgumentException where it would have more than 64
   */
  public Note with(NoteSignature... more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    for (NoteSignature signature : more) {
      if (!all.contains(signature)) {
        all.add(signature);
      }
    }
    return of(text, all);
  }

  /** The octets of the whole note. */
  public byte[] octets() {
    return toString().getBytes(UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Note note
        && text.equals(note.text)
        && signatures.equals(note.signatures);
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + signatures.hashCode();
  }

  /** The whole note. */
  @Override
  public String toString() {
    StringBuilder all = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> all.append(signature.line()).append('\n'));
    return all.toString();
  }
}
