package dev.holdfast.locate;

import com.google.common.geometry.S2LatLng;
import com.google.common.geometry.S2Loop;
import com.google.common.geometry.S2Point;
import dev.holdfast.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Containment in the map's units by S2, made from nothing but the rings that are drawn. */
final class S2Borders {
  static final S2Borders INSTANCE = new S2Borders();

  private record Ring(int unit, S2Loop loop) {}

  private final List<Ring> rings = new ArrayList<>();

  private S2Borders() {
    for (BorderMap.BorderUnit unit : Maps.EARTH.map().units()) {
      for (double[][] ring : Maps.EARTH.map().rings(unit)) {
        if (ring[0].length < 4) {
          continue;
        }
        List<S2Point> points = new ArrayList<>();
        for (int i = 0; i + 1 < ring[0].length; i++) {
          points.add(S2LatLng.fromDegrees(ring[1][i], ring[0][i]).toPoint());
        }
        S2Loop loop = new S2Loop(points);
        // No unit reaches round to the antipode of its own border. (By area S2 cannot tell the
        // inside
        // of a sliver from its outside.)
        if (loop.contains(points.getFirst().neg())) {
          loop.invert();
        }
        rings.add(new Ring(unit.index(), loop));
      }
    }
  }

  /** The units that hold a place, by index: those an odd number of whose rings do. */
  Set<Integer> unitsAt(Position place) {
    S2Point point = S2LatLng.fromDegrees(place.latitude(), place.longitude()).toPoint();
    Set<Integer> units = new TreeSet<>();
    for (Ring ring : rings) {
      if (ring.loop().contains(point) && !units.remove(ring.unit())) {
        units.add(ring.unit());
      }
    }
    return units;
  }

  /** The destinations that hold a place, by index. */
  Set<Integer> destinationsAt(Position place, Destinations destinations) {
    Set<Integer> found = new TreeSet<>();
    for (int unit : unitsAt(place)) {
      found.add(destinations.ofUnit()[unit]);
    }
    return found;
  }

  /** The names of the destinations that hold a place. */
  Set<String> at(Position place, Destinations destinations) {
    Set<String> names = new TreeSet<>();
    for (int destination : destinationsAt(place, destinations)) {
      names.add(destinations.names().get(destination));
    }
    return names;
  }
}
