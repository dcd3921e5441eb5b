package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.EntryBundle;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a growing tree: all that is needed to append to it.
 *
 * <p>Holds for each level of tiles the hashes of the tile that is not full, and the entries of the
 * bundle that is not full: a few hundred kilobytes at most for entries of usual size, whatever the
 * size of the tree.
 */
final class TreeGrower {
  private static final int TILE = TileId.FULL * Hash.LENGTH;
  private static final int FIRST_BUNDLE = 1 << 14;

  /** The hashes of one level's tile that is not full. */
  private static final class Edge {
    private final byte[] hashes = new byte[TILE];
    private int width;
  }

  /**
   * A tile or bundle that a batch made, partial ones too.
   *
   * @param bundle for a tile of level 0, the bundle of its entries; else null
   */
  record Piece(TileId id, byte[] octets, byte @Nullable [] bundle) {}

  /** What a batch made of the tree. */
  record Grown(long size, Hash root, List<Piece> pieces) {}

  private final TreeHasher hasher = new TreeHasher();
  private final List<Edge> edges = new ArrayList<>();
  private final byte[] scratch = new byte[TILE];
  private byte[] bundle = new byte[FIRST_BUNDLE];
  private int bundleLength;
  private long size;

  /** The edge of the empty tree. */
  TreeGrower() {}

  /**
   * The edge of a stored tree.
   *
   * @throws CodedException LOG_DAMAGED where a file of the edge is missing, or where entries, tiles
   *     and root do not fit together
   */
  static TreeGrower load(TileSource source, long size, Hash root) throws IOException {
    TreeGrower grower = new TreeGrower();
    grower.size = size;
    for (int level = 0; level < Long.BYTES && size >> (8 * level) > 0; level++) {
      long index = tilesBefore(size, level);
      int width = (int) (size >> (8 * level)) & 0xff;
      Edge edge = new Edge();
      edge.width = width;
      if (width > 0) {
        TileId id = new TileId(level, index, width);
        System.arraycopy(
            required(source, id, width * Hash.LENGTH), 0, edge.hashes, 0, width * Hash.LENGTH);
      }
      grower.edges.add(edge);
    }
    int width = (int) size & 0xff;
    if (width > 0) {
      grower.loadBundle(source, TileId.bundle(size >> 8, width));
    }
    Hash computed = grower.root();
    if (!computed.equals(root)) {
      throw damaged(
          "tile", "the tiles of size " + size + " hash to " + computed + ", not to " + root);
    }
    return grower;
  }

  private void loadBundle(TileSource source, TileId id) throws IOException {
    byte[] octets = required(source, id, 2 * id.width());
    byte[] hash = new byte[Hash.LENGTH];
    int entry = 0;
    for (byte[] octetsOfEntry : entries(id, octets)) {
      hasher.leaf(octetsOfEntry, 0, octetsOfEntry.length, hash, 0);
      int at = entry * Hash.LENGTH;
      if (!Arrays.equals(hash, 0, Hash.LENGTH, edges.getFirst().hashes, at, at + Hash.LENGTH)) {
        throw damaged(
            id.path(), "entry " + (id.index() * TileId.FULL + entry) + " is not in its tile");
      }
      entry++;
    }
    append(octets, 0, octets.length);
  }

  private static List<byte[]> entries(TileId id, byte[] octets) {
    try {
      return EntryBundle.entries(octets, id.width());
    } catch (CodedException e) {
      throw damaged(id.path(), e.problem().reason());
    }
  }

  /** How many full tiles a level has. */
  private static long tilesBefore(long size, int level) {
    int shift = 8 * level + 8;
    return shift < Long.SIZE ? size >> shift : 0;
  }

  private static byte[] required(TileSource source, TileId id, int least) throws IOException {
    byte[] octets = source.tileOrCut(id).orElseThrow(() -> damaged(id.path(), "it is missing"));
    if (octets.length < least) {
      throw damaged(id.path(), "it ends too early");
    }
    return octets;
  }

  private static CodedException damaged(String path, String reason) {
    return new CodedException(Problem.in(path, ErrorCode.LOG_DAMAGED, reason));
  }

