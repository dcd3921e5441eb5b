package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedJsonTest {
  private static final JsonLimits LIMITS = JsonLimits.ofOctets(10_000);

  private static JsonTree read(String text) {
    return read(text, LIMITS);
  }

  private static JsonTree read(String text, JsonLimits limits) {
    return BoundedJson.read(text.getBytes(StandardCharsets.UTF_8), "a.json", limits);
  }

  private static Problem refused(byte[] octets, JsonLimits limits) {
    return catchThrowableOfType(
            CodedException.class, () -> BoundedJson.read(octets, "a.json", limits))
        .problem();
  }

  private static Problem refused(String text, JsonLimits limits) {
    return refused(text.getBytes(StandardCharsets.UTF_8), limits);
  }

  private static Problem refused(String text) {
    return refused(text, LIMITS);
  }

  @Test
  void every_kind_of_value_is_read() {
    assertThat(read(" {\"b\":[1,-2.5e3,\"x\\u00e9\",true,false,null],\"a\":{}}\n"))
        .isEqualTo(
            ObjectNode.of(
                Map.of(
                    "a",
                    ObjectNode.of(Map.of()),
                    "b",
                    new ArrayNode(
                        List.of(
                            new NumberNode(1),
                            new NumberNode(-2500),
                            new TextNode("xé"),
                            new TruthNode(true),
                            new TruthNode(false),
                            new NullNode())))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1,]",
        "[,1]",
        "{\"a\":}",
        "{\"a\"}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "[1] x",
        "[1][2]",
        "1 2",
        "[01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[0x1]",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[1e]",
        "[-]",
        "tru",
        "TRUE",
        "nulll",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a\tb\"",
        "\"a\nb\"",
        "[1]/* c */",
        "# c\n[1]",
        "[1]\u0000",
        "\u0000",
        "[\u00a01]",
        "]",
        "}"
      })
  void what_is_not_json_is_refused(String text) {
    Problem problem = refused(text);
    assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    assertThat(problem.source()).isEqualTo("a.json");
    assertThat(problem.reason()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "a lone continuation, 2280 22",
    "an overlong slash, 22c0af22",
    "a surrogate as UTF-8, 22eda08022",
    "beyond the last code point, 22f490808022",
    "cut in the middle, 22e282",
    "UTF-16, fffe220061002200",
    "UTF-32, 0000002200000022"
  })
  void what_is_not_utf8_is_refused(String what, String hex) {
    Problem problem = refused(HexFormat.of().parseHex(hex.replace(" ", "")), LIMITS);
    assertThat(problem.code()).as(what).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @Test
  void a_byte_order_mark_is_refused() {
    assertThat(refused("\uFEFF{}").reason()).contains("byte order mark");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\udc00\\ud800\"",
        "{\"\\ud83d\":1}",
        "\"a\\ud83dx\""
      })
  void half_a_surrogate_pair_is_refused(String text) {
    assertThat(refused(text).code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    assertThat(refused(text).reason()).contains("surrogate pair");
  }

  @Test
  void a_whole_surrogate_pair_is_one_character() {
    assertThat(read("\"\\ud83d\\ude00\"")).isEqualTo(new TextNode("😀"));
  }

  @Test
  void a_name_that_stands_twice_is_refused_with_line_and_path() {
    Problem problem = refused("{\"a\":[0,\n{\"b\":1,\n\"\\u0062\":2}]}");
    assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem.field()).isEqualTo("/a/1/b");
    assertThat(problem.reason()).isEqualTo("the name \"b\" stands here twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "-9007199254740993",
        "9223372036854775807",
        "18446744073709551615",
        "295147905179352825857",
        "123456789012345678901234567890"
      })
  void an_integer_that_a_double_would_change_is_refused(String number) {
    assertThat(refused("[" + number + "]").reason()).contains("double");
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740991, 9007199254740991",
    "9007199254740992, 9007199254740992",
    "9007199254740994, 9007199254740994",
    "295147905179352825856, 295147905179352825856",
    "295147905179352830000, 295147905179352825856",
    "100000000000000000000, 1e20",
    "-0, 0",
    "0.1, 0.1",
    "5e-324, 4.9E-324",
    "0e-999, 0",
    "333333333.33333329, 333333333.3333333"
  })
  void a_number_is_the_nearest_double(String text, double value) {
    assertThat(read(text)).isEqualTo(new NumberNode(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e309", "-1e309", "1e-400", "0.00001e-400", "1e99999999999"})
  void a_number_out_of_the_range_of_doubles_is_refused(String number) {
    assertThat(refused("[" + number + "]").reason()).containsAnyOf("too large", "too small");
  }

  @Test
  void nesting_is_bounded() {
    assertThat(read("[".repeat(32) + "]".repeat(32))).isInstanceOf(ArrayNode.class);
    assertThat(refused("[".repeat(33) + "]".repeat(33)).code())
        .isEqualTo(ErrorCode.INPUT_TOO_LARGE);
    assertThat(refused("{\"a\":".repeat(2000)).code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE);
  }

  @Test
  void length_is_bounded() {
    JsonLimits limits = new JsonLimits(20, 4, 5, 6, 3);
    assertThat(read("[1]                 ", limits)).isInstanceOf(ArrayNode.class);
    assertThat(refused("[1]                  ", limits).reason())
        .isEqualTo("it has 21 octets, more than 20");
    assertThat(refused("[1,2,3,4]", limits).code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE);
    assertThat(refused("[1,2,3,4]", limits).reason()).isEqualTo("it has more than 3 items");
    assertThat(read("\"12345\"", limits)).isEqualTo(new TextNode("12345"));
    assertThat(refused("\"123456\"", limits).code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE);
    assertThat(refused("{\"123456\":1}", limits).code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE);
    assertThat(refused("1234567", limits).code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE);
  }

  @Test
  void a_reason_never_carries_control_characters() {
    Problem problem = refused("[\u001b]");
    assertThat(problem.sentence().chars()).noneMatch(Character::isISOControl);
    Problem path = refused("{\"\\u001b[31m\":{\"" + "x".repeat(500) + "\":x}}");
    assertThat(path.sentence().chars()).noneMatch(Character::isISOControl);
    assertThat(path.sentence().length()).isLessThan(600);
  }
}
