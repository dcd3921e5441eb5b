package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaimValueTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | 103.75 | 25 | 1.5,103.75,25",
        "-33.90 | -151.2000 | 0.5 | -33.9,-151.2,0.5",
        "0 | 180 | 20004 | 0,180,20004",
        "1e-7 | -1e-5 | 100 | 0.0000001,-0.00001,100"
      })
  void a_place_is_written_in_plain_decimals(
      double latitude, double longitude, double kilometres, String text) {
    Claim claim =
        new Claim.Within(new Position(latitude, longitude), Distance.ofKilometres(kilometres));
    assertThat(ReportJson.value(claim)).isEqualTo(text);
  }

  @Test
  void a_country_is_written_as_asked() {
    assertThat(ReportJson.value(new Claim.Inside("MY"))).isEqualTo("MY");
    assertThat(ReportJson.value(new Claim.Outside("CN+HK+MO"))).isEqualTo("CN+HK+MO");
  }
}
