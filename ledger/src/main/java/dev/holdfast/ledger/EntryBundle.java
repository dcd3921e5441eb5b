package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The octets of an entry bundle: each entry behind its length, an unsigned 16-bit big-endian number
 * (C2SP tlog-tiles).
 */
public final class EntryBundle {
  /** The most octets of an entry. */
  public static final int LONGEST_ENTRY = 65_535;

  /** Octets of the length before each entry. */
  static final int PREFIX = 2;

  private EntryBundle() {}

  /**
   * The bundle with these entries, 1 to 256.
   *
   * @throws CodedException ENTRY_TOO_LARGE where one has more than 65,535 octets
   */
  public static byte[] of(List<byte[]> entries) {
    Tile.requireWidth(entries.size());
    int length = 0;
    for (byte[] entry : entries) {
      requireFits(entry);
      length += PREFIX + entry.length;
    }
    byte[] octets = new byte[length];
    int at = 0;
    for (byte[] entry : entries) {
      octets[at] = (byte) (entry.length >> Byte.SIZE);
      octets[at + 1] = (byte) entry.length;
      System.arraycopy(entry, 0, octets, at + PREFIX, entry.length);
      at += PREFIX + entry.length;
    }
    return octets;
  }

  /**
   * The entries of a bundle.
   *
   * @param width how many entries it must hold, 1 to 256
   * @throws CodedException MALFORMED_BUNDLE where it ends within an entry or goes on behind the
   *     last, naming the entry and the octet
   */
  public static List<byte[]> entries(byte[] octets, int width) {
    Tile.requireWidth(width);
    int[] starts = new int[width + 1];
    int whole = starts(octets, width, starts);
    if (whole < width || starts[width] < octets.length) {
      throw new CodedException(
          new Problem(
              ErrorCode.MALFORMED_BUNDLE,
              null,
              0,
              "entry " + whole,
              whatFollows(octets, width, whole, starts[whole])));
    }
    List<byte[]> entries = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      entries.add(Arrays.copyOfRange(octets, starts[i] + PREFIX, starts[i + 1]));
    }
    return entries;
  }

  /**
   * Refuses an entry that no bundle can hold.
   *
   * @throws CodedException ENTRY_TOO_LARGE where it has more than 65,535 octets
   */
  public static void requireFits(byte[] entry) {
    if (entry.length > LONGEST_ENTRY) {
      throw new CodedException(
          new Problem(
              ErrorCode.ENTRY_TOO_LARGE,
              null,
              0,
              "entry",
              "it has " + entry.length + " octets; an entry has at most " + LONGEST_ENTRY));
    }
  }

  /**
   * Where the entries begin, up to the first that is not whole.
   *
   * @param starts takes the octet of each length prefix and, behind the last whole entry, where the
   *     next would begin; one longer than width
   * @return how many entries are whole, at most width
   */
  static int starts(byte[] octets, int width, int[] starts) {
    int at = 0;
    starts[0] = 0;
    for (int i = 0; i < width; i++) {
      if (octets.length - at < PREFIX || octets.length - at - PREFIX < length(octets, at)) {
        return i;
      }
      at += PREFIX + length(octets, at);
      starts[i + 1] = at;
    }
    return width;
  }

  /** Why a bundle is malformed whose whole entries end at an octet. */
  static String whatFollows(byte[] octets, int width, int whole, int at) {
    int left = octets.length - at;
    if (whole == width) {
      return left + " octets too many follow the last of " + width + " entries, at octet " + at;
    }
    String wanted =
        left < PREFIX
            ? "its length needs " + PREFIX
            : "it needs " + PREFIX + " and " + length(octets, at);
    return wanted + " octets, at octet " + at + " of the bundle " + left + " are left";
  }

  private static int length(byte[] octets, int at) {
    return (Byte.toUnsignedInt(octets[at]) << Byte.SIZE) + Byte.toUnsignedInt(octets[at + 1]);
  }
}
