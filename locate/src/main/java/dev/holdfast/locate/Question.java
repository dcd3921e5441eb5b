package dev.holdfast.locate;

import org.jspecify.annotations.Nullable;

/** What a {@link RegionSearch} wants to know of a region; it is told of points and of rests. */
interface Question {
  /** True once nothing more is to be learnt. */
  boolean settled();

  /** True if a cell, supposing the region reaches into it, could still teach something. */
  boolean asks(Cell cell, @Nullable BorderNode node);

  /** The centre of the cell is proven to be in the region. */
  void point(Cell cell, @Nullable BorderNode node);

  /** The region may reach into this cell, and it is too small to be divided. */
  void rest(Cell cell, @Nullable BorderNode node);

  /** Cells of at most this radius are not divided, km. */
  double finestKm();
}
