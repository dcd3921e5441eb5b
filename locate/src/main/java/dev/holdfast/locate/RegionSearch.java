package dev.holdfast.locate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the region that bounds leave, by adaptive subdivision, and tells a {@link Question} of it.
 *
 * <p>The region is every point that violates the bounds of at most f operators. A cell is cut off
 * as soon as it is proven to lie outside discs of more than f operators; discs that contain a cell
 * are forgotten below it. So what is cut off is surely not region, what is told as a point surely
 * is, and between the two remain cells of the finest size, which every question has to count
 * against its verdict.
 *
 * <p>Work is bounded by a budget of cells; a search that runs out says so, and no verdict follows.
 */
final class RegionSearch {
  private static final int DEEPEST = 40;

  private final Discs discs;
  private final int tolerated;
  private final @Nullable Atlas atlas;
  private final @Nullable Cell[] cells = new Cell[DEEPEST + 1];
  private final int[][] active;
  private final boolean[] violated;
  private final int[] violatedStack;
  private final int[] failing;
  private int failingStamp;
  private int violations;
  private int budget;

  /**
   * @param atlas the borders that the question looks at, or null where it needs none
   */
  RegionSearch(Discs discs, int tolerated, @Nullable Atlas atlas) {
    this.discs = discs;
    this.tolerated = tolerated;
    this.atlas = atlas;
    active = new int[DEEPEST + 2][];
    int operators = discs.operators.size();
    violated = new boolean[operators];
    violatedStack = new int[operators];
    failing = new int[operators];
  }

  /** Searches; false if the budget ran out before the question was settled. */
  boolean run(Question question, int cellBudget) {
    budget = cellBudget;
    int[] all = rows(0);
    for (int i = 0; i < discs.count; i++) {
      all[i] = i;
    }
    Arrays.fill(violated, false);
    violations = 0;
    for (int face = 0; face < Cell.FACES && !question.settled(); face++) {
      cell(0).setFace(face);
      visit(0, atlas == null ? null : atlas.root(face), discs.count, question);
    }
    return budget > 0 || question.settled();
  }

  private Cell cell(int depth) {
    Cell cell = cells[depth];
    if (cell == null) {
      cell = new Cell();
      cells[depth] = cell;
    }
    return cell;
  }

  private int[] rows(int depth) {
    int[] rows = active[depth];
    if (rows == null) {
      rows = new int[discs.count];
      active[depth] = rows;
    }
    return rows;
  }

  private void visit(int depth, @Nullable BorderNode node, int count, Question question) {
    Cell cell = cell(depth);
    if (budget <= 0 || !question.asks(cell, node)) {
      return;
    }
    budget--;
    int before = violations;
    int[] from = rows(depth);
    int[] kept = rows(depth + 1);
    int keptCount = 0;
    failingStamp++;
    int failingCount = 0;
    for (int i = 0; i < count; i++) {
      int disc = from[i];
      int operator = discs.operator[disc];
      if (violated[operator]) {
        continue;
      }
      Discs.Side side = discs.side(disc, cell);
      if (side == Discs.Side.OUTSIDE) {
        violated[operator] = true;
        violatedStack[violations++] = operator;
        if (failing[operator] == failingStamp) {
          failingCount--;
        }
        if (violations > tolerated) {
          restore(before);
          return;
        }
      } else if (side != Discs.Side.INSIDE) {
        kept[keptCount++] = disc;
        if (side == Discs.Side.OPEN && failing[operator] != failingStamp) {
          failing[operator] = failingStamp;
          failingCount++;
        }
      }
    }
    if (violations + failingCount <= tolerated) {
      question.point(cell, node);
    }
    descend(depth, node, keptCount, question);
    restore(before);
  }

  private void descend(int depth, @Nullable BorderNode node, int count, Question question) {
    Cell cell = cell(depth);
    if (question.settled() || !question.asks(cell, node)) {
      return;
    }
    if (cell.radius <= question.finestKm() || depth == DEEPEST) {
      question.rest(cell, node);
      return;
    }
    for (int q = 0; q < 4 && !question.settled(); q++) {
      cell(depth + 1).setChild(cell, q);
      visit(depth + 1, node == null ? null : node.child(q), count, question);
    }
  }

  private void restore(int before) {
    while (violations > before) {
      violated[violatedStack[--violations]] = false;
    }
  }
}
