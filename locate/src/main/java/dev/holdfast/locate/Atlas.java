package dev.holdfast.locate;

import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The border map, grouped into destinations, with the margin that its borders carry.
 *
 * <p>Safe for use by several threads. Nodes below the six faces are made on demand.
 */
public final class Atlas {
  /** How far a border on the map may be from the true one, by default. */
  public static final Distance DEFAULT_MARGIN = Distance.ofKilometres(5);

  private final BorderMap map;
  private final Destinations destinations;
  private final Distance margin;
  private final Borders borders;
  private final @Nullable BorderNode[] faces = new BorderNode[Cell.FACES];

  private Atlas(BorderMap map, Destinations destinations, Distance margin) {
    this.map = map;
    this.destinations = destinations;
    this.margin = margin;
    this.borders = new Borders(map, destinations.ofUnit(), margin.kilometres());
  }

  /** An atlas of a map under a grouping. */
  public static Atlas of(BorderMap map, Destinations destinations, Distance margin) {
    return new Atlas(map, destinations, margin);
  }

  /** The units and lines it was made from. */
  public BorderMap map() {
    return map;
  }

  /** The destinations it knows. */
  public Destinations destinations() {
    return destinations;
  }

  /** The margin of its borders. */
  public Distance margin() {
    return margin;
  }

  /** The destinations on whose land a place is, as drawn, without margin; sea is none. */
  public List<String> at(Position position) {
    List<String> names = new ArrayList<>();
    for (int destination : borders.holdersByMeridian(position.latitude(), position.longitude())) {
      names.add(destinations.names().get(destination));
    }
    return names;
  }

  BorderNode root(int face) {
    BorderNode root = faces[face];
    if (root == null) {
      root = BorderNode.face(borders, face);
      faces[face] = root;
    }
    return root;
  }

  /** Borders need not be told apart more finely than this, km: a twentieth of the margin. */
  double finestKm() {
    return Math.max(0.05, margin.kilometres() / 20);
  }
}