  long size() {
    return size;
  }

  /** Appends batches up to an index; afterwards this is the edge of the greater tree. */
  Grown grow(List<Staged> batches, long upTo) {
    List<Piece> pieces = new ArrayList<>();
    for (Staged batch : batches) {
      if (size == upTo) {
        break;
      }
      if (batch.first() > size) {
        throw new IllegalStateException(
            "entries " + size + " to " + batch.first() + " are missing");
      }
      byte[] octets = batch.octets();
      int at = batch.from();
      for (long index = batch.first(); index < batch.end() && index < upTo; index++) {
        int length = ((octets[at] & 0xff) << 8) + (octets[at + 1] & 0xff);
        if (index == size) {
          append(octets, at, 2 + length);
          byte[] hash = edge(0).hashes;
          hasher.leaf(octets, at + 2, length, hash, edge(0).width * Hash.LENGTH);
          size++;
          widened(0, pieces);
        }
        at += 2 + length;
      }
    }
    partials(pieces);
    return new Grown(size, root(), pieces);
  }

  private void append(byte[] octets, int at, int length) {
    if (bundleLength + length > bundle.length) {
      bundle = Arrays.copyOf(bundle, Math.max(2 * bundle.length, bundleLength + length));
    }
    System.arraycopy(octets, at, bundle, bundleLength, length);
    bundleLength += length;
  }

  private Edge edge(int level) {
    while (edges.size() <= level) {
      edges.add(new Edge());
    }
    return edges.get(level);
  }

  /** A hash was written behind the last of a level; what that fills is complete. */
  private void widened(int level, List<Piece> pieces) {
    Edge edge = edge(level);
    edge.width++;
    if (edge.width < TileId.FULL) {
      return;
    }
    long index = tilesBefore(size, level) - 1;
    pieces.add(piece(level, index, edge));
    edge.width = 0;
    if (level == 0) {
      bundleLength = 0;
      // One great bundle must not keep its room for ever.
      bundle = bundle.length > 16 * FIRST_BUNDLE ? new byte[FIRST_BUNDLE] : bundle;
    }
    Edge above = edge(level + 1);
    System.arraycopy(
        rootOf(edge.hashes, TileId.FULL), 0, above.hashes, above.width * Hash.LENGTH, Hash.LENGTH);
    widened(level + 1, pieces);
  }

  private void partials(List<Piece> pieces) {
    for (int level = 0; level < edges.size(); level++) {
      Edge edge = edges.get(level);
      if (edge.width > 0) {
        pieces.add(piece(level, tilesBefore(size, level), edge));
      }
    }
  }

  private Piece piece(int level, long index, Edge edge) {
    return new Piece(
        new TileId(level, index, edge.width),
        Arrays.copyOf(edge.hashes, edge.width * Hash.LENGTH),
        level == 0 ? Arrays.copyOf(bundle, bundleLength) : null);
  }

  /**
   * The root, from the edge alone: the hashes of a level, and behind them what the levels below
   * leave over, are the elements of one RFC 6962 tree each.
   */
  private Hash root() {
    byte[] elements = new byte[TILE + Hash.LENGTH];
    int rest = 0;
    byte[] carry = new byte[Hash.LENGTH];
    for (Edge edge : edges) {
      int count = edge.width + rest;
      if (count > 0) {
        System.arraycopy(edge.hashes, 0, elements, 0, edge.width * Hash.LENGTH);
        System.arraycopy(carry, 0, elements, edge.width * Hash.LENGTH, rest * Hash.LENGTH);
        System.arraycopy(rootOf(elements, count), 0, carry, 0, Hash.LENGTH);
        rest = 1;
      }
    }
    return rest == 0 ? TreeHasher.emptyRoot() : Hash.of(carry);
  }

  private byte[] rootOf(byte[] hashes, int count) {
    byte[] work = count * Hash.LENGTH <= scratch.length ? scratch : new byte[count * Hash.LENGTH];
    System.arraycopy(hashes, 0, work, 0, count * Hash.LENGTH);
    return TileRoot.of(hasher, work, count);
  }
}
