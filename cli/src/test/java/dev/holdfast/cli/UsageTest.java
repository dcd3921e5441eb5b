package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {
  @TempDir private Path folder = Path.of("");

  private void refused(Desk.Result result, String named) {
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("HF-2001 ").contains(named, "--help");
  }

  @Test
  void no_command_is_a_usage_error() {
    refused(new Desk(folder).run(), "command");
    refused(new Desk(folder).run("landmarks"), "audit");
  }

  @Test
  void an_unknown_command_is_named() {
    refused(new Desk(folder).run("locat"), "locat");
  }

  @Test
  void an_unknown_option_is_named() {
    refused(new Desk(folder).run("locate", "--landmark-file", "x"), "--landmark-file");
    refused(new Desk(folder).run("--nonsense"), "--nonsense");
  }

  @Test
  void a_missing_option_is_named() {
    refused(new Desk(folder).run("locate"), "--landmarks");
    refused(new Desk(folder).run("locate", "--landmarks", "x"), "--delays");
    refused(new Desk(folder).run("landmarks", "audit", "--delays", "x"), "--landmarks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-200", "400", "299.8", "NaN", "fast", "Infinity"})
  void a_slower_speed_that_is_none_is_refused(String speed) {
    refused(new Desk(folder).delays("tokyo,t,1").locate("--also-speed=" + speed), "--also-speed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "many", "99999999999"})
  void a_number_of_faults_that_is_none_is_refused(String faults) {
    refused(
        new Desk(folder).delays("tokyo,t,1").locate("--tolerate-faults=" + faults),
        "--tolerate-faults");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0m", "10", "-5m", "10M", "1.5h", "PT10M", "m", "", "99999999999s"})
  void a_window_that_is_none_is_refused(String window) {
    refused(new Desk(folder).delays("tokyo,t,1").locate("--window=" + window), "--window");
  }

  @Test
  void an_unknown_form_or_language_is_refused() {
    refused(new Desk(folder).delays("tokyo,t,1").locate("--output", "xml"), "--output");
    refused(new Desk(folder).delays("tokyo,t,1").locate("--language", "de"), "--language");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "300", "NaN", "light", "C", "200d", "0x10p0"})
  void an_audit_speed_that_is_none_is_refused(String speed) {
    refused(new Desk(folder).delays("tokyo,osaka,9").audit("--speed=" + speed), "--speed");
  }
}
