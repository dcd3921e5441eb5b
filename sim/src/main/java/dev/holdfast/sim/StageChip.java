package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A chip on a stage, and the board that it is on. */
final class StageChip {
  final String id;
  String board;
  boolean broken;

  /** The host that it was put into last. */
  @Nullable StageHost host;

  StageChip(String id, String board) {
    this.id = requireNonNull(id, "id");
    this.board = requireNonNull(board, "board");
  }
}
