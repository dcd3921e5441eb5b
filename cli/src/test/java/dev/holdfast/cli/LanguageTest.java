package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LanguageTest {
  @TempDir private Path folder = Path.of("");

  private Desk desk() {
    return new Desk(folder)
        .delays("tokyo,t,1")
        .claims("t,,,,JP,", "t,1.35,103.82,50,,", "t,35.68,139.69,149,,");
  }

  @Test
  void verdicts_are_said_in_chinese() {
    assertThat(desk().locate("--language", "zh").out())
        .contains("已证实", "已证伪", "未证实")
        .doesNotContain("Proved", "Refuted", "Unproven");
  }

  @Test
  void verdicts_are_said_in_japanese() {
    assertThat(desk().locate("--language", "ja").out())
        .contains("証明済み", "反証済み", "未証明")
        .doesNotContain("Proved", "Refuted", "Unproven");
  }

  @Test
  void the_language_of_the_environment_is_used_unless_another_is_asked_for() {
    assertThat(desk().environment(Map.of("LANG", "ja_JP.UTF-8")).locate().out()).contains("証明済み");
    assertThat(
            desk()
                .environment(Map.of("LANG", "ja_JP.UTF-8", "LC_ALL", "zh_CN.UTF-8"))
                .locate()
                .out())
        .contains("已证实");
    assertThat(desk().environment(Map.of("LANG", "ja_JP.UTF-8")).locate("--language", "en").out())
        .contains("Proved");
    assertThat(desk().environment(Map.of("LC_ALL", "C.UTF-8")).locate().out()).contains("Proved");
    assertThat(desk().environment(Map.of("LANG", "de_DE.UTF-8")).locate().out()).contains("Proved");
  }

  @Test
  void json_is_the_same_in_every_language() {
    String english = desk().locateJson().out();
    assertThat(english).contains("\"PROVED\"", "tokyo");
    assertThat(desk().locateJson("--language", "zh").out()).isEqualTo(english);
    assertThat(desk().locateJson("--language", "ja").out()).isEqualTo(english);
    assertThat(desk().environment(Map.of("LANG", "ja_JP.UTF-8")).locateJson().out())
        .isEqualTo(english);
  }

  @Test
  void exit_status_and_error_codes_are_the_same_in_every_language() {
    Desk.Result result = desk().delays("tokyo,t,1", "tokyo,bad,-1").locate("--language", "zh");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-1010", "min_rtt_ms");
  }
}
