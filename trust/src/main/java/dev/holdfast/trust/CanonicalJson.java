package dev.holdfast.trust;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.erdtman.jcs.NumberToJSON;

/**
 * The canonical octets of a JSON value (RFC 8785).
 *
 * <p>Numbers, the hard part, are printed by the canonicalization library. Its parser is not used:
 * it takes leading zeros, changes integers beyond 2<sup>53</sup> and half surrogate pairs without a
 * word, and recurses as deep as the input. Hostile octets meet {@link
 * dev.holdfast.base.BoundedJson} instead, and only a sound tree of bounded depth is printed here.
 * Tests hold this printer against the library's own.
 */
public final class CanonicalJson {
  private static final HexFormat HEX = HexFormat.of();

  /** Up to here every whole number is one double, and its digits need no library. */
  private static final long LARGEST_WHOLE = 1L << 53;

  private CanonicalJson() {}

  /**
   * The canonical octets.
   *
   * @throws IllegalArgumentException where it is nested deeper than {@value JsonTree#DEEPEST}
   */
  public static byte[] octets(JsonTree tree) {
    if (!JsonTree.isWithinDepth(tree, JsonTree.DEEPEST)) {
      throw new IllegalArgumentException(
          "JSON is nested deeper than " + JsonTree.DEEPEST + " levels");
    }
    StringBuilder text = new StringBuilder();
    print(tree, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void print(JsonTree tree, StringBuilder text) {
    switch (tree) {
      case ObjectNode object -> {
        char before = '{';
        for (Map.Entry<String, JsonTree> member : object.members().entrySet()) {
          text.append(before);
          print(member.getKey(), text);
          text.append(':');
          print(member.getValue(), text);
          before = ',';
        }
        text.append(before == '{' ? "{}" : "}");
      }
      case ArrayNode array -> {
        char before = '[';
        for (JsonTree item : array.items()) {
          text.append(before);
          print(item, text);
          before = ',';
        }
        text.append(before == '[' ? "[]" : "]");
      }
      case TextNode value -> print(value.value(), text);
      case NumberNode number -> text.append(number(number.value()));
      case TruthNode truth -> text.append(truth.value());
      case NullNode none -> text.append("null");
    }
  }

  private static String number(double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(whole) <= LARGEST_WHOLE) {
      return Long.toString(whole);
    }
    try {
      return NumberToJSON.serializeNumber(value);
    } catch (IOException e) {
      throw new IllegalStateException("a number of a tree is finite", e);
    }
  }

  /** RFC 8785 section 3.2.2.2. */
  private static void print(String value, StringBuilder text) {
    text.append('"');
    // What needs no escape, nearly everything, goes in whole stretches.
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\') {
        continue;
      }
      text.append(value, from, i);
      from = i + 1;
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> text.append("\\u").append(HEX.toHexDigits(c));
      }
    }
    text.append(value, from, value.length());
    text.append('"');
  }
}
