package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.locate.ConflictFinder.Emptiness;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Conflict;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConflictFinderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Worlds worlds = new Worlds(11);

  @Test
  void an_honest_world_is_never_empty() {
    for (int i = 0; i < Counts.of(400); i++) {
      Worlds.World world = worlds.honest();
      Emptiness found = ConflictFinder.emptiness(new Discs(world.bounds()), 0);
      assertThat(found).as("%s", world).isNotEqualTo(Emptiness.EMPTY);
    }
  }

  @Test
  void as_many_liars_as_are_tolerated_never_empty_the_region() {
    for (int i = 0; i < Counts.of(400); i++) {
      int faults = 1 + i % 2;
      Worlds.World honest = worlds.honest(worlds.truth(), faults + worlds.random.nextInt(1, 6));
      Worlds.World world = worlds.corrupted(honest, faults);
      Emptiness found = ConflictFinder.emptiness(new Discs(world.bounds()), faults);
      assertThat(found).as("%s", world).isNotEqualTo(Emptiness.EMPTY);
    }
  }

  @Test
  void what_is_said_of_two_discs_agrees_with_their_distance() {
    for (int i = 0; i < Counts.of(400); i++) {
      Position a = i % 2 == 0 ? worlds.anywhere() : worlds.awkward();
      double distance = worlds.logarithmic(0.5, 19_000);
      Position b = worlds.away(a, distance);
      double share = worlds.random.nextDouble();
      double gap = (i % 4 < 2 ? 1 : -1) * worlds.logarithmic(0.02, 100);
      double sum = Math.max(0, distance - gap);
      Discs discs =
          new Discs(
              List.of(
                  Worlds.bound("a", "a", a, sum * share),
                  Worlds.bound("b", "b", b, sum * (1 - share))));
      Emptiness found = ConflictFinder.emptiness(discs, 0);
      // A lens may be too thin to hold the centre of any cell; a gap of two finest cells is seen.
      assertThat(found)
          .as("%s km, gap %s km", distance, gap)
          .isNotEqualTo(gap > 0 ? Emptiness.NOT_EMPTY : Emptiness.EMPTY);
      if (gap > 1) {
        assertThat(found).isEqualTo(Emptiness.EMPTY);
      }
      if (gap < -1 && Math.min(share, 1 - share) * sum > 1) {
        assertThat(found).isEqualTo(Emptiness.NOT_EMPTY);
      }
    }
  }

  @Test
  void discs_that_just_touch_are_too_close_to_tell() {
    Position a = new Position(48.9, 2.3);
    Position b = Ellipsoid.destination(a, 77, 200);
    Discs discs =
        new Discs(List.of(Worlds.bound("a", "a", a, 100), Worlds.bound("b", "b", b, 100)));
    assertThat(ConflictFinder.emptiness(discs, 0)).isEqualTo(Emptiness.TOO_CLOSE);
    assertThat(ConflictFinder.emptiness(discs, 1)).isEqualTo(Emptiness.NOT_EMPTY);
  }

  @Test
  void a_wide_region_is_not_too_close_to_tell_because_two_rims_nearly_touch_elsewhere() {
    Discs discs =
        new Discs(
            List.of(
                Worlds.bound("a", 1.8089038551058492, -53.17758128156033, 622.0716067459913),
                Worlds.bound("b", 1.7665828002635533, -53.19316554229245, 908.7196113361877),
                Worlds.bound("pole", 90, 1e-9, 10_001.96775205323),
                Worlds.bound("c", 61.62272499854498, 99.91085898566404, 13_459.095118212748),
                Worlds.bound("d", 7.251291257619502, -37.998847372694385, 2_697.592508460459),
                Worlds.bound("e", 50.52683543764882, 17.709144660959083, 9_512.794242831502),
                Worlds.bound("f", 1e-9, 180, 15_221.686642533168)));
    assertThat(new RegionShape(discs, 0).areaKm2()).isGreaterThan(800_000);
    assertThat(ConflictFinder.emptiness(discs, 0)).isEqualTo(Emptiness.NOT_EMPTY);
  }

  @Test
  void pairs_that_miss_each_other_come_widest_gap_first() {
    Discs discs =
        new Discs(
            List.of(
                Worlds.bound("paris", 48.9, 2.3, 100),
                Worlds.bound("lyon", 45.8, 4.8, 100),
                Worlds.bound("tokyo", 35.7, 139.7, 100),
                Worlds.bound("anywhere", 0, 0, 20_000)));
    List<Conflict> conflicts = ConflictFinder.find(discs, NOON);
    assertThat(conflicts)
        .extracting(conflict -> conflict.landmarks().toString())
        .containsExactly("[lyon, tokyo]", "[paris, tokyo]", "[lyon, paris]");
    assertThat(conflicts).allMatch(conflict -> NOON.equals(conflict.at()));
    double gap = Ellipsoid.geodesic(48.9, 2.3, 45.8, 4.8) - 200;
    assertThat(conflicts.getLast().gapKm()).isBetween(gap - 1e-9, gap + 1e-9);
  }

  @Test
  void three_that_meet_in_pairs_but_not_together_are_named_together() {
    Position middle = new Position(50, 10);
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Position at = Ellipsoid.destination(middle, 120 * i, 173);
      bounds.add(Worlds.bound("corner " + i, "corner " + i, at, 160));
    }
    bounds.add(Worlds.bound("wide", "wide", middle, 2_000));
    bounds.add(Worlds.bound("narrow but fitting", "x", middle, 170));
    Discs discs = new Discs(bounds);
    assertThat(ConflictFinder.emptiness(discs, 0)).isEqualTo(Emptiness.EMPTY);
    List<Conflict> conflicts = ConflictFinder.find(discs, null);
    assertThat(conflicts).hasSize(1);
    assertThat(conflicts.getFirst().landmarks())
        .extracting(LandmarkId::value)
        .containsExactly("corner 0", "corner 1", "corner 2");
    assertThat(conflicts.getFirst().gapKm()).isZero();
    assertThat(conflicts.getFirst().at()).isNull();
  }

  @Test
  void a_named_conflict_really_is_one_and_none_of_it_can_be_left_out() {
    int sets = 0;
    for (int i = 0; i < Counts.of(200); i++) {
      Worlds.World world = worlds.corrupted(worlds.honest(worlds.truth(), 5), 1 + i % 2);
      Discs discs = new Discs(world.bounds());
      if (ConflictFinder.emptiness(discs, 0) != Emptiness.EMPTY) {
        continue;
      }
      List<Conflict> conflicts = ConflictFinder.find(discs, null);
      assertThat(conflicts).as("%s", world).isNotEmpty();
      for (Conflict conflict : conflicts) {
        sets++;
        List<Bound> named = named(discs, conflict);
        assertThat(ConflictFinder.emptiness(new Discs(named), 0)).isNotEqualTo(Emptiness.NOT_EMPTY);
        for (Bound each : named) {
          List<Bound> fewer = new ArrayList<>(named);
          fewer.remove(each);
          assertThat(ConflictFinder.emptiness(new Discs(fewer), 0)).isNotEqualTo(Emptiness.EMPTY);
        }
      }
    }
    assertThat(sets).isGreaterThan(Counts.of(30));
  }

  private static List<Bound> named(Discs discs, Conflict conflict) {
    return discs.bounds.stream()
        .filter(bound -> conflict.landmarks().contains(bound.landmark().id()))
        .toList();
  }
}
