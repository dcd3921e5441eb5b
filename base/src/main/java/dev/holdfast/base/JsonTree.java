package dev.holdfast.base;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON value (RFC 8259) within the bounds of I-JSON (RFC 7493), so that every reader of it sees
 * the same value.
 *
 * <p>Texts and names hold no lone surrogates, numbers are finite doubles, names of one object are
 * distinct. Values are equal where their JSON means the same; the order of names means nothing.
 */
public sealed interface JsonTree {
  /** The deepest nesting of objects and arrays that readers and writers here take. */
  int DEEPEST = 32;

  /**
   * An object.
   *
   * @param members by name, sorted by UTF-16 code units, which is the order of RFC 8785
   */
  record ObjectNode(SortedMap<String, JsonTree> members) implements JsonTree {
    public ObjectNode {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
      members.forEach((name, value) -> {
        requireWellFormed(name);
        requireNonNull(value, name);
      });
    }

    /** An object of these members. */
    public static ObjectNode of(Map<String, ? extends JsonTree> members) {
      return new ObjectNode(new TreeMap<>(members));
    }

    /** The value of a name, if the object has it. */
    public Optional<JsonTree> get(String name) {
      return Optional.ofNullable(members.get(name));
    }
  }

  /** An array. */
  record ArrayNode(List<JsonTree> items) implements JsonTree {
    public ArrayNode {
      items = List.copyOf(items);
    }
  }

  /** A string. */
  record TextNode(String value) implements JsonTree {
    public TextNode {
      requireWellFormed(value);
    }
  }

  /**
   * A number.
   *
   * @param value finite; minus zero becomes zero, since RFC 8785 writes both alike
   */
  record NumberNode(double value) implements JsonTree {
    public NumberNode {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no number " + value);
      }
      value += 0.0;
    }
  }

  /** True or false. */
  record TruthNode(boolean value) implements JsonTree {}

  /** The value null. */
  record NullNode() implements JsonTree {}

  /**
   * Whether objects and arrays are nested at most so deep; a text or number alone has depth 0.
   * Looks no deeper than that, so it is safe to ask of any tree.
   */
  static boolean isWithinDepth(JsonTree tree, int deepest) {
    return switch (tree) {
      case ObjectNode object ->
          deepest > 0
              && object.members().values().stream()
                  .allMatch(member -> isWithinDepth(member, deepest - 1));
      case ArrayNode array ->
          deepest > 0 && array.items().stream().allMatch(item -> isWithinDepth(item, deepest - 1));
      case TextNode text -> true;
      case NumberNode number -> true;
      case TruthNode truth -> true;
      case NullNode none -> true;
    };
  }

  /** Whether every surrogate of a text has its other half, so that UTF-8 can carry it. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isHighSurrogate(text.charAt(i))
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static void requireWellFormed(String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException("a JSON text holds half a surrogate pair");
    }
  }
}
