package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocateTextTest {
  @TempDir private Path folder = Path.of("");

  private Desk desk() {
    return new Desk(folder)
        .timedDelays(
            "tokyo,rack-7,1,2026-01-31T08:00:00Z", "singapore,rack-8,60,2026-01-31T08:00:00Z")
        .claims("rack-7,35.68,139.69,200,,CN", "rack-7,1.35,103.82,50,,", "rack-8,,,,MY,");
  }

  /** The words of the output, whatever its line breaks. */
  private static String words(Desk.Result result) {
    return result.out().replaceAll("\\s+", " ");
  }

  @Test
  void verdicts_are_sentences_with_their_reasons_and_coalitions() {
    Desk.Result result = desk().locate();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(words(result))
        .contains(
            "rack-7 delays as given, nothing signed",
            "● Proved (within 200 km of 35.68, 139.69): tokyo answered in 1.0 ms",
            "● Proved (not in CN): The bounds allow land, but none within 5 km of CN+HK+MO",
            "◆ Refuted (within 50 km of 1.35, 103.82): tokyo answered in 1.0 ms",
            "It would be wrong only if this operator lied: tokyo.",
            "○ Unproven (in MY):");
  }

  @Test
  void window_faults_region_and_assumptions_are_stated() {
    assertThat(words(desk().locate()))
        .contains(
            "window 2026-01-31 07:50:00 UTC to 2026-01-31 08:00:00 UTC",
            "tolerates 0 lying operators",
            "Region: within",
            "Assumed: the target is on land.",
            "Assumed: borders on the map are good to 5 km.",
            "CN+HK+MO counts CN, HK, MO as one destination.");
  }

  @Test
  void no_line_is_wider_than_a_terminal() {
    assertThat(desk().locate().out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void colour_is_for_terminals_that_want_it() {
    assertThat(desk().locate().out()).doesNotContain("\u001b");
    assertThat(desk().environment(Map.of("HOLDFAST_STDOUT_TERMINAL", "1")).locate().out())
        .contains("\u001b[");
    assertThat(
            desk()
                .environment(Map.of("HOLDFAST_STDOUT_TERMINAL", "1", "NO_COLOR", "1"))
                .locate()
                .out())
        .doesNotContain("\u001b");
    assertThat(desk().environment(Map.of("HOLDFAST_STDOUT_TERMINAL", "1")).locateJson().out())
        .doesNotContain("\u001b");
  }

  @Test
  void times_that_nobody_recorded_are_said_to_be_simultaneous() {
    assertThat(words(new Desk(folder).delays("tokyo,t,1").claims("t,,,,JP,").locate()))
        .contains(
            "measurements carry no time", "Measurements without a time count as simultaneous");
  }
}
