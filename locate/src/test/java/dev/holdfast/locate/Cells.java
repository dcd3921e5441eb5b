package dev.holdfast.locate;

import dev.holdfast.model.Position;
import java.util.SplittableRandom;

/** Cells and points in them, for tests. */
final class Cells {
  private static final double[] CORNERS = {-1, 1};

  private Cells() {}

  /** The unit normal of the ellipsoid at a place. */
  static double[] normal(Position at) {
    double phi = Math.toRadians(at.latitude());
    double lambda = Math.toRadians(at.longitude());
    return new double[] {
      Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)
    };
  }

  static int faceOf(double[] normal) {
    int axis = 0;
    for (int i = 1; i < 3; i++) {
      if (Math.abs(normal[i]) > Math.abs(normal[axis])) {
        axis = i;
      }
    }
    return normal[axis] >= 0 ? axis : axis + 3;
  }

  /** Where a normal is in the plane of a face, or far out where the face cannot see it. */
  static double[] plane(int face, double[] normal) {
    int axis = face % 3;
    double w = face < 3 ? normal[axis] : -normal[axis];
    if (w <= 0) {
      return new double[] {9, 9};
    }
    return new double[] {normal[(axis + 1) % 3] / w, normal[(axis + 2) % 3] / w};
  }

  /** The cell of a depth that holds a place. */
  static Cell holding(Position at, int depth) {
    Cell cell = new Cell();
    double[] normal = normal(at);
    int face = faceOf(normal);
    cell.setFace(face);
    for (int i = 0; i < depth; i++) {
      Cell child = new Cell();
      child.setChild(cell, quarter(cell, normal));
      cell = child;
    }
    return cell;
  }

  /** Which quarter of a cell holds a normal. */
  static int quarter(Cell cell, double[] normal) {
    double[] uv = plane(cell.face, normal);
    return (uv[0] >= cell.u ? 1 : 0) + (uv[1] >= cell.v ? 2 : 0);
  }

  /** A point of the cell: its middle, a corner, on an edge, or anywhere. */
  static Position sample(Cell cell, SplittableRandom random) {
    double p = random.nextDouble(-1, 1);
    double q = random.nextDouble(-1, 1);
    switch (random.nextInt(5)) {
      case 0 -> {
        p = CORNERS[random.nextInt(2)];
        q = CORNERS[random.nextInt(2)];
      }
      case 1 -> p = CORNERS[random.nextInt(2)];
      case 2 -> q = CORNERS[random.nextInt(2)];
      default -> {}
    }
    Cell point = new Cell();
    point.set(cell.face, cell.u + p * cell.half, cell.v + q * cell.half, 0);
    return point.position();
  }
}
