package dev.holdfast.picture;

import dev.holdfast.model.Position;
import java.util.Optional;

/** One map on the sheet: how it is projected and the pane that it fills. */
record View(Azimuthal projection, Pane pane) {
  boolean globe() {
    return projection.kind() == Azimuthal.Kind.GLOBE;
  }

  /** Where a place is drawn; empty where it lies beyond the horizon or off the pane. */
  Optional<Point> point(double[] v) {
    Point point = projection.project(v);
    return projection.beyondHorizon(v) || !pane.holds(point.x(), point.y())
        ? Optional.empty()
        : Optional.of(point);
  }

  Optional<Point> point(Position position) {
    return point(Sphere.vector(position));
  }

  /** Path data of a closed line, cut off at the pane; empty where too little of it is left. */
  PathData closed(PathData path, SphereLine line) {
    return closed(path, projection.closed(line));
  }

  /** The same for a line that is already on the sheet. */
  PathData closed(PathData path, Line line) {
    Line cut = pane.cutClosed(line);
    Box box = cut.box();
    return cut.size() < 3 || Math.max(box.width(), box.height()) < 1
        ? path
        : path.closed(Simplifier.closed(cut));
  }

  /** Path data of an open line, without what lies outside the pane. */
  PathData open(PathData path, SphereLine line) {
    for (Line part : pane.cutOpen(projection.open(line))) {
      path.open(Simplifier.open(part));
    }
    return path;
  }

  /** Path data of the edge of an area: its outline without the pane's own edge. */
  PathData rim(PathData path, Line closed) {
    for (Line part : pane.cutRim(closed)) {
      path.open(Simplifier.open(part));
    }
    return path;
  }

  /** The same for a line on the sphere. */
  PathData rim(PathData path, SphereLine closed) {
    return rim(path, projection.closed(closed));
  }
}
