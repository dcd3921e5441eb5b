package dev.holdfast.ledger.store;

import dev.holdfast.ledger.TileId;
import java.nio.file.Path;

/**
 * Where the files of a log lie below its folder.
 *
 * <p>{@code checkpoint} and {@code tile/} are the log as tlog-tiles has it, for anybody to read.
 * {@code .state/} belongs to the writer: {@code head}, the tree that it has bound itself to (the
 * lock checkpoint), {@code journal/}, the entries that are staged, {@code tmp/}, files that have no
 * name yet, {@code policy}, the witnesses it asks, and {@code writer.lock}.
 *
 * @param root the folder of the log
 */
record LogLayout(Path root) {
  Path checkpoint() {
    return root.resolve("checkpoint");
  }

  Path tiles() {
    return root.resolve("tile");
  }

  Path tile(TileId tile) {
    return root.resolve(tile.path());
  }

  Path partials(TileId tile) {
    return root.resolve(tile.partialFolder());
  }

  Path state() {
    return root.resolve(".state");
  }

  Path head() {
    return state().resolve("head");
  }

  Path journal() {
    return state().resolve("journal");
  }

  Path temporary() {
    return state().resolve("tmp");
  }

  Path policy() {
    return state().resolve("policy");
  }

  Path lock() {
    return state().resolve("writer.lock");
  }
}
