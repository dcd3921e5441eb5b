package dev.holdfast.locate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.locate.BorderMap.BorderUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

final class BorderMapTest {
  private static final int MAGIC_AND_TRANSFORM = 4 + 4 * Double.BYTES;

  private final List<CsvRow> table = rows("units.csv", "code", "name", "source");
  private final List<String> codes = column(table, "code");
  private final List<String> names = column(table, "name");
  private final byte[] resource = resource("borders.bin");
  private final BorderMap map = BorderMap.parse(resource, codes, names);

  @Test
  void every_unit_of_the_map_has_a_code_and_at_least_one_ring() {
    assertThat(map.units()).hasSize(255);
    assertThat(codes).doesNotHaveDuplicates();
    assertThat(names).doesNotHaveDuplicates();
    for (BorderUnit unit : map.units()) {
      assertThat(unit.code()).matches("[A-Z]{2}|NE-[A-Z-]{4,}");
      assertThat(map.units().get(unit.index())).isEqualTo(unit);
      assertThat(map.rings(unit)).isNotEmpty();
    }
  }

  @Test
  void the_map_has_every_line_of_its_source() {
    assertThat(map.arcs()).hasSize(4635);
    // 477,295 in the source, less 3 that repeat the place before them.
    assertThat(map.arcs().stream().mapToInt(arc -> arc.latitudes().length).sum())
        .isEqualTo(477_292);
  }

  @Test
  void china_hong_kong_macao_and_taiwan_are_units_of_their_own() {
    assertThat(codes).contains("CN", "HK", "MO", "TW");
    assertThat(unitsAt(39.90, 116.40)).containsExactly("CN");
    assertThat(unitsAt(22.548, 114.131)).as("Luohu in Shenzhen").containsExactly("CN");
    assertThat(unitsAt(22.40, 114.11)).as("New Territories").containsExactly("HK");
    assertThat(unitsAt(22.20, 113.545)).as("Macao").containsExactly("MO");
    assertThat(unitsAt(25.03, 121.56)).as("Taipei").containsExactly("TW");
  }

  @Test
  void only_one_of_the_two_units_with_the_number_of_australia_is_australia() {
    assertThat(unitsAt(-33.87, 150.9)).containsExactly("AU");
    assertThat(names.get(codes.indexOf("NE-ASHMORE"))).isEqualTo("Ashmore and Cartier Islands");
  }

  @Test
  void rings_cross_the_antimeridian_and_go_round_the_pole() {
    assertThat(unitsAt(66.5, 179.5)).as("Chukotka, west of 180").containsExactly("RU");
    assertThat(unitsAt(66.5, -179.5)).as("Chukotka, east of 180").containsExactly("RU");
    assertThat(unitsAt(-89.9, 17)).containsExactly("AQ");
    assertThat(unitsAt(-89.9, -179.9)).containsExactly("AQ");
    assertThat(unitsAt(-50, -140)).as("the south Pacific").isEmpty();
  }

  @Test
  void every_ring_is_closed_and_has_no_point_twice_in_a_row() {
    for (BorderUnit unit : map.units()) {
      for (double[][] ring : map.rings(unit)) {
        double[] longitudes = ring[0];
        double[] latitudes = ring[1];
        int last = longitudes.length - 1;
        assertThat(latitudes).hasSameSizeAs(longitudes);
        assertThat(longitudes[last]).isEqualTo(longitudes[0]);
        assertThat(latitudes[last]).isEqualTo(latitudes[0]);
        for (int i = 1; i <= last; i++) {
          assertThat(longitudes[i] == longitudes[i - 1] && latitudes[i] == latitudes[i - 1])
              .isFalse();
        }
      }
    }
  }

  @Test
  void coordinates_are_degrees_with_one_number_for_the_antimeridian() {
    for (BorderMap.Arc arc : map.arcs()) {
      assertThat(Arrays.stream(arc.longitudes())).allMatch(value -> value >= -180 && value < 180);
      assertThat(Arrays.stream(arc.latitudes())).allMatch(value -> value > -90 && value < 90);
    }
  }

