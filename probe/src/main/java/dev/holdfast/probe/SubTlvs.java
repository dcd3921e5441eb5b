package dev.holdfast.probe;

/**
 * TLVs inside the value of a TLV, which have the same head (RFC 8972 sections 4 and 4.2.1). Makes
 * no objects.
 */
final class SubTlvs {
  private SubTlvs() {}

  /** How long the value of a sub-TLV must be, by its type. */
  @FunctionalInterface
  interface Lengths {
    /** Octets, or -1 where any number will do. */
    int of(int type);
  }

  /** Where the first begins that is malformed, or -1 where all from one place to another fit. */
  static int firstMalformed(byte[] octets, int from, int to, Lengths lengths) {
    for (int at = from; at < to; at = after(octets, at)) {
      if (to - at < Layout.TLV_HEAD) {
        return at;
      }
      int size = Octets.unsignedShort(octets, at + 2);
      int demanded = lengths.of(octets[at + 1]);
      if (size > to - at - Layout.TLV_HEAD || (demanded >= 0 && size != demanded)) {
        return at;
      }
    }
    return -1;
  }

  static int after(byte[] octets, int at) {
    return at + Layout.TLV_HEAD + Octets.unsignedShort(octets, at + 2);
  }
}
