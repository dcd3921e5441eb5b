package dev.holdfast.locate;

import org.jspecify.annotations.Nullable;

/**
 * Which destinations does the region reach, borders widened by the margin? Sea belongs to none.
 *
 * <p>Destinations may be lumped into classes, such as "the claimed one" and "all others": the fewer
 * the classes, the sooner the search ends.
 */
final class ReachQuestion implements Question {
  private final int[] classOf;
  private final boolean[] reached;
  private final boolean[] onLand;
  private final double finestKm;
  private final boolean twoClasses;

  private ReachQuestion(int[] classOf, int classes, double finestKm, boolean twoClasses) {
    this.classOf = classOf;
    this.finestKm = finestKm;
    this.twoClasses = twoClasses;
    reached = new boolean[classes];
    onLand = new boolean[classes];
  }

  /**
   * Every destination for itself.
   *
   * @param finestKm cells of at most this radius are not divided
   */
  static ReachQuestion each(Atlas atlas, double finestKm) {
    int size = atlas.destinations().names().size();
    int[] identity = new int[size];
    for (int i = 0; i < size; i++) {
      identity[i] = i;
    }
    return new ReachQuestion(identity, size, finestKm, false);
  }

  /** One destination (class 0) against all others (class 1). */
  static ReachQuestion oneAgainstAll(Atlas atlas, int destination) {
    int[] classes = new int[atlas.destinations().names().size()];
    java.util.Arrays.fill(classes, 1);
    classes[destination] = 0;
    ReachQuestion question = new ReachQuestion(classes, 2, atlas.finestKm(), true);
    return question;
  }

  boolean reached(int destination) {
    return reached[classOf[destination]];
  }

  /** For the claim "inside the destination of class 0", all others being class 1. */
  TwoSided inside(boolean complete) {
    if (!twoClasses) {
      throw new IllegalStateException("asked of each destination, not of one against all");
    }
    return new TwoSided(onLand[0], reached[0], onLand[1], reached[1], complete);
  }

  @Override
  public boolean settled() {
    return twoClasses && reached[0] && reached[1];
  }

  @Override
  public boolean asks(Cell cell, @Nullable BorderNode node) {
    for (int destination : near(node)) {
      int c = classOf[destination];
      // A verdict needs land surely found; a list is content with what may be reached.
      if (twoClasses ? !onLand[c] : !reached[c]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void point(Cell cell, @Nullable BorderNode node) {
    if (node == null || cell.half == 1) {
      // A face's node knows a point near its centre, not its centre.
      return;
    }
    for (int destination : node.atCentre()) {
      reached[classOf[destination]] = true;
      onLand[classOf[destination]] = true;
    }
  }

  @Override
  public void rest(Cell cell, @Nullable BorderNode node) {
    for (int destination : near(node)) {
      reached[classOf[destination]] = true;
    }
  }

  private static int[] near(@Nullable BorderNode node) {
    if (node == null) {
      throw new IllegalStateException("a question about borders needs an atlas");
    }
    return node.near();
  }

  @Override
  public double finestKm() {
    return finestKm;
  }
}
