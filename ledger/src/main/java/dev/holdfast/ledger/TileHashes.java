package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The hashes of a tree, read out of its tiles (C2SP tlog-tiles).
 *
 * <p>A partial tile that is not there is taken from the full one in its place. The hashes are as
 * the source gave them: whoever needs to trust them compares a root or a proof made of them with a
 * signed checkpoint. The tiles read last are kept. One instance serves one thread.
 */
public final class TileHashes implements TreeHashes {
  /** How many levels of the tree a tile stands for. */
  static final int TILE_HEIGHT = 8;

  private static final int HIGHEST = Long.SIZE - 2;
  private static final int KEPT = 64;

  private final TileSource source;
  private final long size;
  private final TreeHasher hasher = new TreeHasher();
  private final Map<TileId, byte[][]> kept =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TileId, byte[][]> eldest) {
          return size() > KEPT;
        }
      };

  /** The hashes of the tree of this size, 0 or more. */
  public TileHashes(TileSource source, long size) {
    this.source = source;
    this.size = requireSize(size);
  }

  /**
   * One hash.
   *
   * @throws CodedException LOG_DAMAGED where the tile is not there or has a wrong length, naming
   *     its path
   * @throws IOException where the source failed
   */
  @Override
  public Hash at(int height, long index) throws IOException {
    if (height < 0 || height > HIGHEST || index < 0 || index >= (size >> height)) {
      throw new IllegalArgumentException(
          "no complete subtree at " + height + ", " + index + " in a tree of " + size);
    }
    int level = height / TILE_HEIGHT;
    int row = height % TILE_HEIGHT;
    // Where the subtree's first hash stands in its level, counted over all tiles of the level.
    long first = index << row;
    byte[] hashes = row(tileAt(size, level, first / TileId.FULL), row);
    int at = (int) ((first % TileId.FULL) >> row) * Hash.LENGTH;
    return Hash.of(hashes, at, at + Hash.LENGTH);
  }

  /** The tile at an index that it has in a tree of this size: partial at the right edge. */
  static TileId tileAt(long size, int level, long index) {
    long left = inLevel(size, level) - index * TileId.FULL;
    return new TileId(level, index, (int) Math.min(TileId.FULL, left));
  }

  /**
   * All tiles that a tree of this size consists of: the entry bundles, then the levels from 0 up,
   * each from left to right.
   */
  public static Stream<TileId> tilesOf(long size) {
    return tilesOf(0, size);
  }

  /**
   * The tiles that are in a tree of the new size and not in one of the old size: what has to be
   * written when it grows. In the order of {@link #tilesOf(long)}.
   */
  public static Stream<TileId> tilesOf(long oldSize, long newSize) {
    requireSize(newSize);
    if (oldSize < 0 || oldSize > newSize) {
      throw new IllegalArgumentException("no growth: from " + oldSize + " to " + newSize);
    }
    return IntStream.rangeClosed(TileId.ENTRIES, HIGHEST / TILE_HEIGHT)
        .boxed()
        .flatMap(level -> tilesOf(oldSize, newSize, level));
  }

  private static Stream<TileId> tilesOf(long oldSize, long newSize, int level) {
    long before = inLevel(oldSize, level);
    long after = inLevel(newSize, level);
    return before == after
        ? Stream.empty()
        : LongStream.rangeClosed(before / TileId.FULL, (after - 1) / TileId.FULL)
            .mapToObj(index -> tileAt(newSize, level, index));
  }

  /** How many entries or hashes all tiles of a level hold together. */
  static long inLevel(long size, int level) {
    if (level == TileId.ENTRIES) {
      return size;
    }
    return level > HIGHEST / TILE_HEIGHT ? 0 : size >> (level * TILE_HEIGHT);
  }

  /**
   * The octets of a tile or bundle, or of the full one in the place of a partial one that is not
   * there.
   */
  static Optional<Found> find(TileSource source, TileId tile) throws IOException {
    Optional<byte[]> octets = source.tile(tile);
    if (octets.isPresent() || !tile.isPartial()) {
      return octets.map(found -> new Found(tile, found));
    }
    return source.tile(tile.full()).map(found -> new Found(tile.full(), found));
  }

  /** A file of the log, under the name where it was found. */
  record Found(TileId tile, byte[] octets) {
    /** Whether it is as long as its name says, where it is a tile of hashes. */
    boolean isOfRightLength() {
      return octets.length == tile.width() * Hash.LENGTH;
    }
  }

  /** The hashes of a tile, or those of so many levels above, in a row. */
  private byte[] row(TileId tile, int row) throws IOException {
    byte[][] rows = kept.get(tile);
    if (rows == null) {
      rows = new byte[TILE_HEIGHT][0];
      rows[0] = read(tile);
      kept.put(tile, rows);
    }
    for (int i = 1; i <= row; i++) {
      if (rows[i].length == 0) {
        rows[i] = parents(rows[i - 1]);
      }
    }
    return rows[row];
  }

  private byte[] parents(byte[] children) {
    byte[] parents = new byte[children.length / (2 * Hash.LENGTH) * Hash.LENGTH];
    for (int at = 0; at < parents.length; at += Hash.LENGTH) {
      hasher.node(children, 2 * at, parents, at);
    }
    return parents;
  }

  private byte[] read(TileId tile) throws IOException {
    Found found =
        find(source, tile)
            .orElseThrow(() -> damaged(tile, "the log of " + size + " entries lacks this tile"));
    if (!found.isOfRightLength()) {
      throw damaged(found.tile(), Tile.wrongLength(found.octets(), found.tile().width()));
    }
    return Arrays.copyOf(found.octets(), tile.width() * Hash.LENGTH);
  }

  private static CodedException damaged(TileId tile, String reason) {
    return new CodedException(Problem.in(tile.path(), ErrorCode.LOG_DAMAGED, reason));
  }

  private static long requireSize(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("no tree has the size " + size);
    }
    return size;
  }
}
