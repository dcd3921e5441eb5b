package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.Optional;

/**
 * The name of a tile or an entry bundle (C2SP tlog-tiles).
 *
 * @param level 0 to 63 for tiles of hashes, {@link #ENTRIES} for entry bundles
 * @param index which one in its level, from 0
 * @param width how many hashes or entries it holds, 1 to 256; below 256 it is partial
 */
public record TileId(int level, long index, int width) {
  /** Hashes in a full tile, entries in a full bundle. */
  public static final int FULL = 256;

  /** In the place of a level: the tile is an entry bundle. */
  public static final int ENTRIES = -1;

  private static final int HIGHEST_LEVEL = 63;
  private static final int GROUP = 1000;
  private static final int LONGEST_PATH = 100;

  public TileId {
    if (level < ENTRIES || level > HIGHEST_LEVEL || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("no tile: " + level + ", " + index + ", " + width);
    }
  }

  /** The entry bundle with this index. */
  public static TileId bundle(long index, int width) {
    return new TileId(ENTRIES, index, width);
  }

  /** Whether it holds entries, not hashes. */
  public boolean isBundle() {
    return level == ENTRIES;
  }

  /** Whether it holds fewer than 256. */
  public boolean isPartial() {
    return width < FULL;
  }

  /** The full one in the same place. */
  public TileId full() {
    return new TileId(level, index, FULL);
  }

  /** The path below the log's prefix, such as {@code tile/0/x001/x234/067.p/5}. */
  public String path() {
    return fullPath() + (isPartial() ? ".p/" + width : "");
  }

  /** The folder of its partial forms, such as {@code tile/0/x001/x234/067.p}. */
  public String partialFolder() {
    return fullPath() + ".p";
  }

  private String fullPath() {
    StringBuilder groups = new StringBuilder("%03d".formatted(index % GROUP));
    for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
      groups.insert(0, "x%03d/".formatted(rest % GROUP));
    }
    return "tile/" + (isBundle() ? "entries" : Integer.toString(level)) + "/" + groups;
  }

  /** The tile with this path, or empty where the path is not the one spelling of a tile's name. */
  public static Optional<TileId> parse(String path) {
    String[] parts = path.split("/", -1);
    if (path.length() > LONGEST_PATH || parts.length < 3 || !parts[0].equals("tile")) {
      return Optional.empty();
    }
    int level = parts[1].equals("entries") ? ENTRIES : decimal(parts[1], 2, HIGHEST_LEVEL);
    if (level < 0 && !parts[1].equals("entries")) {
      return Optional.empty();
    }
    int width = FULL;
    int last = parts.length - 1;
    if (parts[last - 1].endsWith(".p")) {
      width = decimal(parts[last], 3, FULL - 1);
      if (width < 1) {
        return Optional.empty();
      }
      last--;
      parts[last] = parts[last].substring(0, parts[last].length() - 2);
    }
    long index = 0;
    for (int i = 2; i <= last; i++) {
      String group = i < last ? withoutX(parts[i]) : parts[i];
      if (group.length() != 3 || !isDigits(group) || index > Long.MAX_VALUE / GROUP - 1) {
        return Optional.empty();
      }
      index = index * GROUP + Integer.parseInt(group);
    }
    TileId tile = new TileId(level, index, width);
    // One name, one spelling: leading groups of zeroes make the path differ from its own form.
    return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
  }

  /**
   * The tile with this path.
   *
   * @throws CodedException MALFORMED_TILE where there is none
   */
  public static TileId require(String path) {
    return parse(path)
        .orElseThrow(() ->
            new CodedException(
                Problem.of(
                    ErrorCode.MALFORMED_TILE, Problem.quote(path) + " is not the path of a tile")));
  }

  private static String withoutX(String part) {
    return part.startsWith("x") ? part.substring(1) : "";
  }

  private static int decimal(String text, int longest, int greatest) {
    if (text.isEmpty() || text.length() > longest || !isDigits(text)) {
      return -1;
    }
    int value = Integer.parseInt(text);
    return value > greatest || !Integer.toString(value).equals(text) ? -1 : value;
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