  @Test
  void only_russia_and_fiji_are_cut_along_the_antimeridian() {
    Set<String> cut = new TreeSet<>();
    for (BorderMap.Arc arc : map.arcs()) {
      for (int i = 1; i < arc.longitudes().length; i++) {
        if (arc.longitudes()[i] == -180 && arc.longitudes()[i - 1] == -180) {
          assertThat(arc.owners()).hasSize(1);
          cut.add(codes.get(arc.owners()[0]));
        }
      }
    }
    assertThat(cut).containsExactly("FJ", "RU");
  }

  @Test
  void outer_rings_run_clockwise() {
    for (BorderUnit unit : map.units()) {
      double[][] outer = map.rings(unit).getFirst();
      if (!unit.code().equals("AQ")) {
        assertThat(twiceAreaToTheLeft(outer)).as(unit.code()).isLessThanOrEqualTo(0);
      }
    }
    for (double[][] islet : map.rings(unit("MV"))) {
      assertThat(twiceAreaToTheLeft(islet)).isLessThan(1e-9);
    }
  }

  @Test
  void an_arc_names_its_owners_as_often_as_they_run_along_it() {
    List<String> crowded = new ArrayList<>();
    for (BorderMap.Arc arc : map.arcs()) {
      assertThat(arc.owners()).isSorted().isNotEmpty();
      if (arc.owners().length > 2) {
        Arrays.stream(arc.owners()).forEach(owner -> crowded.add(codes.get(owner)));
      }
    }
    // One edge at the Dead Sea, where three rings of the source run to and fro.
    assertThat(crowded).containsExactly("IL", "PS", "PS", "JO", "JO", "JO");
  }

  @Test
  void what_is_not_drawn_has_no_unit_and_says_truly_where_its_land_is() {
    List<CsvRow> rows = rows("not-drawn.csv", "code", "name", "drawn_as", "source");
    assertThat(column(rows, "code"))
        .containsExactly("BQ", "BV", "CC", "CX", "GF", "GP", "MQ", "RE", "SJ", "TK", "YT")
        .doesNotContainAnyElementsOf(codes);
    double[][] places = {
      {12.18, -68.26}, {-54.42, 3.36}, {-12.1882, 96.8608}, {-10.49, 105.63},
      {4.0, -53.0}, {16.1, -61.68}, {14.65, -61.0}, {-21.1, 55.5},
      {78.5, 16.5}, {-8.5802, -172.4828}, {-12.82, 45.15},
    };
    for (int i = 0; i < places.length; i++) {
      Optional<String> drawnAs = rows.get(i).text("drawn_as");
      assertThat(unitsAt(places[i][0], places[i][1]))
          .as(rows.get(i).required("code"))
          .isEqualTo(drawnAs.stream().toList());
    }
  }

  @Test
  void an_alias_is_no_code_itself_and_stands_for_one() {
    List<CsvRow> rows = rows("code-aliases.csv", "alias", "code", "source");
    assertThat(column(rows, "alias"))
        .containsExactly("UK", "EL")
        .doesNotContainAnyElementsOf(codes);
    assertThat(column(rows, "code")).containsExactly("GB", "GR").isSubsetOf(codes);
  }

  @Test
  void a_small_map_comes_back_as_it_was_written() {
    // Two squares that share arc 0; the second has a spike, arc 3, that it runs out and back.
    BorderMap small = BorderMap.parse(deflate(small().octets()), List.of("AA", "BB"), TWO_NAMES);
    assertThat(small.units())
        .containsExactly(new BorderUnit("AA", "West", 0), new BorderUnit("BB", "East", 1));
    assertThat(small.arcs()).extracting(BorderMap.Arc::owners).containsExactly(SMALL_OWNERS);
    assertThat(small.arcs().getFirst().longitudes()).containsExactly(20, 20);
    assertThat(small.arcs().getFirst().latitudes()).containsExactly(10, 12);
    double[][] west = small.rings(small.units().getFirst()).getFirst();
    assertThat(west[0]).containsExactly(20, 20, 18, 18, 20);
    assertThat(west[1]).containsExactly(12, 10, 10, 12, 12);
    double[][] east = small.rings(small.units().getLast()).getFirst();
    assertThat(east[0]).containsExactly(20, 20, 22, 22, 24, 22, 20);
    assertThat(east[1]).containsExactly(10, 12, 12, 10, 8, 10, 10);
  }

