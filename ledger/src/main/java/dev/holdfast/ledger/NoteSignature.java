package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.Problem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One signature line of a note (C2SP signed-note), checked by nobody yet.
 *
 * @param name the name of the key that is said to have signed
 * @param keyId the short identifier of that key
 * @param signature what follows the key id: for a cosignature a timestamp of eight octets and the
 *     bare signature; at least one octet
 */
public record NoteSignature(String name, int keyId, byte[] signature) {
  private static final String START = "\u2014 ";
  private static final int NO_LINE = 0;

  public NoteSignature {
    Optional<String> fault = KeyNames.fault(name);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
    if (signature.length == 0) {
      throw new IllegalArgumentException("the signature is empty");
    }
    signature = signature.clone();
  }

  /** A copy of the octets. */
  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** The line without its newline. */
  public String line() {
    byte[] octets =
        ByteBuffer.allocate(Integer.BYTES + signature.length).putInt(keyId).put(signature).array();
    return START + name + " " + StrictText.base64(octets);
  }

  /**
   * The signatures of one or more lines, each ended by a newline: the answer of a witness (C2SP
   * tlog-witness).
   *
   * @throws CodedException MALFORMED_NOTE with the line and the reason; also for over 64 lines or 1
   *     MiB
   */
  public static List<NoteSignature> parseAll(byte[] octets) {
    return parseLines(Note.decode(octets), 1);
  }

  /** As {@link #parseAll}, of text whose first line has this number in its source. */
  static List<NoteSignature> parseLines(String text, long firstLine) {
    if (!text.endsWith("\n")) {
      throw Note.malformed(NO_LINE, "signatures", "a signature line ended by a newline is missing");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (signatures.size() == Note.MOST_SIGNATURES) {
        throw Note.malformed(
            NO_LINE, "signatures", "there are more than " + Note.MOST_SIGNATURES + " signatures");
      }
      int end = text.indexOf('\n', at);
      signatures.add(parse(text.substring(at, end), firstLine + signatures.size()));
      at = end + 1;
    }
    return signatures;
  }

  private static NoteSignature parse(String line, long number) {
    int space = line.indexOf(' ', START.length());
    if (!line.startsWith(START) || space < 0) {
      throw Note.malformed(
          number, "signature", Problem.quote(line) + " is not \u2014 <name> <signature>");
    }
    String name = line.substring(START.length(), space);
    Optional<String> fault = KeyNames.fault(name);
    if (fault.isPresent()) {
      throw Note.malformed(number, "name", fault.get() + ": " + Problem.quote(name));
    }
    // As the reference implementation has it (golang.org/x/mod/sumdb/note): at least one octet of
    // signature after the key id. Nothing signs in no octets.
    byte[] octets =
        StrictText.base64(line.substring(space + 1))
            .filter(decoded -> decoded.length > Integer.BYTES)
            .orElseThrow(() ->
                Note.malformed(
                    number, "signature", "it is not the base64 form of a key id and a signature"));
    return new NoteSignature(
        name,
        ByteBuffer.wrap(octets).getInt(),
        Arrays.copyOfRange(octets, Integer.BYTES, octets.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && keyId == that.keyId
        && name.equals(that.name)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * keyId + Arrays.hashCode(signature);
  }

  /** The name and the key id, fit for a terminal. */
  @Override
  public String toString() {
    return Problem.printable(name) + "+" + HexFormat.of().toHexDigits(keyId);
  }
}
