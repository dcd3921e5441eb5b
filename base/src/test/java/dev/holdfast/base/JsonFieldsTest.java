package dev.holdfast.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class JsonFieldsTest {
  private static JsonFields of(String json) {
    return JsonFields.read(json.getBytes(UTF_8), "text", 1000, ErrorCode.MALFORMED_STATEMENT);
  }

  private static void refused(String json, Consumer<JsonFields> asking, String message) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> asking.accept(of(json)))
        .withMessage("HF-4002 text: " + message);
  }

  @Test
  void fields_are_read_by_name_and_kind() {
    JsonFields fields =
        of(
            """
            {"t":"a","n":7,"d":1.5,"y":true,"o":{"x":"in"},"l":[{"i":1},{"i":2}],"s":["p","q"]}\
            """);
    assertThat(fields.text("t")).isEqualTo("a");
    assertThat(fields.whole("n", 7)).isEqualTo(7);
    assertThat(fields.number("d")).isEqualTo(1.5);
    assertThat(fields.truth("y")).isTrue();
    assertThat(fields.fields("o").text("x")).isEqualTo("in");
    assertThat(fields.items("l", 2)).extracting(item -> item.whole("i")).containsExactly(1L, 2L);
    assertThat(fields.texts("s", 2)).containsExactly("p", "q");
    fields.requireNothingElse();
  }

  @Test
  void a_field_that_is_null_is_told_from_one_that_is_not_there() {
    JsonFields fields = of("{\"a\":null,\"b\":{\"x\":\"in\"}}");
    assertThat(fields.isNull("a")).isTrue();
    assertThat(fields.isNull("b")).isFalse();
    assertThat(fields.isNull("c")).isFalse();
    assertThat(fields.inside("a")).isEmpty();
    assertThat(fields.inside("c")).isEmpty();
    assertThat(fields.inside("b").orElseThrow().text("x")).isEqualTo("in");
    fields.requireNothingElse();
  }

  @Test
  void a_refusal_names_the_field_by_its_path() {
    refused("[]", fields -> {}, "it is not a JSON object");
    refused("{}", fields -> fields.text("t"), "/t: the field is missing");
    refused("{\"t\":1}", fields -> fields.text("t"), "/t: it is not a text");
    refused("{\"o\":{}}", fields -> fields.fields("o").truth("y"), "/o/y: the field is missing");
    refused("{\"y\":0}", fields -> fields.truth("y"), "/y: it is not true or false");
    refused("{\"d\":\"1\"}", fields -> fields.number("d"), "/d: it is not a number");
    refused("{\"n\":8}", fields -> fields.whole("n", 7), "/n: it is greater than 7");
    refused("{\"l\":[1]}", fields -> fields.items("l", 3), "/l/0: it is not a JSON object");
    refused("{\"s\":[1]}", fields -> fields.texts("s", 3), "/s/0: it is not a text");
    refused("{\"s\":{}}", fields -> fields.texts("s", 3), "/s: it is not an array");
    refused(
        "{\"s\":[\"a\",\"b\"]}",
        fields -> fields.texts("s", 1),
        "/s: it is an array of more than 1 item");
    refused("{\"l\":[]}", fields -> fields.onlyItem("l"), "/l: it is not an array of one item");
  }

  @Test
  void what_nobody_asked_for_is_refused() {
    refused(
        "{\"a\":1,\"b\":2}",
        fields -> {
          fields.whole("a");
          fields.requireNothingElse();
        },
        "it has a field of the unknown name \"b\"");
  }
}
