package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  private static final List<Function<String, Object>> KINDS =
      List.of(
          LandmarkId::new,
          TargetId::new,
          OperatorId::new,
          SourceId::new,
          Claim.Inside::new,
          Claim.Outside::new);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        " a",
        "a ",
        "\u3000a",
        "a\n",
        "a\u0000b",
        "a\tb",
        "a\u001b[31mb",
        "a\u007f",
        "a\u0085b",
        "a\u009bb"
      })
  void names_that_are_blank_or_hold_control_characters_are_refused(String name) {
    for (Function<String, Object> kind : KINDS) {
      assertThatIllegalArgumentException().isThrownBy(() -> kind.apply(name));
    }
  }

  @Test
  void a_name_has_at_most_two_hundred_characters() {
    for (Function<String, Object> kind : KINDS) {
      assertThat(kind.apply("x".repeat(200))).isNotNull();
      assertThatIllegalArgumentException().isThrownBy(() -> kind.apply("x".repeat(201)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "rack 7, hall b", "東京", "../../etc/passwd", "CN+HK+MO", "😀"})
  void whatever_people_call_things_is_a_name(String name) {
    assertThat(new LandmarkId(name)).hasToString(name);
    assertThat(new TargetId(name)).hasToString(name);
    assertThat(new OperatorId(name)).hasToString(name);
    assertThat(new SourceId(name)).hasToString(name);
  }

  @Test
  void names_sort_by_their_text() {
    assertThat(new LandmarkId("a")).isLessThan(new LandmarkId("b"));
    assertThat(new TargetId("B")).isLessThan(new TargetId("a"));
    assertThat(new OperatorId("a")).isEqualByComparingTo(new OperatorId("a"));
    assertThat(new SourceId("a")).isLessThan(new SourceId("b"));
  }
}
