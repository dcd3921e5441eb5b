package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.locate.LandmarkAudit.ImpossiblePair;
import dev.holdfast.locate.LandmarkAudit.Suspect;
import dev.holdfast.locate.LandmarkAudit.Tie;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LandmarkAuditTest {
  private final SplittableRandom random = new SplittableRandom(13);

  @Test
  void a_mesh_without_a_contradiction_suspects_nobody() {
    LandmarkAudit.Result result = explain();
    assertThat(result.suspects()).isEmpty();
    assertThat(result.ties()).isEmpty();
    assertThat(result.smallestSet()).isZero();
    assertThat(result.explanations()).isEqualTo(1);
    assertThat(result.proven()).isTrue();
  }

  @Test
  void of_a_pair_by_itself_either_may_be_wrong() {
    LandmarkAudit.Result result = explain("a-b");
    assertThat(result.suspects()).isEmpty();
    assertThat(result.ties()).hasSize(1);
    assertThat(names(result.ties().getFirst().landmarks())).containsExactly("a", "b");
    assertThat(result.ties().getFirst().alternatives()).hasSize(2);
    assertThat(result.smallestSet()).isEqualTo(1);
    assertThat(result.explanations()).isEqualTo(2);
  }

  @Test
  void whoever_breaks_several_pairs_is_suspected() {
    LandmarkAudit.Result result = explain("x-a", "x-b", "c-x");
    assertThat(result.suspects()).containsExactly(new Suspect(new LandmarkId("x"), 3));
    assertThat(result.ties()).isEmpty();
    assertThat(result.explanations()).isEqualTo(1);
    assertThat(names(result.doubted())).containsExactly("x");
  }

  @Test
  void suspects_come_by_the_pairs_they_break() {
    LandmarkAudit.Result result = explain("x-a", "x-b", "y-c", "y-d", "y-e", "w-f", "w-g");
    assertThat(result.suspects())
        .extracting(suspect -> suspect.landmark().value())
        .containsExactly("y", "w", "x");
  }

  @Test
  void a_suspect_may_leave_a_tie_behind() {
    // x must be wrong; of c and d, which it does not explain, one must be.
    LandmarkAudit.Result result = explain("x-a", "x-b", "x-c", "c-d");
    assertThat(names(result.doubted())).containsExactly("c", "d", "x");
    assertThat(result.suspects()).hasSize(1);
    assertThat(result.ties()).hasSize(1);
    assertThat(result.smallestSet()).isEqualTo(2);
    assertThat(result.explanations()).isEqualTo(2);
  }

  @Test
  void a_cycle_has_as_many_explanations_as_it_has_smallest_covers() {
    LandmarkAudit.Result result = explain("a-b", "b-c", "c-d", "d-a");
    assertThat(result.ties()).hasSize(1);
    assertThat(result.ties().getFirst().alternatives())
        .extracting(LandmarkAuditTest::joined)
        .containsExactly("a c", "b d");
    assertThat(result.explanations()).isEqualTo(2);
    assertThat(explain("a-b", "b-c", "c-a").explanations()).isEqualTo(3);
  }

  @Test
  void suspects_and_ties_are_those_that_trying_every_set_finds() {
    for (int i = 0; i < Counts.of(400); i++) {
      int size = 2 + random.nextInt(8);
      double density = random.nextDouble(0.1, 0.9);
      List<ImpossiblePair> pairs = new ArrayList<>();
      for (int a = 0; a < size; a++) {
        for (int b = a + 1; b < size; b++) {
          if (random.nextDouble() < density) {
            pairs.add(pair("n" + a, "n" + b));
          }
        }
      }
      Collections.shuffle(pairs, new Random(random.nextLong()));
      check(pairs);
    }
  }

  private static void check(List<ImpossiblePair> pairs) {
    List<Set<LandmarkId>> covers = smallestCovers(pairs);
    Set<LandmarkId> inAll = new TreeSet<>(covers.getFirst());
    Set<LandmarkId> inSome = new TreeSet<>();
    for (Set<LandmarkId> cover : covers) {
      inAll.retainAll(cover);
      inSome.addAll(cover);
    }
    LandmarkAudit.Result result = LandmarkAudit.explain(pairs, Speed.IN_FIBRE, 99);
    assertThat(result.proven()).isTrue();
    assertThat(result.pairsChecked()).isEqualTo(99);
    assertThat(result.smallestSet()).isEqualTo(covers.getFirst().size());
    assertThat(result.explanations()).isEqualTo(covers.size());
    assertThat(result.suspects())
        .extracting(Suspect::landmark)
        .containsExactlyInAnyOrderElementsOf(inAll);
    assertThat(result.doubted()).isEqualTo(inSome);
    Set<Set<LandmarkId>> combined = new java.util.HashSet<>(Set.of(inAll));
    for (Tie tie : result.ties()) {
      assertThat(tie.landmarks()).isSorted();
      Set<Set<LandmarkId>> longer = new java.util.HashSet<>();
      for (Set<LandmarkId> begun : combined) {
        for (List<LandmarkId> alternative : tie.alternatives()) {
          Set<LandmarkId> all = new TreeSet<>(begun);
          all.addAll(alternative);
          longer.add(all);
        }
      }
      combined = longer;
    }
    // At most 16 alternatives of a tie are shown.
    if (result.ties().stream().allMatch(tie -> tie.alternatives().size() < 16)) {
      assertThat(combined).containsExactlyInAnyOrderElementsOf(covers);
    }
  }

  @Test
  void many_separate_ties_have_a_number_of_explanations_that_is_not_negative() {
    List<ImpossiblePair> pairs = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      pairs.add(pair("a" + i, "b" + i));
    }
    LandmarkAudit.Result result = LandmarkAudit.explain(pairs, Speed.IN_FIBRE, 70);
    assertThat(result.ties()).hasSize(70);
    assertThat(result.explanations()).isGreaterThan(1L << 60);
  }

  @Test
  void the_lesser_delay_of_both_directions_counts_and_order_does_not_matter() {
    Map<LandmarkId, Landmark> landmarks =
        Worlds.byId(Landmark.of("a", 0, 0), Landmark.of("b", 0, 10), Landmark.of("c", 0, 20));
    // a and b are 1,113 km apart: 11.13 ms at 200 km/ms.
    List<Measurement> rows =
        new ArrayList<>(List.of(row("a", "b", 30), row("b", "a", 11), row("b", "c", 11.2)));
    List<ImpossiblePair> pairs = LandmarkAudit.impossiblePairs(landmarks, rows, Speed.IN_FIBRE);
    assertThat(pairs).hasSize(1);
    assertThat(pairs.getFirst().first().value()).isEqualTo("a");
    assertThat(pairs.getFirst().second().value()).isEqualTo("b");
    assertThat(pairs.getFirst().roundTrip()).isEqualTo(Delay.ofMillis(11));
    assertThat(pairs.getFirst().limitKm()).isBetween(1_100.0, 1_100.0001);
    assertThat(LandmarkAudit.impossiblePairs(landmarks, rows.reversed(), Speed.IN_FIBRE))
        .isEqualTo(pairs);
    assertThat(LandmarkAudit.impossiblePairs(landmarks, rows, Speed.OF_LIGHT)).isEmpty();
  }

  @Test
  void uncertainty_of_either_end_is_allowed_for() {
    Landmark a = Landmark.of("a", 0, 0);
    Landmark vague =
        new Landmark(
            new LandmarkId("b"),
            new Position(0, 10),
            new OperatorId("b"),
            Distance.ofKilometres(20));
    List<Measurement> rows = List.of(row("a", "b", 11));
    assertThat(LandmarkAudit.impossiblePairs(Worlds.byId(a, vague), rows, Speed.IN_FIBRE))
        .isEmpty();
  }

  @Test
  void targets_that_are_no_landmarks_and_a_landmark_itself_are_ignored() {
    Map<LandmarkId, Landmark> landmarks =
        Worlds.byId(Landmark.of("a", 0, 0), Landmark.of("b", 0, 50));
    LandmarkAudit.Result result =
        LandmarkAudit.audit(
            landmarks,
            List.of(row("a", "a", 0), row("a", "stranger", 0.1), row("stranger", "b", 0.1)),
            Speed.IN_FIBRE);
    assertThat(result.pairsChecked()).isZero();
    assertThat(result.pairs()).isEmpty();
  }

  @Test
  void honest_landmarks_are_never_suspected_at_the_speed_of_light() {
    Worlds worlds = new Worlds(14);
    for (int i = 0; i < Counts.of(50); i++) {
      Map<LandmarkId, Landmark> landmarks = new HashMap<>();
      for (int j = 0; j < 8; j++) {
        Position at = worlds.truth();
        Landmark landmark = Landmark.of("L" + j, at.latitude(), at.longitude());
        landmarks.put(landmark.id(), landmark);
      }
      List<Measurement> rows = new ArrayList<>();
      for (Landmark from : landmarks.values()) {
        for (Landmark to : landmarks.values()) {
          double least = Worlds.delayOver(Ellipsoid.geodesic(from.position(), to.position()));
          rows.add(row(from.id().value(), to.id().value(), least));
        }
      }
      assertThat(LandmarkAudit.audit(landmarks, rows, Speed.OF_LIGHT).pairs()).isEmpty();
    }
  }

  @Test
  void in_the_mesh_of_europe_two_must_be_wrong_and_one_of_each_of_three_pairs() {
    SharedMesh mesh = SharedMesh.europe();
    LandmarkAudit.Result result =
        LandmarkAudit.audit(mesh.landmarks(), mesh.measurements(), Speed.IN_FIBRE);
    assertThat(result.suspects())
        .extracting(suspect -> suspect.landmark().value())
        .containsExactly("6877", "6513");
    assertThat(result.ties())
        .extracting(tie -> names(tie.landmarks()))
        .containsExactly(List.of("6414", "6844"), List.of("6446", "7254"), List.of("6655", "7003"));
    assertThat(result.smallestSet()).isEqualTo(5);
    assertThat(result.explanations()).isEqualTo(8);
    // Sixteen rows, two for each pair.
    assertThat(result.pairs()).hasSize(8);
    assertThat(result.proven()).isTrue();
  }

  @Test
  void in_the_mesh_of_the_united_states_two_must_be_wrong_and_explain_everything() {
    SharedMesh mesh = SharedMesh.unitedStates();
    LandmarkAudit.Result result =
        LandmarkAudit.audit(mesh.landmarks(), mesh.measurements(), Speed.IN_FIBRE);
    assertThat(result.suspects())
        .extracting(suspect -> suspect.landmark().value())
        .containsExactly("6782", "6831");
    assertThat(result.ties()).isEmpty();
    assertThat(result.explanations()).isEqualTo(1);
    assertThat(result.proven()).isTrue();
  }

  private static List<Set<LandmarkId>> smallestCovers(List<ImpossiblePair> pairs) {
    Set<LandmarkId> named = new TreeSet<>();
    pairs.forEach(pair -> named.addAll(List.of(pair.first(), pair.second())));
    List<LandmarkId> ids = List.copyOf(named);
    List<Set<LandmarkId>> smallest = new ArrayList<>();
    int least = Integer.MAX_VALUE;
    for (int set = 0; set < 1 << ids.size(); set++) {
      if (Integer.bitCount(set) <= least) {
        Set<LandmarkId> tried = new TreeSet<>();
        for (int i = 0; i < ids.size(); i++) {
          if ((set >> i & 1) == 1) {
            tried.add(ids.get(i));
          }
        }
        if (pairs.stream()
            .allMatch(pair -> tried.contains(pair.first()) || tried.contains(pair.second()))) {
          if (tried.size() < least) {
            smallest.clear();
            least = tried.size();
          }
          smallest.add(tried);
        }
      }
    }
    return smallest;
  }

  private static LandmarkAudit.Result explain(String... pairs) {
    List<ImpossiblePair> impossible = new ArrayList<>();
    for (String each : pairs) {
      int dash = each.indexOf('-');
      impossible.add(pair(each.substring(0, dash), each.substring(dash + 1)));
    }
    return LandmarkAudit.explain(impossible, Speed.IN_FIBRE, pairs.length);
  }

  private static ImpossiblePair pair(String a, String b) {
    return new ImpossiblePair(new LandmarkId(a), new LandmarkId(b), Delay.ofMillis(1), 200, 100);
  }

  private static Measurement row(String from, String to, double milliseconds) {
    return new Measurement(
        new LandmarkId(from), new TargetId(to), Delay.ofMillis(milliseconds), null);
  }

  private static List<String> names(Iterable<LandmarkId> ids) {
    List<String> names = new ArrayList<>();
    ids.forEach(id -> names.add(id.value()));
    return names;
  }

  private static String joined(List<LandmarkId> ids) {
    return String.join(" ", names(ids));
  }
}
