package dev.holdfast.locate;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bounds on one target as discs on the ellipsoid, laid out for speed; smallest first, so that
 * the disc that prunes most is tried first. The order does not depend on the order of the input.
 */
final class Discs {
  enum Side {
    /** No point of the cell is in the disc. */
    OUTSIDE,
    /** Every point of the cell is in the disc. */
    INSIDE,
    /** Neither is proven; the centre is not proven to be inside. */
    OPEN,
    /** Neither is proven; the centre is proven to be inside. */
    OPEN_CENTRE_INSIDE
  }

  private static final Comparator<Bound> SMALLEST_FIRST =
      Comparator.comparing(Bound::atMost).thenComparing(bound -> bound.landmark().id());

  /** What GeographicLib's own rounding may come to, with room, km. */
  private static final double GEODESIC_ROUNDING = 1e-9;

  final List<Bound> bounds;
  final int count;
  final int[] operator;
  final List<OperatorId> operators = new ArrayList<>();
  private final double[] x;
  private final double[] y;
  private final double[] z;
  private final double[] latitude;
  private final double[] longitude;
  private final double[] limit;
  private final double[] safeLimit;
  private final double[] safeChord;
  private final double[] looseness;

  Discs(List<Bound> unordered) {
    bounds = unordered.stream().sorted(SMALLEST_FIRST).toList();
    count = bounds.size();
    operator = new int[count];
    x = new double[count];
    y = new double[count];
    z = new double[count];
    latitude = new double[count];
    longitude = new double[count];
    limit = new double[count];
    safeLimit = new double[count];
    safeChord = new double[count];
    looseness = new double[count];
    Map<OperatorId, Integer> operatorIndex = HashMap.newHashMap(count);
    for (int i = 0; i < count; i++) {
      Bound bound = bounds.get(i);
      operator[i] =
          operatorIndex.computeIfAbsent(
              bound.landmark().operator(),
              id -> {
                operators.add(id);
                return operators.size() - 1;
              });
      place(i, bound.landmark().position(), bound.atMost().kilometres());
    }
  }

  private void place(int i, Position position, double kilometres) {
    latitude[i] = position.latitude();
    longitude[i] = position.longitude();
    double phi = Math.toRadians(latitude[i]);
    double lambda = Math.toRadians(longitude[i]);
    double normalZ = Math.sin(phi);
    double n = Ellipsoid.normalRadius(normalZ);
    x[i] = n * Math.cos(phi) * Math.cos(lambda);
    y[i] = n * Math.cos(phi) * Math.sin(lambda);
    z[i] = n * (1 - Ellipsoid.E2) * normalZ;
    limit[i] = kilometres;
    // The limit was rounded up; a point counts as surely inside only if it is so without that.
    safeLimit[i] = kilometres * (1 - 1e-12) - 1e-9;
    safeChord[i] = Ellipsoid.innerChord(safeLimit[i]);
    looseness[i] = Ellipsoid.looseness(kilometres);
  }

  /** One disc around a point, such as a claimed one. */
  static Discs around(Position centre, double kilometres) {
    Landmark landmark = Landmark.of("claim", centre.latitude(), centre.longitude());
    return new Discs(
        List.of(
            new Bound(
                landmark,
                dev.holdfast.model.Distance.ofKilometres(kilometres),
                dev.holdfast.model.Delay.ofMillis(0),
                0)));
  }

  /** Where a cell lies to a disc; what is answered is proven, {@code OPEN} apart. */
  Side side(int disc, Cell cell) {
    double dx = cell.x - x[disc];
    double dy = cell.y - y[disc];
    double dz = cell.z - z[disc];
    double chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (chord > Ellipsoid.outerChord(limit[disc] + cell.radius)) {
      return Side.OUTSIDE;
    }
    if (chord <= Ellipsoid.innerChord(safeLimit[disc] - cell.radius)) {
      return Side.INSIDE;
    }
    if (looseness[disc] > cell.radius) {
      return exactSide(disc, cell);
    }
    return chord <= safeChord[disc] ? Side.OPEN_CENTRE_INSIDE : Side.OPEN;
  }

  /** Whether the centre of a cell is proven to be outside a disc, as far as chords can tell. */
  boolean centreOutside(int disc, Cell cell) {
    double dx = cell.x - x[disc];
    double dy = cell.y - y[disc];
    double dz = cell.z - z[disc];
    double chord = Ellipsoid.outerChord(limit[disc]);
    return dx * dx + dy * dy + dz * dz > chord * chord;
  }

  private Side exactSide(int disc, Cell cell) {
    double distance =
        Ellipsoid.geodesic(latitude[disc], longitude[disc], cell.latitude(), cell.longitude());
    if (distance > limit[disc] + cell.radius + GEODESIC_ROUNDING) {
      return Side.OUTSIDE;
    }
    if (distance + cell.radius + GEODESIC_ROUNDING <= safeLimit[disc]) {
      return Side.INSIDE;
    }
    return distance + GEODESIC_ROUNDING <= safeLimit[disc] ? Side.OPEN_CENTRE_INSIDE : Side.OPEN;
  }

  /**
   * Operators of whom some disc lies wholly inside a circle, by the triangle inequality: whoever is
   * outside the circle violates their bounds. Sorted.
   */
  int[] operatorsWithin(Discs circle) {
    int[] found = {};
    for (int i = 0; i < count; i++) {
      double distance = Ellipsoid.farthest(chord(i, circle));
      if (distance + limit[i] + GEODESIC_ROUNDING <= circle.safeLimit[0]) {
        found = BorderNode.with(found, operator[i]);
      }
    }
    return found;
  }

  /**
   * Operators of whom some disc lies wholly outside a circle: whoever is in the circle violates
   * their bounds. Sorted.
   */
  int[] operatorsApartFrom(Discs circle) {
    int[] found = {};
    for (int i = 0; i < count; i++) {
      double distance = Ellipsoid.nearest(chord(i, circle));
      if (distance - GEODESIC_ROUNDING > limit[i] + circle.limit[0]) {
        found = BorderNode.with(found, operator[i]);
      }
    }
    return found;
  }

  private double chord(int disc, Discs circle) {
    double dx = circle.x[0] - x[disc];
    double dy = circle.y[0] - y[disc];
    double dz = circle.z[0] - z[disc];
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  /** How far a point lies inside a disc, about, km; negative outside. Not for verdicts. */
  double depth(int disc, double px, double py, double pz) {
    double dx = px - x[disc];
    double dy = py - y[disc];
    double dz = pz - z[disc];
    double chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    double mean = 6371;
    return limit[disc] - 2 * mean * Math.asin(Math.min(1, chord / (2 * mean)));
  }

  LandmarkId landmark(int disc) {
    return bounds.get(disc).landmark().id();
  }

  /** The geodesic distance from a disc's landmark to a place, km. */
  double distance(int disc, Position to) {
    return Ellipsoid.geodesic(bounds.get(disc).landmark().position(), to);
  }

  double limit(int disc) {
    return limit[disc];
  }
}
