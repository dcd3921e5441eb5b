package dev.holdfast.locate;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The countries and territories of the world as drawn by Natural Earth 10m: its units, the lines
 * between them, and who owns each line.
 *
 * <p>A line (arc) is drawn once and belongs to every unit whose rings run along it, so neighbours
 * share it exactly and leave no gap. Edges are great-circle arcs between points of the sphere,
 * never lines in the plane of longitude and latitude: they cross the antimeridian, and the ring of
 * Antarctica goes once round the pole. A place is in a unit if a way from it to a place outside
 * crosses the unit's arcs an odd number of times, each arc counted as often as the unit owns it.
 *
 * <p>Longitudes are from -180 (included) to 180 (excluded) degrees, so that one place has one pair
 * of numbers, and no arc has the same place twice in a row. The source cuts Chukotka, Wrangel
 * Island and three islands of Fiji along the antimeridian; the two sides of a cut are arcs of two
 * rings of one unit. A few rings have collapsed to a line or a point, among them the only one of
 * the Vatican.
 *
 * <p>The tool {@code tools/MakeBorders.java} makes the resource and describes its format.
 * Immutable.
 */
public final class BorderMap {
  private static final byte[] MAGIC = {'H', 'F', 'B', '1'};

  /** More than the resource inflates to by far; what goes beyond is not the resource. */
  private static final int MOST_OCTETS = 16 << 20;

  private final List<BorderUnit> units;
  private final List<Arc> arcs;

  /** By unit and ring: arcs, n as they are, ~n backwards. */
  private final int[][][] rings;

  private BorderMap(List<BorderUnit> units, List<Arc> arcs, int[][][] rings) {
    this.units = units;
    this.arcs = arcs;
    this.rings = rings;
  }

  /**
   * One country or territory that the map draws by itself.
   *
   * @param code ISO 3166-1 alpha-2 where it has one, else a code of the table of units
   * @param name its English name in full
   * @param index its place in {@link BorderMap#units()}, from 0
   */
  public record BorderUnit(String code, String name, int index) {
    public BorderUnit {
      requireNonNull(code, "code");
      requireNonNull(name, "name");
      if (code.isBlank() || name.isBlank()) {
        throw new IllegalArgumentException("unit " + index + " has no code or no name");
      }
      if (index < 0) {
        throw new IllegalArgumentException("the index of a unit is negative: " + index);
      }
    }
  }

  /**
   * A line of great-circle edges with the units whose rings run along it.
   *
   * <p>The arrays are the map's own, for reading only.
   */
  static final class Arc {
    private final double[] latitudes;
    private final double[] longitudes;
    private int[] owners = {};

    private Arc(double[] latitudes, double[] longitudes) {
      this.latitudes = latitudes;
      this.longitudes = longitudes;
    }

    /** Degrees north, one for each point; a single point has no edge. */
    double[] latitudes() {
      return latitudes;
    }

    /** Degrees east, -180 to below 180, one for each point. */
    double[] longitudes() {
      return longitudes;
    }

    /**
     * Indices of the units that own the arc, ascending; a unit is there once for each time that its
     * rings run along it, so a unit that is there twice lies on both sides.
     */
    int[] owners() {
      return owners;
    }

    private boolean joins(int end, Arc other, int otherEnd) {
      return latitudes[end] == other.latitudes[otherEnd]
          && longitudes[end] == other.longitudes[otherEnd];
    }

    private int last() {
      return latitudes.length - 1;
    }
  }

  /**
   * Reads the border resource.
   *
   * @param bordersResource the octets of {@code borders.bin}
   * @param unitCodes the code of each unit, in the order of the resource, each once
   * @param unitNames the name of each unit, in the same order
   * @throws IllegalArgumentException if the octets are not such a resource, or the lists do not fit
   *     it
   */
  public static BorderMap parse(
      byte[] bordersResource, List<String> unitCodes, List<String> unitNames) {
    List<BorderUnit> units = units(unitCodes, unitNames);
    Cursor cursor = new Cursor(inflate(bordersResource));
    cursor.magic();
    Axis longitude = new Axis("longitude", 180);
    Axis latitude = new Axis("latitude", 90);
    longitude.scale = cursor.real("scale of longitude");
    latitude.scale = cursor.real("scale of latitude");
    longitude.translation = cursor.real("translation of longitude");
    latitude.translation = cursor.real("translation of latitude");

    // The least of anything counted is one octet for each number in it: its length in octets
    // bounds the count before memory is asked for.
    int arcCount = cursor.count("arcs", 5);
    List<Arc> arcs = new ArrayList<>(arcCount);
    for (int i = 0; i < arcCount; i++) {
      arcs.add(arc(cursor, longitude, latitude));
    }
    int unitCount = cursor.count("units", 4);
    if (unitCount != units.size()) {
      throw malformed("it has " + unitCount + " units, the table of units " + units.size());
    }
    int[][][] rings = new int[unitCount][][];
    for (int i = 0; i < unitCount; i++) {
      rings[i] = rings(cursor, arcs, units.get(i));
    }
    cursor.end();
    assignOwners(arcs, rings);
    return new BorderMap(units, List.copyOf(arcs), rings);
  }

