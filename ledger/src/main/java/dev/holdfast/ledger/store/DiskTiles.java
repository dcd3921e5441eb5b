package dev.holdfast.ledger.store;

import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import java.io.IOException;
import java.util.Optional;

/** The files of a log, read from disk. */
record DiskTiles(Disk disk, LogLayout layout) implements TileSource {
  @Override
  public Optional<byte[]> tile(TileId tile) throws IOException {
    return disk.read(layout.tile(tile));
  }

  @Override
  public Optional<byte[]> checkpoint() throws IOException {
    return disk.read(layout.checkpoint());
  }
}
