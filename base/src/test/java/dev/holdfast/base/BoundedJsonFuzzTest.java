package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Whatever octets come: a coded error or a tree. Normal builds run the seeds only. */
final class BoundedJsonFuzzTest {
  private static final JsonLimits LIMITS = new JsonLimits(4_000, 8, 200, 40, 50);

  @FuzzTest
  void any_octets_give_a_tree_that_reads_back_or_a_coded_error(byte[] octets) {
    JsonTree tree;
    try {
      tree = BoundedJson.read(octets, "fuzz.json", LIMITS);
    } catch (CodedException e) {
      assertThat(e.problem().code()).isIn(ErrorCode.MALFORMED_JSON, ErrorCode.INPUT_TOO_LARGE);
      assertThat(e.problem().sentence().chars()).noneMatch(Character::isISOControl);
      return;
    }
    assertThat(JsonTree.isWithinDepth(tree, LIMITS.depth())).isTrue();
    byte[] printed = print(tree).getBytes(StandardCharsets.UTF_8);
    assertThat(BoundedJson.read(printed, "printed", JsonLimits.ofOctets(printed.length)))
        .isEqualTo(tree);
  }

  private static String print(JsonTree tree) {
    return switch (tree) {
      case ObjectNode object ->
          object.members().entrySet().stream()
              .map(member -> quote(member.getKey()) + ":" + print(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case ArrayNode array ->
          array.items().stream()
              .map(BoundedJsonFuzzTest::print)
              .collect(Collectors.joining(",", "[", "]"));
      case TextNode text -> quote(text.value());
      case NumberNode number -> Double.toString(number.value());
      case TruthNode truth -> String.valueOf(truth.value());
      case NullNode none -> "null";
    };
  }

  private static String quote(String text) {
    return text.chars()
        .mapToObj(c -> String.format("\\u%04x", c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
