package dev.holdfast.locate;

import org.jspecify.annotations.Nullable;

/** Is any point left? */
final class EmptyQuestion implements Question {
  private final double finestKm;
  private boolean found;
  private boolean maybe;

  /**
   * @param finestKm cells of at most this radius are not divided
   */
  EmptyQuestion(double finestKm) {
    this.finestKm = finestKm;
  }

  /** A point is surely left. */
  boolean surelyNot() {
    return found;
  }

  /** Surely no point is left, if the search was complete. */
  boolean surely() {
    return !found && !maybe;
  }

  @Override
  public boolean settled() {
    return found;
  }

  @Override
  public boolean asks(Cell cell, @Nullable BorderNode node) {
    return !found;
  }

  @Override
  public void point(Cell cell, @Nullable BorderNode node) {
    found = true;
  }

  @Override
  public void rest(Cell cell, @Nullable BorderNode node) {
    maybe = true;
  }

  @Override
  public double finestKm() {
    return finestKm;
  }
}
