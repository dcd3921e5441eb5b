package dev.holdfast.locate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the border map holds near one {@link Cell}: the borders that may come within the margin, the
 * destinations that may, and the destinations at its centre.
 *
 * <p>Nodes are made on demand, each from its parent's borders alone, and are immutable. A parent
 * with few borders does not keep its children, and none does once the nodes kept fill their share
 * of memory: what comes after is made anew each time. Two threads that make the same child make
 * equal ones.
 *
 * <p>Which destinations hold the centre follows from the parent's by counting borders crossed on
 * the way (great circles are straight in the plane of the face, so the count is exact up to
 * rounding of the crossing itself): a crossed border toggles its owners.
 */
final class BorderNode {
  /** With no more borders than this, making a child anew is as quick as finding it in memory. */
  private static final int FEW = 3;

  private static final int[] NONE = {};

  private final Borders borders;
  private final int face;
  private final double u;
  private final double v;
  private final double half;
  private final double referenceU;
  private final double referenceV;
  private final int[] edges;

  /** Destinations that hold the reference point. */
  private final int[] holders;

  private final int[] near;
  private final @Nullable BorderNode @Nullable [] children;

  private BorderNode(
      Borders borders,
      Cell cell,
      double referenceU,
      double referenceV,
      int[] edges,
      int[] holders) {
    this.borders = borders;
    this.face = cell.face;
    this.u = cell.u;
    this.v = cell.v;
    this.half = cell.half;
    this.referenceU = referenceU;
    this.referenceV = referenceV;
    this.edges = edges;
    this.holders = holders;
    this.near = edges.length == 0 ? holders : owners(borders, edges, holders);
    this.children = edges.length > FEW && borders.mayKeep(edges.length) ? new BorderNode[4] : null;
  }

  /** The node of a whole face. */
  static BorderNode face(Borders borders, int face) {
    Cell cell = new Cell();
    cell.setFace(face);
    // Not the centre itself: two faces have a pole there and one the antimeridian, where a ray to
    // the pole would run along borders.
    double referenceU = 0.0137;
    double referenceV = 0.0229;
    Cell reference = new Cell();
    reference.set(face, referenceU, referenceV, 0);
    int[] holders = borders.holdersByMeridian(reference.latitude(), reference.longitude());
    return new BorderNode(borders, cell, referenceU, referenceV, borders.near(cell, null), holders);
  }

  /** The node of the quarter q (0 to 3). */
  BorderNode child(int q) {
    @Nullable BorderNode @Nullable [] kept = children;
    if (kept != null) {
      BorderNode child = kept[q];
      if (child != null) {
        return child;
      }
    }
    Cell cell = new Cell();
    double h = half / 2;
    cell.set(face, u + ((q & 1) == 0 ? -h : h), v + (q < 2 ? -h : h), h);
    BorderNode made;
    if (edges.length == 0) {
      made = new BorderNode(borders, cell, cell.u, cell.v, NONE, holders);
    } else {
      int[] there = holders;
      for (int edge : edges) {
        there = borders.cross(edge, face, referenceU, referenceV, cell.u, cell.v, there);
      }
      made = new BorderNode(borders, cell, cell.u, cell.v, borders.near(cell, edges), there);
    }
    if (kept != null) {
      kept[q] = made;
    }
    return made;
  }

  /** The destinations that a point of the cell may be within the margin of; sorted, no repeats. */
  int[] near() {
    return near;
  }

  /** The destinations that hold the centre of the cell (for a face: a point near it). */
  int[] atCentre() {
    return holders;
  }

  private static int[] owners(Borders borders, int[] edges, int[] holders) {
    int[] found = holders;
    for (int edge : edges) {
      // Most edges repeat the owners of the one before; with() then makes nothing new.
      found = with(found, borders.firstOwner(edge));
      int second = borders.secondOwner(edge);
      if (second >= 0) {
        found = with(found, second);
      }
    }
    return found;
  }

  /** A sorted set with one member more. */
  static int[] with(int[] set, int member) {
    int at = Arrays.binarySearch(set, member);
    if (at >= 0) {
      return set;
    }
    int insert = -at - 1;
    int[] grown = new int[set.length + 1];
    System.arraycopy(set, 0, grown, 0, insert);
    grown[insert] = member;
    System.arraycopy(set, insert, grown, insert + 1, set.length - insert);
    return grown;
  }

  /** A sorted set with a member put in if it was out, and taken out if it was in. */
  static int[] toggled(int[] set, int member) {
    int at = Arrays.binarySearch(set, member);
    if (at < 0) {
      return with(set, member);
    }
    int[] shrunk = new int[set.length - 1];
    System.arraycopy(set, 0, shrunk, 0, at);
    System.arraycopy(set, at + 1, shrunk, at, shrunk.length - at);
    return shrunk;
  }
}