  @Test
  void the_two_ends_of_the_antimeridian_are_one_place_and_no_point_comes_twice() {
    byte[] octets =
        new Maker(2, 2, -180, 0)
            .count(1, 6)
            .numbers(0, 5, 0, 0, 180, 0, -1, 1, -179, 0, 0, -1)
            .count(1, 1, 1, 1)
            .numbers(0)
            .octets();
    BorderMap small = BorderMap.parse(deflate(octets), List.of("AA"), List.of("West"));
    BorderMap.Arc arc = small.arcs().getFirst();
    assertThat(arc.longitudes()).containsExactly(-180, 178, -180, -180);
    assertThat(arc.latitudes()).containsExactly(10, 12, 12, 10);
  }

  @Test
  void a_unit_of_another_map_has_no_rings_here() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.rings(new BorderUnit("AA", "Nowhere", 0)))
        .withMessageContaining("AA is not a unit of this map");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.rings(new BorderUnit("AA", "Nowhere", 255)));
  }

  @Test
  void a_table_that_does_not_fit_the_map_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BorderMap.parse(resource, codes.subList(1, 255), names))
        .withMessageContaining("254 codes of units, but 255 names");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BorderMap.parse(resource, codes.subList(1, 255), names.subList(1, 255)))
        .withMessageContaining("255 units, the table of units 254");
    List<String> twice = new ArrayList<>(codes);
    twice.set(7, codes.get(8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BorderMap.parse(resource, twice, names))
        .withMessageContaining("same code");
    twice.set(7, " ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BorderMap.parse(resource, twice, names))
        .withMessageContaining("unit 7 has no code");
  }

  @Test
  void octets_that_are_no_compressed_stream_are_refused() {
    refused(new byte[0], "cut off after 0 octets");
    refused("not a map at all".getBytes(StandardCharsets.US_ASCII), "does not inflate");
    byte[] flipped = resource.clone();
    flipped[flipped.length - 1] ^= 1;
    refused(flipped, "does not inflate");
    refused(Arrays.copyOf(resource, resource.length + 3), "3 octets follow its compressed stream");
    refused(deflate(new byte[(16 << 20) + 1]), "more than 16777216 octets");
  }

  @Test
  void another_magic_is_refused() {
    byte[] octets = inflate(resource);
    octets[3] = '2';
    refused(deflate(octets), "does not begin with HFB1");
    refused(deflate(new byte[3]), "does not begin with HFB1");
  }

  @Test
  void a_map_cut_off_anywhere_is_refused() {
    for (int length = 0; length < resource.length; length += 1 + resource.length / 7) {
      refused(Arrays.copyOf(resource, length), "cut off");
    }
    byte[] octets = inflate(resource);
    for (int length : new int[] {0, 4, 20, 36, 37, 40, 5_000, octets.length / 2, 999_000}) {
      refused(deflate(Arrays.copyOf(octets, length)), "malformed");
    }
    byte[] small = small().octets();
    for (int length = 0; length < small.length; length++) {
      smallRefused(Arrays.copyOf(small, length), "malformed");
    }
    smallRefused(Arrays.copyOf(small, small.length + 1), "1 octets follow its last unit");
  }

  @Test
  void a_flipped_octet_never_ends_in_anything_but_a_refusal_or_a_map() {
    byte[] small = small().octets();
    for (int at = 0; at < small.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] flipped = small.clone();
        flipped[at] = (byte) (flipped[at] ^ (1 << bit));
        try {
          BorderMap.parse(deflate(flipped), List.of("AA", "BB"), TWO_NAMES);
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageContaining("the border resource is malformed: ");
        }
      }
    }
  }

  @Test
  void a_count_larger_than_what_follows_is_refused_before_memory_is_asked_for() {
    byte[] octets = inflate(resource);
    byte[] most = {-1, -1, -1, -1, 7};
    byte[] negative = {-1, -1, -1, -1, 15};
    byte[] endless = {-1, -1, -1, -1, 31};
    for (int at : new int[] {MAGIC_AND_TRANSFORM, MAGIC_AND_TRANSFORM + 2}) {
      refused(deflate(replaced(octets, at, 2, most)), "is 2147483647, but the rest holds");
      refused(deflate(replaced(octets, at, 2, negative)), "is 4294967295, but the rest holds");
      refused(deflate(replaced(octets, at, 2, endless)), "over 32 bits");
    }
    smallRefused(squares().count(1_000).octets(), "count of units is 1000");
    smallRefused(squares().count(2, 100, 1, 1).rest(), "count of polygons of AA is 100");
    smallRefused(squares().count(2, 1, 100, 1, 0).rest(), "count of rings of AA is 100");
    smallRefused(squares().count(2, 1, 1, 100, 0).rest(), "count of arcs of a ring of AA is 100");
  }

  @Test
  void a_scale_that_leaves_the_sphere_is_refused() {
    smallRefused(new Maker(Double.NaN, 2, 0, 0).octets(), "scale of longitude is NaN");
    smallRefused(
        new Maker(2, 2, 0, Double.POSITIVE_INFINITY).octets(),
        "translation of latitude is Infinity");
    smallRefused(
        new Maker(2, 2, 0, 0).count(1, 2).numbers(0, 0, 91, 0).octets(), "a longitude is 182.0");
    smallRefused(
        new Maker(2, 2, 0, 0).count(1, 2).numbers(0, 0, 0, -46).octets(), "a latitude is -92.0");
  }

  @Test
  void a_ring_that_does_not_hold_together_is_refused() {
    smallRefused(squares().count(2, 0).rest(), "AA has no ring");
    smallRefused(squares().count(2, 1, 0).rest(), "AA has no ring");
    smallRefused(squares().count(2, 1, 1, 0).rest(), "a ring of AA has no arc");
    smallRefused(
        squares().count(2, 1, 1, 1).numbers(4).rest(), "a ring of AA has arc 4, but there are 4");
    smallRefused(
        squares().count(2, 1, 1, 1).numbers(~4).rest(), "a ring of AA has arc 4, but there are 4");
    smallRefused(
        squares().count(2, 1, 1, 2).numbers(0, 1).rest(), "a ring of AA has a gap after its arc 0");
    smallRefused(new Maker(2, 2, 0, 0).count(1, 1).numbers(0, 0, 0, 0).octets(), "fewer than two");
  }

  @Test
  void an_arc_without_owner_is_refused() {
    byte[] octets =
        squares().count(2, 1, 1, 2).numbers(~0, 1).count(1, 1, 2).numbers(~0, 1).octets();
    smallRefused(octets, "arc 2 is in no ring");
  }

  private static final List<String> TWO_NAMES = List.of("West", "East");
  private static final int[][] SMALL_OWNERS = {{0, 1}, {0}, {1}, {1, 1}, {1}};

  /** Arcs of two squares side by side, as far as the units. */
  private static Maker squares() {
    return new Maker(2, 2, 0, 0)
        .count(4)
        .count(2)
        .numbers(10, 5, 0, 1)
        .count(4)
        .numbers(10, 5, -1, 0, 0, 1, 1, 0)
        .count(4)
        .numbers(10, 6, 1, 0, 0, -1, -1, 0)
        .count(2)
        .numbers(11, 5, 1, -1);
  }

  private static Maker small() {
    return new Maker(2, 2, 0, 0)
        .count(5)
        .count(2)
        .numbers(10, 5, 0, 1)
        .count(4)
        .numbers(10, 5, -1, 0, 0, 1, 1, 0)
        .count(3)
        .numbers(10, 6, 1, 0, 0, -1)
        .count(2)
        .numbers(11, 5, 1, -1)
        .count(2)
        .numbers(11, 5, -1, 0)
        .count(2, 1, 1, 2)
        .numbers(~0, 1)
        .count(1, 1, 5)
        .numbers(0, 2, 3, ~3, 4);
  }

  private void refused(byte[] octets, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BorderMap.parse(octets, codes, names))
        .withMessageContaining("the border resource is malformed: ")
        .withMessageContaining(reason);
  }

  private static void smallRefused(byte[] octets, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BorderMap.parse(deflate(octets), List.of("AA", "BB"), TWO_NAMES))
        .withMessageContaining(reason);
  }

  private BorderUnit unit(String code) {
    return map.units().get(codes.indexOf(code));
  }

  /**
   * The codes of the units that hold a place, by the arcs that its meridian crosses on the way to
   * the north pole, where there is no land.
   */
  private List<String> unitsAt(double latitude, double longitude) {
    Set<Integer> holders = new HashSet<>();
    for (BorderMap.Arc arc : map.arcs()) {
      for (int i = 1; i < arc.longitudes().length; i++) {
        double from = Math.IEEEremainder(arc.longitudes()[i - 1] - longitude, 360);
        double to = from + Math.IEEEremainder(arc.longitudes()[i] - arc.longitudes()[i - 1], 360);
        double rise = arc.latitudes()[i] - arc.latitudes()[i - 1];
        if (from > 0 != to > 0 && arc.latitudes()[i - 1] - from / (to - from) * rise > latitude) {
          for (int owner : arc.owners()) {
            if (!holders.remove(owner)) {
              holders.add(owner);
            }
          }
        }
      }
    }
    return holders.stream().sorted().map(codes::get).toList();
  }

  private static double twiceAreaToTheLeft(double[][] ring) {
    double area = 0;
    double east = 0;
    for (int i = 1; i < ring[0].length; i++) {
      double step = Math.IEEEremainder(ring[0][i] - ring[0][i - 1], 360);
      area += east * (ring[1][i] - ring[1][i - 1]) - step * (ring[1][i - 1] - ring[1][0]);
      east += step;
    }
    assertThat(east).isCloseTo(0, within(1e-6));
    return area;
  }

  private static List<String> column(List<CsvRow> rows, String name) {
    return rows.stream().map(row -> row.required(name)).toList();
  }

  private static List<CsvRow> rows(String file, String... columns) {
    List<CsvRow> rows = new ArrayList<>();
    try (CsvReader reader = CsvReader.open(open(file), file, List.of(columns))) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        assertThat(row.get().problem()).isEmpty();
        assertThat(row.get().text("source")).isPresent();
        rows.add(row.get());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return rows;
  }

  private static byte[] resource(String file) {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static InputStream open(String file) {
    return requireNonNull(BorderMap.class.getResourceAsStream(file), file);
  }

  private static byte[] replaced(byte[] octets, int at, int length, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(octets, 0, at);
    out.writeBytes(by);
    out.write(octets, at + length, octets.length - at - length);
    return out.toByteArray();
  }

  private static byte[] inflate(byte[] octets) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(octets);
      byte[] plain = new byte[1 << 22];
      return Arrays.copyOf(plain, inflater.inflate(plain));
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] deflate(byte[] octets) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(octets);
      deflater.finish();
      byte[] packed = new byte[octets.length + 1_000];
      return Arrays.copyOf(packed, deflater.deflate(packed));
    } finally {
      deflater.end();
    }
  }

  /** Writes the inside of a border resource by hand. */
  private static final class Maker {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Maker(double... transform) {
      out.writeBytes("HFB1".getBytes(StandardCharsets.US_ASCII));
      for (double value : transform) {
        out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
      }
    }

    Maker count(int... counts) {
      for (int count : counts) {
        int rest = count;
        while (rest > 127) {
          out.write((rest & 127) | 128);
          rest >>>= 7;
        }
        out.write(rest);
      }
      return this;
    }

    Maker numbers(int... numbers) {
      for (int number : numbers) {
        count((number << 1) ^ (number >> 31));
      }
      return this;
    }

    byte[] octets() {
      return out.toByteArray();
    }

    /** The octets, with enough zeros after them that the counts before look possible. */
    byte[] rest() {
      return Arrays.copyOf(out.toByteArray(), out.size() + 16);
    }
  }
}
