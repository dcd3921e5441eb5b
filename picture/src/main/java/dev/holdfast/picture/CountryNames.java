package dev.holdfast.picture;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.BorderMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Names the countries in view, each in the widest stretch of its largest piece. */
final class CountryNames {
  private static final int MOST = 14;
  private static final double LEAST_AREA = 900;
  private static final double LEAST_CLAIMED = 30;

  private CountryNames() {}

  /** A name with where there is most room for it. */
  private record Room(String name, double x, double y, double width, double area) {}

  /** Names the claimed and excluded destinations, with the marks of their verdicts. */
  static void paintClaimed(View view, Atlas atlas, Scene scene, Labels labels) {
    for (Scene.ClaimedArea area : scene.areas()) {
      rooms(view, atlas, area.units(), LEAST_CLAIMED).stream()
          .findFirst()
          .ifPresent(room -> {
            String name = scene.numbered() ? area.number() + " " + area.name() : area.name();
            Labels.Name label = new Labels.Name(name, "", "label-claim", area.value());
            if (!labels.centred(room.x, room.y, label, Double.POSITIVE_INFINITY)) {
              labels.beside(new Point(room.x, room.y), 4, label);
            }
          });
    }
  }

  /** Names all others, as far as there is room. */
  static void paint(View view, Atlas atlas, Scene scene, Labels labels) {
    List<BorderMap.BorderUnit> others = new ArrayList<>(atlas.map().units());
    scene.areas().forEach(area -> others.removeAll(area.units()));
    rooms(view, atlas, others, LEAST_AREA).stream()
        .limit(MOST)
        .forEach(room ->
            labels.centred(room.x, room.y, Labels.Name.of(room.name, "country"), room.width));
  }

  /** The units in view, the largest first. */
  private static List<Room> rooms(
      View view, Atlas atlas, List<BorderMap.BorderUnit> units, double leastArea) {
    List<Room> rooms = new ArrayList<>();
    for (BorderMap.BorderUnit unit : units) {
      Line largest = new Line();
      double most = leastArea;
      for (double[][] ring : atlas.map().rings(unit)) {
        Line piece = piece(view, ring);
        // Rings run clockwise; where they hold the antipode of the centre they come out reversed.
        double area = area(piece);
        if (area > most) {
          most = area;
          largest = piece;
        }
      }
      if (largest.size() > 0) {
        rooms.add(room(unit.name(), largest, most));
      }
    }
    rooms.sort(Comparator.comparingDouble(Room::area).reversed().thenComparing(Room::name));
    return rooms;
  }

  private static Line piece(View view, double[][] ring) {
    SphereLine line = new SphereLine();
    for (int i = 0; i + 1 < ring[0].length; i++) {
      line.add(Sphere.vector(ring[1][i], ring[0][i]));
    }
    return view.pane().cutClosed(view.projection().closed(line));
  }

  private static double area(Line line) {
    double twice = 0;
    for (int i = 0; i < line.size(); i++) {
      int next = (i + 1) % line.size();
      twice += line.x(i) * line.y(next) - line.x(next) * line.y(i);
    }
    return twice / 2;
  }

  /** The widest of the level stretches at some heights, those near the middle preferred. */
  private static Room room(String name, Line line, double area) {
    Box box = line.box();
    Room best = new Room(name, box.centreX(), box.centreY(), 0, area);
    for (int i = 3; i <= 9; i++) {
      double y = box.y() + box.height() * i / 12;
      double[] crossings = crossings(line, y);
      for (int j = 0; j + 1 < crossings.length; j += 2) {
        double width = crossings[j + 1] - crossings[j];
        double preferred = width * (1 - Math.abs(i - 6) * 0.05);
        if (preferred > best.width) {
          best = new Room(name, (crossings[j] + crossings[j + 1]) / 2, y, preferred, area);
        }
      }
    }
    return best;
  }

  private static double[] crossings(Line line, double y) {
    double[] crossings = new double[line.size()];
    int count = 0;
    for (int i = 0; i < line.size(); i++) {
      int next = (i + 1) % line.size();
      if (line.y(i) > y != line.y(next) > y) {
        double t = (y - line.y(i)) / (line.y(next) - line.y(i));
        crossings[count++] = line.x(i) + t * (line.x(next) - line.x(i));
      }
    }
    double[] sorted = Arrays.copyOf(crossings, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
