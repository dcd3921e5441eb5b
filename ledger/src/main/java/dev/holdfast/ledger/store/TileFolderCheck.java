package dev.holdfast.ledger.store;

import dev.holdfast.base.Problem;
import dev.holdfast.ledger.AuditFinding;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Looks at the files below {@code tile/} that an audit of the tree does not read: partial tiles of
 * earlier sizes, which must begin as what took their place, and files that have no business there.
 */
final class TileFolderCheck {
  /** A level, a group of a number, or the folder of a tile's partial forms. */
  private static final Pattern FOLDER =
      Pattern.compile("entries|[0-9]{1,2}|x[0-9]{3}|[0-9]{3}[.]p");

  private final Disk disk;
  private final LogLayout layout;
  private final TileSource tiles;
  private final long published;
  private final JournalCheck.Size bound;

  /**
   * Looks at nothing yet.
   *
   * @param published the size of the published tree, which an audit has checked
   * @param bound the size up to which a writer may have written tiles by now; asked where a tile is
   *     ahead of the published tree
   */
  TileFolderCheck(Disk disk, LogLayout layout, long published, JournalCheck.Size bound) {
    this.disk = disk;
    this.layout = layout;
    this.tiles = new DiskTiles(disk, layout);
    this.published = published;
    this.bound = bound;
  }

  void run(Consumer<AuditFinding> findings) throws IOException {
    walk("tile", findings);
  }

  private void walk(String folder, Consumer<AuditFinding> findings) throws IOException {
    for (String name : disk.list(layout.root().resolve(folder))) {
      String path = folder + "/" + name;
      Optional<TileId> tile = TileId.parse(path);
      if (tile.isPresent()) {
        check(tile.get(), findings);
      } else if (FOLDER.matcher(name).matches()) {
        try {
          walk(path, findings);
        } catch (NotDirectoryException e) {
          findings.accept(finding(path, "it is a file where a folder must be"));
        }
      } else {
        findings.accept(finding(Problem.printable(path), "it is no tile and no entry bundle"));
      }
    }
  }

  private void check(TileId tile, Consumer<AuditFinding> findings) throws IOException {
    long inTree = inLevel(published, tile);
    long first = tile.index() * TileId.FULL;
    if (first + tile.width() > inTree) {
      long size = bound.now();
      if (first + tile.width() > inLevel(size, tile)) {
        findings.accept(finding(tile.path(), "it is no part of a tree of size " + size));
      }
      // Ahead of the checkpoint: whoever publishes it reads it back first.
      return;
    }
    int width = (int) Math.min(TileId.FULL, inTree - first);
    if (width == tile.width()) {
      return;
    }
    Optional<byte[]> current =
        tiles
            .tileOrCut(new TileId(tile.level(), tile.index(), width))
            .map(octets -> TileSource.cut(octets, tile));
    Optional<byte[]> part = tiles.tile(tile);
    if (current.isEmpty() || part.isEmpty()) {
      // The first is told by the audit; the second went while we looked.
      return;
    }
    int differs = Arrays.mismatch(current.get(), part.get());
    if (differs >= 0) {
      findings.accept(
          new AuditFinding(
              tile.path(), differs, "it differs from what took its place, width " + width));
    }
  }

  private static long inLevel(long size, TileId tile) {
    int shift = tile.isBundle() ? 0 : 8 * tile.level();
    return shift < Long.SIZE ? size >> shift : 0;
  }

  private static AuditFinding finding(String path, String reason) {
    return new AuditFinding(path, AuditFinding.WHOLE_FILE, reason);
  }
}
