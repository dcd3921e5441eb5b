package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalJsonTest {
  private static String canonical(JsonTree tree) {
    return new String(CanonicalJson.octets(tree), StandardCharsets.UTF_8);
  }

  private static String canonical(String json) {
    byte[] octets = json.getBytes(StandardCharsets.UTF_8);
    return canonical(BoundedJson.read(octets, "test", JsonLimits.ofOctets(100_000)));
  }

  /** The samples of RFC 8785 appendix B. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void the_numbers_of_rfc8785_appendix_b_come_out_and_read_back(String bits, String printed) {
    NumberNode number =
        new NumberNode(Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(bits)));
    assertThat(canonical(number)).isEqualTo(printed);
    assertThat(
            BoundedJson.read(printed.getBytes(StandardCharsets.UTF_8), "", JsonLimits.ofOctets(99)))
        .isEqualTo(number);
  }

  /** RFC 8785 sections 3.2.2 to 3.2.4. */
  @Test
  void the_example_of_rfc8785_comes_out() {
    String input =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;
    assertThat(canonical(input))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** RFC 8785 section 3.2.3. */
  @Test
  void names_are_sorted_as_in_rfc8785() {
    String input =
        """
        {
          "\\u20ac": "Euro Sign",
          "\\r": "Carriage Return",
          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\\ud83d\\ude00": "Emoji: Grinning Face",
          "\\u0080": "Control",
          "\\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """;
    assertThat(canonical(input))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void only_what_must_be_escaped_is_escaped() {
    assertThat(canonical("\"\\b\\t\\n\\f\\r\\u0000\\u001f\\u007f\\u2028\\/\\u003c\""))
        .isEqualTo("\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028/<\"");
  }

  @Test
  void empty_things_are_printed_short() {
    assertThat(canonical(" { \"a\" : [ ] , \"b\" : { } } ")).isEqualTo("{\"a\":[],\"b\":{}}");
  }

  @Test
  void the_librarys_own_printer_agrees_on_random_trees() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < Samples.count(2_000); i++) {
      JsonTree tree = Samples.randomObject(random, 5);
      String canonical = canonical(tree);
      assertThat(new JsonCanonicalizer(canonical).getEncodedString()).isEqualTo(canonical);
      assertThat(canonical(canonical)).isEqualTo(canonical);
      assertThat(
              BoundedJson.read(
                  canonical.getBytes(StandardCharsets.UTF_8), "", JsonLimits.ofOctets(1_000_000)))
          .isEqualTo(tree);
    }
  }

  @Test
  void the_platforms_printer_agrees_on_the_value_of_random_numbers() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < Samples.count(50_000); i++) {
      double number = Samples.randomNumber(random);
      String printed = canonical(new NumberNode(number));
      assertThat(Double.parseDouble(printed)).isEqualTo(number + 0.0);
      // Java prints two digits where one is enough, which matters to the least numbers only.
      if (Math.abs(number) > 1e-320) {
        assertThat(new BigDecimal(printed)).isEqualByComparingTo(new BigDecimal(number + ""));
      }
    }
  }

  @Test
  void a_tree_too_deep_is_refused_and_does_not_overflow() {
    JsonTree tree = new NumberNode(1);
    for (int i = 0; i < 32; i++) {
      tree = new ArrayNode(List.of(tree));
    }
    assertThat(canonical(tree)).hasSize(65);
    for (int i = 0; i < 100_000; i++) {
      tree = new ArrayNode(List.of(tree));
    }
    JsonTree deep = tree;
    assertThatIllegalArgumentException().isThrownBy(() -> canonical(deep));
  }

  /** Why hostile octets never reach the library's reader; should these fail, it was mended. */
  @ParameterizedTest
  @ValueSource(strings = {"[01]", "[9007199254740993]", "[\"\\ud800\"]"})
  void the_librarys_reader_takes_what_json_or_ijson_forbids(String text) throws IOException {
    assertThat(new JsonCanonicalizer(text).getEncodedString()).isNotEqualTo(text);
    assertThatThrownBy(() -> canonical(text)).hasMessageContaining("HF-1020");
  }
}
