package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTreeTest {
  @Test
  void names_are_sorted_by_code_units_and_their_order_means_nothing() {
    ObjectNode object = ObjectNode.of(Map.of("\ufb33", new TextNode("b"), "😀", new TextNode("a")));
    assertThat(object.members().keySet()).containsExactly("😀", "\ufb33");
    assertThat(object)
        .isEqualTo(ObjectNode.of(Map.of("😀", new TextNode("a"), "\ufb33", new TextNode("b"))));
  }

  @Test
  void nobody_changes_a_tree_from_outside() {
    Map<String, JsonTree> members = new HashMap<>(Map.of("a", new TextNode("1")));
    ObjectNode object = ObjectNode.of(members);
    members.clear();
    assertThat(object.get("a")).contains(new TextNode("1"));
    assertThat(object.get("b")).isEmpty();
  }

  @Test
  void what_json_cannot_say_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NumberNode(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new NumberNode(Double.NEGATIVE_INFINITY));
    assertThatIllegalArgumentException().isThrownBy(() -> new TextNode("\ud800"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectNode.of(Map.of("\udc00", new TextNode(""))));
  }

  @Test
  void minus_zero_is_zero() {
    assertThat(new NumberNode(-0.0)).isEqualTo(new NumberNode(0));
  }

  @Test
  void depth_is_told_without_walking_deeper() {
    JsonTree tree = new TextNode("a");
    assertThat(JsonTree.isWithinDepth(tree, 0)).isTrue();
    for (int i = 0; i < 100_000; i++) {
      tree = new ArrayNode(List.of(tree));
    }
    assertThat(JsonTree.isWithinDepth(tree, 32)).isFalse();
    JsonTree three = ObjectNode.of(Map.of("a", new ArrayNode(List.of(ObjectNode.of(Map.of())))));
    assertThat(JsonTree.isWithinDepth(three, 3)).isTrue();
    assertThat(JsonTree.isWithinDepth(three, 2)).isFalse();
  }
}
