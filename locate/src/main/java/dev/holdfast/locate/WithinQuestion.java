package dev.holdfast.locate;

import org.jspecify.annotations.Nullable;

/** Does the region lie within some kilometres of a point? Sea counts like land. */
final class WithinQuestion implements Question {
  /** Below this the two circles are too close to call, km. */
  private static final double FINEST = 0.01;

  private final Discs claimed;
  private Discs.Side side = Discs.Side.OPEN;
  private boolean surelyHolds;
  private boolean maybeHolds;
  private boolean surelyFails;
  private boolean maybeFails;

  /**
   * @param claimed the claimed circle, as one disc
   */
  WithinQuestion(Discs claimed) {
    this.claimed = claimed;
  }

  TwoSided result(boolean complete) {
    return new TwoSided(surelyHolds, maybeHolds, surelyFails, maybeFails, complete);
  }

  /** Where a cell lies to the claimed circle. */
  Discs.Side side(Cell cell) {
    return claimed.side(0, cell);
  }

  @Override
  public boolean settled() {
    return surelyHolds && surelyFails;
  }

  @Override
  public boolean asks(Cell cell, @Nullable BorderNode node) {
    side = side(cell);
    return switch (side) {
      case INSIDE -> !surelyHolds;
      case OUTSIDE -> !surelyFails;
      case OPEN, OPEN_CENTRE_INSIDE -> !(surelyHolds && surelyFails);
    };
  }

  @Override
  public void point(Cell cell, @Nullable BorderNode node) {
    switch (side) {
      case INSIDE, OPEN_CENTRE_INSIDE -> {
        surelyHolds = true;
        maybeHolds = true;
      }
      case OUTSIDE -> {
        surelyFails = true;
        maybeFails = true;
      }
      case OPEN -> {
        if (claimed.centreOutside(0, cell)) {
          surelyFails = true;
          maybeFails = true;
        }
      }
    }
  }

  @Override
  public void rest(Cell cell, @Nullable BorderNode node) {
    maybeHolds |= side != Discs.Side.OUTSIDE;
    maybeFails |= side != Discs.Side.INSIDE;
  }

  @Override
  public double finestKm() {
    return FINEST;
  }
}
