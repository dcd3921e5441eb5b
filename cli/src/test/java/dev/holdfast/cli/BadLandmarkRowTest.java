package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a landmark with a bad row measured cannot be used, so its targets have no answer. */
final class BadLandmarkRowTest {
  private static final String HEADER = "landmark,latitude,longitude,operator,uncertainty_km";

  @TempDir private Path folder = Path.of("");

  private Desk.Result locate(String... landmarkRows) {
    return new Desk(folder)
        .file("landmarks.csv", HEADER, landmarkRows)
        .delays("tokyo,good,1", "osaka,touched,1", "tokyo,touched,5")
        .locateJson();
  }

  private static void onlyTheOtherIsAnswered(Desk.Result result) {
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.targets()).containsExactly("good");
    assertThat(result.err()).contains("\"code\":\"HF-1018\"", "\"osaka\\\" has no usable row");
  }

  @Test
  void the_targets_of_bad_landmarks_have_no_answer() {
    Desk.Result result =
        new Desk(folder)
            .file(
                "landmarks.csv",
                HEADER,
                "a,91,135.5,,",
                "b,NaN,135.5,,",
                "c,34.7,180.1,,",
                "d,34.7,,,",
                "e,34.7,135.5,,-1",
                "f,34.7,135.5,,some",
                "tokyo,35.68,139.69,,")
            .delays(
                "a,ta,1",
                "b,tb,1",
                "c,tc,1",
                "d,td,1",
                "e,te,1",
                "f,tf,1",
                "tokyo,tf,1",
                "tokyo,good,1")
            .locate();
    String file = folder.resolve("landmarks.csv").toString();
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "HF-1010 " + file + ":2: latitude: ",
            "HF-1009 " + file + ":3: latitude: ",
            "HF-1010 " + file + ":4: longitude: ",
            "HF-1008 " + file + ":5: longitude: ",
            "HF-1010 " + file + ":6: uncertainty_km: ",
            "HF-1009 " + file + ":7: uncertainty_km: ");
    assertThat(result.err().lines().filter(line -> line.startsWith("HF-1018 "))).hasSize(6);
    assertThat(result.out()).startsWith("good").doesNotContainPattern("(?m)^t[a-f]");
  }

  @Test
  void rows_that_contradict_each_other_spoil_their_landmark_wherever_they_stand() {
    onlyTheOtherIsAnswered(
        locate("osaka,34.69,135.50,,", "tokyo,35.68,139.69,,", "osaka,35.69,135.50,,"));
    Desk.Result thrice =
        locate(
            "osaka,34.69,135.50,,",
            "osaka,35.69,135.50,,",
            "osaka,35.69,135.50,,",
            "tokyo,35.68,139.69,,");
    onlyTheOtherIsAnswered(thrice);
    assertThat(thrice.err()).contains("\"code\":\"HF-1015\"", "\"line\":3");
  }

  @Test
  void two_operators_or_uncertainties_of_one_landmark_contradict_each_other() {
    onlyTheOtherIsAnswered(
        locate("osaka,34.69,135.50,a,", "osaka,34.69,135.50,b,", "tokyo,35.68,139.69,,"));
    onlyTheOtherIsAnswered(
        locate("osaka,34.69,135.50,,", "osaka,34.69,135.50,,5", "tokyo,35.68,139.69,,"));
  }

  @Test
  void the_same_row_again_changes_nothing() {
    Desk.Result once = locate("osaka,34.69,135.50,,", "tokyo,35.68,139.69,,");
    Desk.Result again =
        locate(
            "osaka,34.69,135.50,,",
            "tokyo,35.68,139.69,,",
            "osaka,34.690,135.5,osaka,0",
            "osaka,34.69,135.50,,-0");
    assertThat(again.status()).isZero();
    assertThat(again.out()).isEqualTo(once.out());
  }

  @Test
  void the_uncertainty_of_a_landmark_widens_its_bound() {
    Desk.Result result = locate("tokyo,35.68,139.69,,100", "osaka,34.69,135.50,,");
    assertThat(
            result.lines().getFirst().path("bindingLandmarks").path(0).path("boundKm").asDouble())
        .isBetween(249.8, 250.0);
  }
}
