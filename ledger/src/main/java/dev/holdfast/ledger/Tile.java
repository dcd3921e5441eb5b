package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.List;

/** The octets of a tile of hashes: one hash after the other (C2SP tlog-tiles). */
public final class Tile {
  private Tile() {}

  /** The tile with these hashes, 1 to 256. */
  public static byte[] of(List<Hash> hashes) {
    requireWidth(hashes.size());
    byte[] octets = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(octets, i * Hash.LENGTH);
    }
    return octets;
  }

  /**
   * The hashes of a tile.
   *
   * @param width how many hashes it must hold, 1 to 256
   * @throws CodedException MALFORMED_TILE where it holds more or fewer octets
   */
  public static List<Hash> hashes(byte[] octets, int width) {
    requireWidth(width);
    if (octets.length != width * Hash.LENGTH) {
      throw new CodedException(
          new Problem(ErrorCode.MALFORMED_TILE, null, 0, "tile", wrongLength(octets, width)));
    }
    List<Hash> hashes = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      hashes.add(Hash.of(octets, i * Hash.LENGTH, (i + 1) * Hash.LENGTH));
    }
    return hashes;
  }

  /** Why octets that are not of the length of this width are no tile. */
  static String wrongLength(byte[] octets, int width) {
    return "it has " + octets.length + " octets; " + width + " hashes have " + width * Hash.LENGTH;
  }

  static void requireWidth(int width) {
    if (width < 1 || width > TileId.FULL) {
      throw new IllegalArgumentException("a tile or bundle holds 1 to 256, not " + width);
    }
  }
}
