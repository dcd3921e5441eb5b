package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever octets a configuration has: settings, or a coded error that a terminal can show. */
final class SettingsFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void anyOctetsGiveSettingsThatPrintAsThemselvesOrACodedError(byte[] octets) {
    check(octets, LandmarkSettings::of);
    check(octets, AgentSettings::of);
  }

  @Test
  void nestingOfAnyDepthIsRefused() {
    for (String deep : new String[] {"[", "{", "a: [", "- ", "? ", "- [", "{a: "}) {
      byte[] octets = deep.repeat((1 << 20) / deep.length()).getBytes(UTF_8);
      check(octets, LandmarkSettings::of);
    }
  }

  private static <T extends DaemonSettings> void check(
      byte[] octets, Function<ConfigurationFile, T> meaning) {
    T settings;
    try {
      settings = meaning.apply(ConfigurationFile.parse(octets, "fuzz"));
    } catch (CodedException e) {
      assertThat(e.problem().code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
      assertThat(Problem.printable(e.problem().sentence())).isEqualTo(e.problem().sentence());
      assertThat(e.problem().reason()).hasSizeLessThan(1000);
      return;
    }
    assertThat(meaning.apply(ConfigurationFile.parse(settings.print(), "again")))
        .isEqualTo(settings);
  }
}
