package dev.holdfast.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines on which a continuous field is zero (marching squares, Lorensen and Cline 1987, in the
 * plane), joined to closed lines around where it is positive.
 *
 * <p>The field is a depth: from one point to another it changes by at most their distance. So a
 * block of cells in whose middle it is deeper than the block is wide holds no line and is left out,
 * and no piece, however thin, is lost in such a block.
 */
final class Contour {
  /** A depth over the sheet. */
  interface Field {
    /** Kilometres inside where positive. */
    double depth(double x, double y);

    /** By how much the depth may change within some pixels, km. */
    double reach(double x, double y, double pixels);
  }

  /** The side of a cell, in pixels. */
  private static final double CELL = 2;

  /** Cells along the side of a block. */
  private static final int BLOCK = 12;

  private static final double FAR = 1e9;

  private final Field field;
  private final double left;
  private final double top;
  private final int columns;
  private final int rows;
  private final double[] depth;

  private Contour(Field field, Box box) {
    this.field = field;
    // Two cells around the box: in the inner the field goes on, so that lines leave the box as they
    // are; on the outer edge it is taken for negative, so that every line closes outside the box.
    this.left = box.x() - 2 * CELL;
    this.top = box.y() - 2 * CELL;
    this.columns = (int) Math.ceil(box.width() / CELL) + 5;
    this.rows = (int) Math.ceil(box.height() / CELL) + 5;
    this.depth = new double[columns * rows];
  }

  /** Closed lines around where a field is positive, within a box and a little beyond. */
  static List<Line> of(Field field, Box box) {
    Contour contour = new Contour(field, box);
    contour.sample();
    return contour.lines();
  }

  private void sample() {
    Arrays.fill(depth, Double.NaN);
    double half = BLOCK * CELL / 2;
    for (int row = 0; row < rows; row += BLOCK) {
      for (int column = 0; column < columns; column += BLOCK) {
        double x = left + column * CELL + half;
        double y = top + row * CELL + half;
        double middle = field.depth(x, y);
        boolean uniform = Math.abs(middle) > 1.05 * field.reach(x, y, half * Math.sqrt(2));
        fill(row, column, uniform ? Math.signum(middle) * FAR : Double.NaN);
      }
    }
    for (int column = 0; column < columns; column++) {
      depth[column] = -FAR;
      depth[(rows - 1) * columns + column] = -FAR;
    }
    for (int row = 0; row < rows; row++) {
      depth[row * columns] = -FAR;
      depth[row * columns + columns - 1] = -FAR;
    }
  }

  private void fill(int firstRow, int firstColumn, double value) {
    for (int row = firstRow; row <= Math.min(rows - 1, firstRow + BLOCK); row++) {
      for (int column = firstColumn;
          column <= Math.min(columns - 1, firstColumn + BLOCK);
          column++) {
        int at = row * columns + column;
        if (!Double.isNaN(value)) {
          // A neighbour that was sampled exactly is kept: it has the same sign.
          depth[at] = Double.isNaN(depth[at]) ? value : depth[at];
        } else if (Double.isNaN(depth[at]) || Math.abs(depth[at]) == FAR) {
          double exact = field.depth(left + column * CELL, top + row * CELL);
          depth[at] = Math.clamp(exact, -FAR / 2, FAR / 2);
        }
      }
    }
  }

  private List<Line> lines() {
    // One id for each edge of the grid: first the level ones, then the upright ones.
    int upright = rows * columns;
    int[] next = new int[2 * upright];
    Arrays.fill(next, -1);
    int[] edges = new int[4];
    boolean[] inside = new boolean[4];
    for (int row = 0; row + 1 < rows; row++) {
      for (int column = 0; column + 1 < columns; column++) {
        int at = row * columns + column;
        inside[0] = depth[at] > 0;
        inside[1] = depth[at + 1] > 0;
        inside[2] = depth[at + columns + 1] > 0;
        inside[3] = depth[at + columns] > 0;
        edges[0] = at;
        edges[1] = upright + at + 1;
        edges[2] = at + columns;
        edges[3] = upright + at;
        cell(edges, inside, at, next);
      }
    }
    List<Line> lines = new ArrayList<>();
    for (int edge = 0; edge < next.length; edge++) {
      if (next[edge] >= 0) {
        lines.add(follow(edge, next));
      }
    }
    return lines;
  }

  /**
   * Joins the crossings of one cell. Going round it clockwise, a line begins where the way leads
   * out of the field and ends where it leads in; the neighbour across that edge sees it the other
   * way.
   */
  private void cell(int[] edges, boolean[] inside, int at, int[] next) {
    int crossings = 0;
    for (int i = 0; i < 4; i++) {
      crossings += inside[i] == inside[(i + 1) % 4] ? 0 : 1;
    }
    if (crossings == 0) {
      return;
    }
    boolean forwards = true;
    if (crossings == 4) {
      double middle = depth[at] + depth[at + 1] + depth[at + columns] + depth[at + columns + 1];
      // If the middle is inside, each line cuts off the outside corner after its beginning.
      forwards = middle > 0;
    }
    for (int i = 0; i < 4; i++) {
      if (inside[i] && !inside[(i + 1) % 4]) {
        int end = i;
        do {
          end = (end + (forwards ? 1 : 3)) % 4;
        } while (inside[end] || !inside[(end + 1) % 4]);
        next[edges[i]] = edges[end];
      }
    }
  }

  private Line follow(int start, int[] next) {
    Line line = new Line();
    int edge = start;
    while (next[edge] >= 0) {
      int following = next[edge];
      next[edge] = -1;
      crossing(edge, line);
      edge = following;
    }
    return line;
  }

  private void crossing(int edge, Line line) {
    int upright = rows * columns;
    boolean level = edge < upright;
    int at = level ? edge : edge - upright;
    double here = depth[at];
    double there = depth[at + (level ? 1 : columns)];
    double t = here / (here - there);
    double x = left + at % columns * CELL;
    double y = top + Math.floorDiv(at, columns) * CELL;
    line.add(level ? x + t * CELL : x, level ? y : y + t * CELL);
  }
}
