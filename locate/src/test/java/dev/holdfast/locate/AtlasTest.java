package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Position;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class AtlasTest {
  private final Worlds worlds = new Worlds(5);

  @Test
  void places_are_where_people_know_them_to_be() {
    assertThat(at(1.3521, 103.8198)).as("Singapore").containsExactly("SG");
    assertThat(at(1.4927, 103.7414)).as("Johor Bahru").containsExactly("MY");
    assertThat(at(22.548, 114.131)).as("Luohu, Shenzhen").containsExactly("CN");
    assertThat(at(22.5431, 114.0579)).as("Futian, Shenzhen").containsExactly("CN");
    assertThat(at(22.50, 114.13)).as("Sheung Shui").containsExactly("HK");
    assertThat(at(22.3193, 114.1694)).as("Kowloon").containsExactly("HK");
    assertThat(at(22.2006, 113.5461)).as("Macao").containsExactly("MO");
    assertThat(at(25.0330, 121.5654)).as("Taipei").containsExactly("TW");
    assertThat(at(42.6629, 21.1655)).as("Pristina").containsExactly("XK");
    assertThat(at(44.9521, 34.1024)).as("Simferopol, de facto").containsExactly("RU");
    assertThat(at(4.9224, -52.3135)).as("Cayenne").containsExactly("FR");
    assertThat(at(35.1856, 33.3823)).as("Nicosia").isSubsetOf("CY", "NE-NORTHERN-CYPRUS");
    assertThat(at(-89.999, 0)).as("South Pole").containsExactly("AQ");
    assertThat(at(89.999, 0)).as("North Pole").isEmpty();
    assertThat(at(0, 0)).as("Gulf of Guinea").isEmpty();
    assertThat(at(67.0, 177.0)).as("Chukotka, west of 180").containsExactly("RU");
    assertThat(at(66.0, -172)).as("Chukotka, east of 180").containsExactly("RU");
    assertThat(at(71.2, -179)).as("Wrangel Island, east of 180").containsExactly("RU");
    assertThat(at(71.2, 179.5)).as("Wrangel Island, west of 180").containsExactly("RU");
    assertThat(at(-28.5, 28.2)).as("Lesotho's neighbour").containsExactly("ZA");
    assertThat(at(-29.5, 28.2)).as("Lesotho, a hole in South Africa").containsExactly("LS");
    assertThat(at(43.94, 12.46)).as("San Marino, a hole in Italy").containsExactly("SM");
  }

  @Test
  void the_default_group_holds_china_hong_kong_and_macao_and_not_taiwan() {
    for (double[] place :
        new double[][] {
          {39.9, 116.4}, {22.548, 114.131}, {22.3193, 114.1694}, {22.2006, 113.5461}
        }) {
      assertThat(Maps.DEFAULT.at(new Position(place[0], place[1]))).containsExactly("CN+HK+MO");
    }
    assertThat(Maps.DEFAULT.at(new Position(25.0330, 121.5654))).containsExactly("TW");
    assertThat(Maps.DEFAULT.destinations().index("HK"))
        .isEqualTo(Maps.DEFAULT.destinations().index("CN+HK+MO"))
        .isPresent();
  }

  @Test
  void both_names_of_the_antimeridian_give_the_same_answer() {
    for (double latitude = -89.5; latitude < 90; latitude += 1.5) {
      assertThat(at(latitude, 180)).as("%s", latitude).isEqualTo(at(latitude, -180));
    }
  }

  @Test
  void the_answer_is_that_of_s2_except_within_a_metre_of_a_border() {
    int compared = 0;
    int cases = Counts.of(200);
    for (int i = 0; i < cases; i++) {
      Position place = i % 2 == 0 ? worlds.anywhere() : worlds.nearBorder(i % 4 == 1 ? 3 : 60);
      Set<String> expected = S2Borders.INSTANCE.at(place, Maps.UNGROUPED);
      Set<String> found = new TreeSet<>(Maps.EXACT.at(place));
      if (!found.equals(expected) && onTheLine(place, expected)) {
        continue;
      }
      compared++;
      assertThat(found).as("%s", place).isEqualTo(expected);
    }
    assertThat(compared).isGreaterThan(cases * 99 / 100);
  }

  @Test
  void no_place_is_in_two_destinations() {
    for (int i = 0; i < Counts.of(150); i++) {
      assertThat(Maps.EXACT.at(worlds.truth())).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void borders_are_told_apart_to_a_twentieth_of_the_margin_and_never_below_fifty_metres() {
    assertThat(Maps.DEFAULT.finestKm()).isEqualTo(0.25);
    assertThat(Maps.EXACT.finestKm()).isEqualTo(0.05);
  }

  private static boolean onTheLine(Position place, Set<String> expected) {
    for (int azimuth = 0; azimuth < 360; azimuth += 30) {
      Position beside = Ellipsoid.destination(place, azimuth, 0.001);
      if (!S2Borders.INSTANCE.at(beside, Maps.UNGROUPED).equals(expected)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> at(double latitude, double longitude) {
    return Maps.EXACT.at(new Position(latitude, longitude));
  }
}
