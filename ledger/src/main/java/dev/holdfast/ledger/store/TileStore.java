package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.EntryBundle;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the tiles of a batch, makes them durable, and reads them back before anybody signs them.
 *
 * <p>Reading back goes through the operating system's cache: it finds what this program or its
 * memory did wrong, not what the medium forgets later. That is found by {@code fsck}.
 */
final class TileStore {
  private final Disk disk;
  private final LogLayout layout;
  private final WholeFiles files;
  private final Workers workers;
  private final Set<Path> known = new HashSet<>();

  TileStore(Disk disk, LogLayout layout, WholeFiles files, Workers workers) {
    this.disk = disk;
    this.layout = layout;
    this.files = files;
    this.workers = workers;
  }

  /**
   * Stores what a batch made.
   *
   * @throws CodedException LOG_DAMAGED where what is read back does not hash to the tree
   */
  void store(TreeGrower.Grown grown) throws IOException {
    Set<Path> folders = new TreeSet<>();
    List<Workers.Task> writes = new ArrayList<>();
    for (TreeGrower.Piece piece : grown.pieces()) {
      place(piece.id(), piece.octets(), folders, writes);
      if (piece.bundle() != null) {
        place(bundleOf(piece.id()), piece.bundle(), folders, writes);
      }
    }
    workers.run(writes);
    for (Path folder : folders) {
      disk.syncFolder(folder);
    }
    readBack(grown);
    dropPartials(grown);
  }

  static TileId bundleOf(TileId leaves) {
    return TileId.bundle(leaves.index(), leaves.width());
  }

  private void place(TileId id, byte[] octets, Set<Path> folders, List<Workers.Task> writes)
      throws IOException {
    Path file = layout.tile(id);
    Path folder = parent(file);
    ensure(folder);
    folders.add(folder);
    writes.add(() -> files.write(file, octets));
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException(path + " has no folder");
    }
    return parent;
  }

  /** Makes a folder and those above it; each is durable before something is put into it. */
  private void ensure(Path folder) throws IOException {
    if (known.contains(folder) || folder.equals(layout.root())) {
      return;
    }
    Path above = parent(folder);
    ensure(above);
    if (!disk.exists(folder)) {
      disk.createFolder(folder);
    }
    // Also where it is there: whoever made it may have lost power before its name was durable.
    disk.syncFolder(above);
    known.add(folder);
  }

  private void readBack(TreeGrower.Grown grown) throws IOException {
    Map<TileId, byte[]> stored = new ConcurrentHashMap<>();
    List<Workers.Task> reads = new ArrayList<>();
    for (TreeGrower.Piece piece : grown.pieces()) {
      reads.add(() -> {
        byte[] tile = read(piece.id());
        if (tile.length != piece.id().width() * Hash.LENGTH) {
          throw damaged(piece.id(), "it has " + tile.length + " octets");
        }
        stored.put(new TileId(piece.id().level(), piece.id().index(), TileId.FULL), tile);
        if (piece.bundle() != null) {
          compare(bundleOf(piece.id()), tile);
        }
      });
    }
    workers.run(reads);
    // Every hash of a stored tile is that of what lies below it, up to the edge,
    TreeHasher hasher = new TreeHasher();
    for (TreeGrower.Piece piece : grown.pieces()) {
      if (!piece.id().isPartial()) {
        TileId id = piece.id();
        byte[] tile = stored.getOrDefault(id, new byte[0]);
        byte[] root = TileRoot.of(hasher, tile.clone(), TileId.FULL);
        TileId above = new TileId(id.level() + 1, id.index() / TileId.FULL, TileId.FULL);
        int at = (int) (id.index() % TileId.FULL) * Hash.LENGTH;
        byte[] parent = stored.getOrDefault(above, new byte[0]);
        if (parent.length < at + Hash.LENGTH
            || !Arrays.equals(parent, at, at + Hash.LENGTH, root, 0, Hash.LENGTH)) {
          throw damaged(id, "its root is not in the tile above it");
        }
      }
    }
    // and the edge hashes to the root.
    TreeGrower.load(new DiskTiles(disk, layout), grown.size(), grown.root());
  }

  private void compare(TileId bundle, byte[] tile) throws IOException {
    TreeHasher hasher = new TreeHasher();
    byte[] hash = new byte[Hash.LENGTH];
    int at = 0;
    for (byte[] entry : EntryBundle.entries(read(bundle), bundle.width())) {
      hasher.leaf(entry, 0, entry.length, hash, 0);
      if (!Arrays.equals(hash, 0, Hash.LENGTH, tile, at, at + Hash.LENGTH)) {
        throw damaged(
            bundle,
            "entry " + (bundle.index() * TileId.FULL + at / Hash.LENGTH) + " is not in its tile");
      }
      at += Hash.LENGTH;
    }
  }

  private byte[] read(TileId id) throws IOException {
    return disk.read(layout.tile(id)).orElseThrow(() -> damaged(id, "it is missing"));
  }

  private static CodedException damaged(TileId id, String reason) {
    return new CodedException(
        Problem.in(id.path(), ErrorCode.LOG_DAMAGED, "read back before signing: " + reason));
  }

  /** Where a full tile has taken the place of partial ones, they go (C2SP tlog-tiles). */
  private void dropPartials(TreeGrower.Grown grown) throws IOException {
    Set<Integer> seen = new HashSet<>();
    for (TreeGrower.Piece piece : grown.pieces()) {
      // Only the first full tile of a level in a batch can have been partial before.
      if (!piece.id().isPartial() && seen.add(piece.id().level())) {
        drop(layout.partials(piece.id()));
        if (piece.bundle() != null) {
          drop(layout.partials(bundleOf(piece.id())));
        }
      }
    }
  }

  private void drop(Path folder) throws IOException {
    if (disk.exists(folder)) {
      for (String name : disk.list(folder)) {
        disk.delete(folder.resolve(name));
      }
      disk.delete(folder);
    }
    known.remove(folder);
  }
}
