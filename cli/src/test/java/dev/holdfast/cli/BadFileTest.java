package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is bad as a whole touches every target, so there is no answer at all. */
final class BadFileTest {
  @TempDir private Path folder = Path.of("");

  private Desk desk() {
    return new Desk(folder).delays("tokyo,t,1").claims("t,,,,JP,");
  }

  private void refused(Desk.Result result, String file, String code) {
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(code, folder.resolve(file).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"landmarks.csv", "delays.csv", "claims.csv"})
  void an_empty_file_is_refused(String file) {
    refused(desk().octets(file, new byte[0]).locate(), file, "HF-1001");
    refused(desk().octets(file, "\n\n".getBytes(StandardCharsets.UTF_8)).locate(), file, "HF-1001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"landmarks.csv", "delays.csv", "claims.csv"})
  void utf_16_is_refused(String file) {
    refused(
        desk().octets(file, "landmark,target\n".getBytes(StandardCharsets.UTF_16)).locate(),
        file,
        "HF-1004");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "landmarks.csv | landmark,latitude,lon     | longitude",
        "landmarks.csv | latitude,longitude        | landmark",
        "delays.csv    | landmark,target,rtt       | min_rtt_ms",
        "delays.csv    | landmark,min_rtt_ms       | target",
        "claims.csv    | latitude,longitude,within_km,country | target"
      })
  void a_missing_column_is_named(String file, String header, String column) {
    Desk.Result result = desk().file(file, header, "1,2,3").locate();
    refused(result, file, "HF-1002");
    assertThat(result.err()).contains(folder.resolve(file) + ":1: " + column + ": ");
  }

  @Test
  void an_endless_first_line_is_refused() {
    refused(
        desk()
            .octets("delays.csv", "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8))
            .locate(),
        "delays.csv",
        "HF-1005");
  }

  @Test
  void headers_alone_give_nothing_and_are_no_error() {
    Desk.Result result = new Desk(folder).delays().claims().locateJson();
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void a_byte_order_mark_carriage_returns_and_another_order_of_columns_are_fine() {
    Desk desk =
        desk()
            .octets(
                "delays.csv",
                "\uFEFFmin_rtt_ms,target,landmark\r\n1,t,tokyo\r\n"
                    .getBytes(StandardCharsets.UTF_8))
            .octets(
                "landmarks.csv",
                "\uFEFFlongitude,landmark,latitude\r\n139.69,tokyo,35.68\r\n"
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(desk.locateJson().answers("t")).containsExactly("country JP PROVED");
  }
}
