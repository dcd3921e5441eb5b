package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultsOptionTest {
  @TempDir private Path folder = Path.of("");

  private Desk desk() {
    return new Desk(folder)
        .file(
            "landmarks.csv",
            "landmark,latitude,longitude,operator",
            "a,35.68,139.69,one",
            "b,35.60,139.70,one",
            "c,35.70,139.60,two")
        .delays("a,t,1", "b,t,1", "a,u,1", "c,u,1")
        .claims("t,35.68,139.69,300,,", "u,35.68,139.69,300,,");
  }

  @Test
  void without_faults_one_operator_proves() {
    Desk.Result result = desk().locateJson();
    assertThat(result.answers("t")).containsExactly("within 35.68,139.69,300 PROVED");
    assertThat(result.answers("u")).containsExactly("within 35.68,139.69,300 PROVED");
  }

  @Test
  void faults_are_counted_by_operator() {
    Desk.Result result = desk().locateJson("--tolerate-faults", "1");
    assertThat(result.answers("t")).containsExactly("within 35.68,139.69,300 UNPROVEN");
    assertThat(result.answers("u")).containsExactly("within 35.68,139.69,300 PROVED");
    assertThat(result.lines()).allMatch(report -> report.path("toleratedFaults").asInt() == 1);
    assertThat(
            result.lines().get(1).path("answers").path(0).path("coalition").values().stream()
                .map(Object::toString))
        .containsExactly("\"one\"", "\"two\"");
  }

  @Test
  void more_faults_than_operators_leave_everything_open() {
    Desk.Result result = desk().locateJson("--tolerate-faults", "2147483647");
    assertThat(result.status()).isZero();
    assertThat(result.answers("u")).containsExactly("within 35.68,139.69,300 UNPROVEN");
  }
}
