package dev.holdfast.probe;

import org.jspecify.annotations.Nullable;

/**
 * How a reflector says that it takes its stamps: the Timestamp Information TLV (RFC 8972 section
 * 4.3). Its word, for diagnosis. A code of 0 does not tell; codes that are not assigned are kept.
 *
 * @param synchronizationIn what its clock follows where packets come in, a code of {@link
 *     SynchronizationSource}, 0 to 255
 * @param methodIn how it stamps what comes, a code of {@link StampMethod}, 0 to 255
 * @param synchronizationOut what its clock follows where answers leave
 * @param methodOut how it stamps what leaves
 */
public record TimestampInformation(
    int synchronizationIn, int methodIn, int synchronizationOut, int methodOut) {
  /** Stamps of kernel and process. What sets the clock of the machine, nobody here knows. */
  public static final TimestampInformation OF_SOFTWARE =
      new TimestampInformation(
          SynchronizationSource.UNTOLD.code(),
          StampMethod.SOFTWARE.code(),
          SynchronizationSource.UNTOLD.code(),
          StampMethod.SOFTWARE.code());

  /** Nothing told. */
  public static final TimestampInformation UNTOLD = new TimestampInformation(0, 0, 0, 0);

  /** Octets of the TLV that asks, and of its answer. */
  static final int LENGTH = 8;

  private static final int CODES = 4;

  public TimestampInformation {
    if ((synchronizationIn | methodIn | synchronizationOut | methodOut) >>> 8 != 0) {
      throw new IllegalArgumentException("a code has 8 bits");
    }
  }

  /** Writes the TLV that asks; returns {@value #LENGTH}. */
  static int ask(byte[] out, int at) {
    Tlvs.ask(out, at, Layout.TIMESTAMP_INFORMATION, CODES);
    Octets.putInteger(out, at + Layout.TLV_HEAD, 0);
    return LENGTH;
  }

  /** Writes the TLV that answers; returns {@value #LENGTH}. */
  int write(byte[] out, int at) {
    ask(out, at);
    out[at] = 0;
    fill(out, at + Layout.TLV_HEAD, CODES);
    return LENGTH;
  }

  /** Reads the value of an answer; null where it is malformed. */
  static @Nullable TimestampInformation read(byte[] octets, int value, int size) {
    return firstMalformed(octets, value, size) >= 0
        ? null
        : new TimestampInformation(
            octets[value] & 0xFF,
            octets[value + 1] & 0xFF,
            octets[value + 2] & 0xFF,
            octets[value + 3] & 0xFF);
  }

  /** Where the value of such a TLV is malformed, or -1; sub-TLVs may follow, of unknown types. */
  static int firstMalformed(byte[] octets, int value, int size) {
    return size < CODES
        ? value
        : SubTlvs.firstMalformed(octets, value + CODES, value + size, type -> -1);
  }

  /** Answers in place what a well-formed value asks for. */
  void fill(byte[] packet, int value, int size) {
    packet[value] = (byte) synchronizationIn;
    packet[value + 1] = (byte) methodIn;
    packet[value + 2] = (byte) synchronizationOut;
    packet[value + 3] = (byte) methodOut;
    for (int at = value + CODES; at < value + size; at = SubTlvs.after(packet, at)) {
      packet[at] = (byte) Layout.FLAG_UNRECOGNISED;
    }
  }
}
