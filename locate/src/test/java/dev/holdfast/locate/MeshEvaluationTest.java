package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Speed;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class MeshEvaluationTest {
  private static final double LIGHT = Speed.OF_LIGHT.kilometresPerMillisecond();
  private static final double FIBRE = Speed.IN_FIBRE.kilometresPerMillisecond();
  private static final List<Speed> SPEEDS =
      List.of(Speed.OF_LIGHT, Speed.IN_FIBRE, Speed.ofKilometresPerMillisecond(153));

  @Test
  void the_mesh_of_the_united_states_is_judged_as_well_as_its_baselines() {
    SharedMesh mesh = SharedMesh.unitedStates();
    MeshEvaluation evaluation = evaluation(mesh);
    List<MeshSummary.Row> rows = judged(evaluation);
    assertThat(evaluation.targets()).hasSize(46);
    truthHolds(rows);
    assertThat(value(rows, LIGHT, MeshSummary.Targets.ALL, "contains_truth_percent"))
        .isGreaterThanOrEqualTo(95.6);
    assertThat(value(rows, FIBRE, MeshSummary.Targets.ALL, "centroid_error_median_km"))
        .isLessThanOrEqualTo(98.5);
    assertThat(value(rows, null, MeshSummary.Targets.ALL, "nearest_landmark_median_km"))
        .isBetween(55.0, 65.0);
  }

  @Test
  void the_mesh_of_europe_is_judged_as_well_as_its_baselines() {
    Assumptions.assumeTrue(Counts.thorough(), "takes long: only in the thorough run");
    MeshEvaluation evaluation = evaluation(SharedMesh.europe());
    List<MeshSummary.Row> rows = judged(evaluation);
    assertThat(evaluation.targets()).hasSize(222);
    truthHolds(rows);
    assertThat(value(rows, LIGHT, MeshSummary.Targets.ALL, "contains_truth_percent"))
        .isGreaterThanOrEqualTo(96.85);
    assertThat(value(rows, FIBRE, MeshSummary.Targets.ALL, "centroid_error_median_km"))
        .isLessThanOrEqualTo(70.0);
    assertThat(value(rows, FIBRE, MeshSummary.Targets.ALL, "false_country_rejected_percent"))
        .isGreaterThanOrEqualTo(82.5);
  }

  private static void truthHolds(List<MeshSummary.Row> rows) {
    for (double speed : new double[] {LIGHT, FIBRE}) {
      MeshSummary.Targets unsuspected = MeshSummary.Targets.UNSUSPECTED;
      assertThat(value(rows, speed, unsuspected, "contains_truth_percent")).isEqualTo(100);
      assertThat(value(rows, speed, unsuspected, "true_country_rejected_percent")).isZero();
      assertThat(value(rows, speed, unsuspected, "region_empty_percent")).isZero();
    }
  }

  private static MeshEvaluation evaluation(SharedMesh mesh) {
    return new MeshEvaluation(Maps.DEFAULT, mesh.nodes(), mesh.measurements(), SPEEDS);
  }

  private static List<MeshSummary.Row> judged(MeshEvaluation evaluation) {
    return MeshSummary.of(evaluation.targets().stream().map(evaluation::judge).toList(), SPEEDS);
  }

  private static double value(
      List<MeshSummary.Row> rows,
      @org.jspecify.annotations.Nullable Double speed,
      MeshSummary.Targets targets,
      String metric) {
    for (MeshSummary.Row row : rows) {
      Double value = row.value();
      if (row.metric().equals(metric)
          && row.targets() == targets
          && java.util.Objects.equals(row.speed(), speed)
          && value != null) {
        return value;
      }
    }
    throw new AssertionError("no row " + metric + " at " + speed + " of " + targets);
  }
}