  /** The units, in the order of their indices. */
  public List<BorderUnit> units() {
    return units;
  }

  /**
   * The rings of a unit, for drawing: for each ring its longitudes and its latitudes, in degrees.
   *
   * <p>Rings are closed: the last point is the first. Holes follow the ring that they are in. Outer
   * rings run clockwise as seen from above, holes the other way, which is what spherical drawing
   * (d3-geo) expects. A collapsed ring has fewer than four points.
   */
  public List<double[][]> rings(BorderUnit unit) {
    if (unit.index() >= units.size() || !units.get(unit.index()).equals(unit)) {
      throw new IllegalArgumentException(unit.code() + " is not a unit of this map");
    }
    List<double[][]> drawn = new ArrayList<>();
    for (int[] ring : rings[unit.index()]) {
      drawn.add(points(ring));
    }
    return drawn;
  }

  /** Every line of the map, once. */
  List<Arc> arcs() {
    return arcs;
  }

  private double[][] points(int[] ring) {
    int count = 1;
    for (int reference : ring) {
      count += arcOf(arcs, reference).last();
    }
    double[] longitudes = new double[count];
    double[] latitudes = new double[count];
    int at = 0;
    for (int reference : ring) {
      Arc arc = arcOf(arcs, reference);
      int last = arc.last();
      // Each arc begins where the one before ended: that point is written again, not added.
      for (int i = 0; i <= last; i++) {
        int from = reference >= 0 ? i : last - i;
        longitudes[at + i] = arc.longitudes[from];
        latitudes[at + i] = arc.latitudes[from];
      }
      at += last;
    }
    return new double[][] {longitudes, latitudes};
  }

  private static List<BorderUnit> units(List<String> codes, List<String> names) {
    if (codes.size() != names.size()) {
      throw new IllegalArgumentException(
          "there are " + codes.size() + " codes of units, but " + names.size() + " names");
    }
    if (codes.stream().distinct().count() != codes.size()) {
      throw new IllegalArgumentException("two units have the same code");
    }
    List<BorderUnit> units = new ArrayList<>(codes.size());
    for (int i = 0; i < codes.size(); i++) {
      units.add(new BorderUnit(codes.get(i), names.get(i), i));
    }
    return List.copyOf(units);
  }

  private static Arc arc(Cursor cursor, Axis longitude, Axis latitude) {
    int count = cursor.count("points of an arc", 2);
    if (count < 2) {
      throw malformed("an arc has fewer than two points");
    }
    double[] latitudes = new double[count];
    double[] longitudes = new double[count];
    int kept = 0;
    long quantisedLongitude = 0;
    long quantisedLatitude = 0;
    for (int i = 0; i < count; i++) {
      quantisedLongitude += cursor.number("a longitude");
      quantisedLatitude += cursor.number("a latitude");
      double east = longitude.degrees(quantisedLongitude);
      longitudes[kept] = east == 180 ? -180 : east;
      latitudes[kept] = latitude.degrees(quantisedLatitude);
      // Points that coincide (some only on the sphere) would make edges without a direction.
      if (kept == 0
          || longitudes[kept] != longitudes[kept - 1]
          || latitudes[kept] != latitudes[kept - 1]) {
        kept++;
      }
    }
    return new Arc(Arrays.copyOf(latitudes, kept), Arrays.copyOf(longitudes, kept));
  }

  /** The rings of the next unit, those of all its polygons in one row. */
  private static int[][] rings(Cursor cursor, List<Arc> arcs, BorderUnit unit) {
    List<int[]> rings = new ArrayList<>();
    int polygons = cursor.count("polygons of " + unit.code(), 3);
    for (int i = 0; i < polygons; i++) {
      int ringsOfPolygon = cursor.count("rings of " + unit.code(), 2);
      for (int j = 0; j < ringsOfPolygon; j++) {
        rings.add(ring(cursor, arcs, unit));
      }
    }
    if (rings.isEmpty()) {
      throw malformed(unit.code() + " has no ring");
    }
    return rings.toArray(int[][]::new);
  }

