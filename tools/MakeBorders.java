import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the border resource of the room {@code locate} from a TopoJSON file of Natural Earth 10m.
 *
 * <p>Get the input with {@code npm pack world-atlas@2.0.2} and unpack {@code countries-10m.json}
 * (Natural Earth 4.1.0; SHA-256 of the file that the present resource was made from: {@value
 * #SHA_256}). Then, from the root of the project and after a build of {@code cli}:
 *
 * <pre>
 * java -cp 'cli/target/lib/*' tools/MakeBorders.java countries-10m.json \
 *     locate/src/main/resources/dev/holdfast/locate/borders.bin
 * </pre>
 *
 * <p>Points, arcs, their order and the order of the units stay as in the input; {@code units.csv}
 * beside the resource has one row for each unit in this order. Names and ids are not carried over.
 * Only a ring that runs the wrong way round (one islet of the Maldives) is turned, since spherical
 * drawing would fill the rest of the globe instead.
 *
 * <p>The output is one zlib stream (RFC 1950). Inside it a <i>count</i> is an unsigned LEB128
 * number, a <i>number</i> is signed, zigzag-coded (0, -1, 1, -2 become 0, 1, 2, 3) and then written
 * like a count, and a double is IEEE 754, big end first:
 *
 * <ol>
 *   <li>the ASCII letters {@code HFB1};
 *   <li>four doubles: scale of longitude, scale of latitude, translation of longitude, translation
 *       of latitude. A quantised coordinate q means q * scale + translation degrees (WGS84);
 *   <li>the count of arcs; for each the count of its points; for each point two numbers: quantised
 *       longitude and latitude less those of the point before (the first point: less zero);
 *   <li>the count of units; for each the count of its polygons; for each the count of its rings
 *       (the outer one first, clockwise, then holes, the other way); for each the count of its
 *       arcs; for each a number: n for arc n as it is, ~n for arc n backwards. Each arc begins
 *       where the one before ends.
 * </ol>
 *
 * <p>Longitudes jump from 180 to -180 within arcs: an edge is a great-circle arc between two points
 * of the sphere, never a line in the plane of longitude and latitude.
 */
public final class MakeBorders {
  private static final String SHA_256 =
      "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79";
  private static final int UNITS = 255;
  private static final int ARCS = 4635;
  private static final int POINTS = 477_295;

  /** Quantised coordinates are below this; 360 degrees are one less. */
  private static final int QUANTA = 100_000;

  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(plain);

  /** The points of each arc, quantised longitude and latitude. */
  private final List<int[][]> arcs = new ArrayList<>();

  private int points;
  private int turned;

  private MakeBorders() {}

  /** Reads the TopoJSON file of the first argument and writes the resource of the second. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: MakeBorders countries-10m.json OUT.bin");
      System.exit(2);
    }
    byte[] input = Files.readAllBytes(Path.of(arguments[0]));
    String digest = sha256(input);
    MakeBorders maker = new MakeBorders();
    byte[] resource;
    try {
      maker.write(JsonMapper.builder().build().readTree(input));
      resource = maker.deflated();
    } catch (IllegalArgumentException | JacksonException e) {
      System.err.println("refused: " + e.getMessage());
      System.exit(2);
      return;
    }
    Files.write(Path.of(arguments[1]), resource);
    System.out.printf(
        "input SHA-256 %s (%s)%n%d units, %d arcs, %d points, rings turned: %d, %d octets plain, %d"
            + " octets written%n",
        digest,
        digest.equals(SHA_256) ? "the documented input" : "NOT the documented input",
        UNITS,
        ARCS,
        maker.points,
        maker.turned,
        maker.plain.size(),
        resource.length);
  }

  private void write(JsonNode topology) throws IOException {
    check("Topology".equals(topology.path("type").asString("")), "the input is not a Topology");
    out.write("HFB1".getBytes(StandardCharsets.US_ASCII));
    JsonNode transform = topology.path("transform");
    for (String part : List.of("scale", "translate")) {
      check(transform.path(part).size() == 2, "the transform has no " + part);
      out.writeDouble(transform.path(part).path(0).asDouble());
      out.writeDouble(transform.path(part).path(1).asDouble());
    }
    JsonNode lines = topology.path("arcs");
    checkCount("arcs", lines.size(), ARCS);
    writeCount(lines.size());
    for (JsonNode arc : lines) {
      writeArc(arc);
    }
    checkCount("points", points, POINTS);
    JsonNode units = topology.path("objects").path("countries").path("geometries");
    checkCount("units", units.size(), UNITS);
    writeCount(units.size());
    for (JsonNode unit : units) {
      writeUnit(unit);
    }
  }

  private void writeArc(JsonNode arc) throws IOException {
    check(arc.size() >= 2, "arc " + arcs.size() + " has fewer than two points");
    writeCount(arc.size());
    int[][] quantised = new int[arc.size()][2];
    for (int i = 0; i < quantised.length; i++) {
      check(arc.path(i).size() == 2, "arc " + arcs.size() + " has a point that is not a pair");
      for (int axis = 0; axis < 2; axis++) {
        int delta = arc.path(i).path(axis).intValue();
        writeNumber(delta);
        quantised[i][axis] = delta + (i == 0 ? 0 : quantised[i - 1][axis]);
        check(
            quantised[i][axis] >= 0 && quantised[i][axis] < QUANTA,
            "arc " + arcs.size() + " leaves the range of quantised coordinates");
      }
    }
    arcs.add(quantised);
    points += arc.size();
  }

  private void writeUnit(JsonNode unit) throws IOException {
    JsonNode polygons = unit.path("arcs");
    switch (unit.path("type").asString("")) {
      case "Polygon" -> {
        writeCount(1);
        writePolygon(polygons);
      }
      case "MultiPolygon" -> {
        writeCount(polygons.size());
        for (JsonNode polygon : polygons) {
          writePolygon(polygon);
        }
      }
      default -> throw new IllegalArgumentException("a unit is neither Polygon nor MultiPolygon");
    }
  }

  private void writePolygon(JsonNode rings) throws IOException {
    check(rings.size() > 0, "a polygon has no ring");
    writeCount(rings.size());
    for (int i = 0; i < rings.size(); i++) {
      List<Integer> ring = new ArrayList<>();
      for (JsonNode reference : rings.path(i)) {
        ring.add(reference.intValue());
      }
      if (runsTheWrongWay(ring(ring), i > 0)) {
        ring = ring.reversed().stream().map(reference -> ~reference).toList();
        turned++;
      }
      writeCount(ring.size());
      for (int reference : ring) {
        writeNumber(reference);
      }
    }
  }

  /** The points of a ring, checked to be closed. */
  private List<int[]> ring(List<Integer> references) {
    check(!references.isEmpty(), "a ring has no arc");
    List<int[]> ring = new ArrayList<>();
    for (int reference : references) {
      int arc = reference >= 0 ? reference : ~reference;
      check(arc < arcs.size(), "a ring refers to arc " + arc + ", which is not there");
      List<int[]> line = List.of(arcs.get(arc));
      line = reference >= 0 ? line : line.reversed();
      check(ring.isEmpty() || Arrays.equals(ring.getLast(), line.getFirst()), "a ring has a gap");
      ring.addAll(line);
    }
    check(Arrays.equals(ring.getFirst(), ring.getLast()), "a ring is not closed");
    return ring;
  }

  /** Whether an outer ring has its land to the left, or a hole to the right; exact in integers. */
  private static boolean runsTheWrongWay(List<int[]> ring, boolean hole) {
    int turn = QUANTA - 1;
    long twiceArea = 0;
    long longitude = 0;
    for (int i = 1; i < ring.size(); i++) {
      int[] from = ring.get(i - 1);
      int[] to = ring.get(i);
      int east = to[0] - from[0];
      east -= turn * Math.round((float) east / turn);
      twiceArea += longitude * (to[1] - from[1]) - (long) east * (from[1] - ring.getFirst()[1]);
      longitude += east;
    }
    // A ring that goes round a pole has no area in this plane; Antarctica's is right as it is.
    return longitude == 0 && (hole ? twiceArea < 0 : twiceArea > 0);
  }

  private void writeNumber(int number) throws IOException {
    writeCount((number << 1) ^ (number >> 31));
  }

  /** LEB128; the argument is read as unsigned. */
  private void writeCount(int count) throws IOException {
    int rest = count;
    while ((rest & ~0x7f) != 0) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private byte[] deflated() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream stream = new DeflaterOutputStream(packed, deflater)) {
      plain.writeTo(stream);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void checkCount(String what, int found, int expected) {
    check(found == expected, "the input has " + found + " " + what + ", expected " + expected);
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
