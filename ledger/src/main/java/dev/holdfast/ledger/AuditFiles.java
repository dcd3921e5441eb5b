package dev.holdfast.ledger;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The files of the log under audit, as hashes. */
final class AuditFiles {
  private final TileSource source;
  private final AuditFindings findings;
  private final TreeHasher hasher = new TreeHasher();
  private final byte[] scratch = new byte[(TileId.FULL + 1) * Hash.LENGTH];
  private final int[] starts = new int[TileId.FULL + 1];
  private long read;

  AuditFiles(TileSource source, AuditFindings findings) {
    this.source = source;
    this.findings = findings;
  }

  /** How many files were read by {@link #tile} and {@link #octets}. */
  long read() {
    return read;
  }

  /** What a tile holds; says so where it is not there or has a wrong length. */
  AuditPart tile(TileId tile) throws IOException {
    Optional<TileHashes.Found> found = octets(tile);
    if (found.isPresent() && !found.get().isOfRightLength()) {
      TileId name = found.get().tile();
      byte[] octets = found.get().octets();
      findings.add(
          name.path(),
          Math.min(octets.length, name.width() * Hash.LENGTH),
          Tile.wrongLength(octets, name.width()));
    }
    return part(tile, found);
  }

  /** The octets of a tile or bundle; says so where it is not there. */
  Optional<TileHashes.Found> octets(TileId tile) throws IOException {
    Optional<TileHashes.Found> found = TileHashes.find(source, tile);
    if (found.isPresent()) {
      read++;
    } else {
      findings.add(
          tile.path(),
          AuditFinding.WHOLE_FILE,
          tile.isPartial() ? "it is missing, and so is the full one" : "it is missing");
    }
    return found;
  }

  /** What the files below a tile, one step down, say that it should hold. */
  AuditPart below(TileId tile) throws IOException {
    return tile.level() == 0 ? entriesBelow(tile) : tilesBelow(tile);
  }

  private AuditPart entriesBelow(TileId tile) throws IOException {
    TileId bundle = TileId.bundle(tile.index(), tile.width());
    AuditPart part = new AuditPart(tile, tile.path());
    Optional<TileHashes.Found> found = TileHashes.find(source, bundle);
    if (found.isPresent()) {
      byte[] octets = found.get().octets();
      int whole = EntryBundle.starts(octets, tile.width(), starts);
      for (int i = 0; i < whole; i++) {
        leaf(octets, starts, i, part.hashes(), i * Hash.LENGTH);
      }
      part.know(0, whole);
    }
    return part;
  }

  private AuditPart tilesBelow(TileId tile) throws IOException {
    AuditPart part = new AuditPart(tile, tile.path());
    for (int i = 0; i < tile.width(); i++) {
      TileId child = new TileId(tile.level() - 1, tile.index() * TileId.FULL + i, TileId.FULL);
      AuditPart children = part(child, TileHashes.find(source, child));
      if (children.isComplete()) {
        byte[] root = root(List.of(children));
        System.arraycopy(root, 0, part.hashes(), i * Hash.LENGTH, Hash.LENGTH);
        part.know(i, i + 1);
      }
    }
    return part;
  }

  private static AuditPart part(TileId tile, Optional<TileHashes.Found> found) {
    AuditPart part = new AuditPart(tile, found.map(TileHashes.Found::tile).orElse(tile).path());
    byte[] octets = found.map(TileHashes.Found::octets).orElse(new byte[0]);
    if (octets.length >= part.hashes().length) {
      System.arraycopy(octets, 0, part.hashes(), 0, part.hashes().length);
      part.know(0, tile.width());
    }
    return part;
  }

  /** Writes the leaf hash of an entry of a bundle into an array. */
  void leaf(byte[] bundle, int[] entryStarts, int entry, byte[] target, int at) {
    int from = entryStarts[entry] + EntryBundle.PREFIX;
    hasher.leaf(bundle, from, entryStarts[entry + 1] - from, target, at);
  }

  /**
   * The root over tiles of rising levels, of which each covers the leaves before those of the one
   * before it: one tile alone, or the right edge of a tree.
   */
  byte[] root(List<AuditPart> parts) {
    byte[] root = new byte[0];
    for (AuditPart part : parts) {
      int width = part.tile().width();
      System.arraycopy(part.hashes(), 0, scratch, 0, width * Hash.LENGTH);
      // What the lower levels leave over is the last, incomplete child of this level.
      System.arraycopy(root, 0, scratch, width * Hash.LENGTH, root.length);
      root = fold(width + root.length / Hash.LENGTH);
    }
    return root;
  }

  /** Joins pairs level by level and hands an odd one up: the same tree as RFC 6962 has. */
  private byte[] fold(int count) {
    int left = count;
    while (left > 1) {
      int pairs = left / 2;
      for (int i = 0; i < pairs; i++) {
        hasher.node(scratch, 2 * i * Hash.LENGTH, scratch, i * Hash.LENGTH);
      }
      if (left % 2 == 1) {
        System.arraycopy(
            scratch, (left - 1) * Hash.LENGTH, scratch, pairs * Hash.LENGTH, Hash.LENGTH);
      }
      left -= pairs;
    }
    return Arrays.copyOf(scratch, Hash.LENGTH);
  }
}