  private static int[] ring(Cursor cursor, List<Arc> arcs, BorderUnit unit) {
    int count = cursor.count("arcs of a ring of " + unit.code(), 1);
    if (count == 0) {
      throw malformed("a ring of " + unit.code() + " has no arc");
    }
    int[] ring = new int[count];
    for (int i = 0; i < count; i++) {
      ring[i] = cursor.number("an arc of " + unit.code());
      int arc = Math.max(ring[i], ~ring[i]);
      if (arc >= arcs.size()) {
        throw malformed(
            "a ring of " + unit.code() + " has arc " + arc + ", but there are " + arcs.size());
      }
    }
    for (int i = 0; i < count; i++) {
      int next = ring[(i + 1) % count];
      Arc arc = arcOf(arcs, ring[i]);
      Arc nextArc = arcOf(arcs, next);
      int end = ring[i] >= 0 ? arc.last() : 0;
      if (!arc.joins(end, nextArc, next >= 0 ? 0 : nextArc.last())) {
        throw malformed("a ring of " + unit.code() + " has a gap after its arc " + i);
      }
    }
    return ring;
  }

  private static void assignOwners(List<Arc> arcs, int[][][] rings) {
    int[] counts = new int[arcs.size()];
    for (int[][] unit : rings) {
      for (int[] ring : unit) {
        for (int reference : ring) {
          counts[Math.max(reference, ~reference)]++;
        }
      }
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        throw malformed("arc " + i + " is in no ring");
      }
      arcs.get(i).owners = new int[counts[i]];
    }
    // Filled from the end, so going through the units backwards leaves the owners ascending.
    for (int unit = rings.length - 1; unit >= 0; unit--) {
      for (int[] ring : rings[unit]) {
        for (int reference : ring) {
          int arc = Math.max(reference, ~reference);
          arcs.get(arc).owners[--counts[arc]] = unit;
        }
      }
    }
  }

  private static Arc arcOf(List<Arc> arcs, int reference) {
    return arcs.get(Math.max(reference, ~reference));
  }

  private static byte[] inflate(byte[] resource) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(resource);
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 16];
      while (!inflater.finished()) {
        int length = inflater.inflate(part);
        if (length == 0 && !inflater.finished()) {
          throw malformed("its compressed stream is cut off after " + plain.size() + " octets");
        }
        if (plain.size() + length > MOST_OCTETS) {
          throw malformed("it inflates to more than " + MOST_OCTETS + " octets");
        }
        plain.write(part, 0, length);
      }
      if (inflater.getRemaining() > 0) {
        throw malformed(inflater.getRemaining() + " octets follow its compressed stream");
      }
      return plain.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(
          "the border resource is malformed: it does not inflate: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static IllegalArgumentException malformed(String reason) {
    return new IllegalArgumentException("the border resource is malformed: " + reason);
  }

  /** What a quantised coordinate means in degrees. */
  private static final class Axis {
    private final String name;
    private final double limit;
    private double scale;
    private double translation;

    Axis(String name, double limit) {
      this.name = name;
      this.limit = limit;
    }

    double degrees(long quantised) {
      double degrees = quantised * scale + translation;
      if (!(degrees >= -limit && degrees <= limit)) {
        throw malformed("a " + name + " is " + degrees + " degrees");
      }
      return degrees;
    }
  }

  /** Reads the inflated octets one after the other, never beyond their end. */
  private static final class Cursor {
    private final byte[] octets;
    private int at;

    Cursor(byte[] octets) {
      this.octets = octets;
    }

    void magic() {
      if (octets.length < MAGIC.length || !Arrays.equals(octets, 0, 4, MAGIC, 0, 4)) {
        throw malformed("it does not begin with HFB1");
      }
      at = MAGIC.length;
    }

    double real(String what) {
      long bits = 0;
      for (int i = 0; i < Double.BYTES; i++) {
        bits = (bits << 8) | octet(what);
      }
      double value = Double.longBitsToDouble(bits);
      if (!Double.isFinite(value)) {
        throw malformed("the " + what + " is " + value);
      }
      return value;
    }

    /** A count of things that take at least some octets each. */
    int count(String what, int leastOctets) {
      int count = varint(what);
      int most = (octets.length - at) / leastOctets;
      if (count < 0 || count > most) {
        throw malformed(
            "the count of "
                + what
                + " is "
                + Integer.toUnsignedString(count)
                + ", but the rest holds "
                + most
                + " at most");
      }
      return count;
    }

    int number(String what) {
      int zigzag = varint(what);
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    void end() {
      if (at != octets.length) {
        throw malformed(octets.length - at + " octets follow its last unit");
      }
    }

    private int varint(String what) {
      int value = 0;
      for (int shift = 0; shift < Integer.SIZE; shift += 7) {
        int octet = octet(what);
        if (shift == 28 && octet > 0x0f) {
          break;
        }
        value |= (octet & 0x7f) << shift;
        if (octet < 0x80) {
          return value;
        }
      }
      throw malformed("the number of " + what + " before octet " + at + " is over 32 bits");
    }

    private int octet(String what) {
      if (at >= octets.length) {
        throw malformed("it ends within " + what + ", after " + octets.length + " octets");
      }
      return octets[at++] & 0xff;
    }
  }
}
