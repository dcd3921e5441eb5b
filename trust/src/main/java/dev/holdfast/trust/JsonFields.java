package dev.holdfast.trust;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The fields of a hostile JSON object, each asked for by name and kind; others are refused. */
final class JsonFields {
  private final ObjectNode object;
  private final String path;
  private final String source;
  private final ErrorCode code;
  private final Set<String> asked = new HashSet<>();

  private JsonFields(ObjectNode object, String path, String source, ErrorCode code) {
    this.object = object;
    this.path = path;
    this.source = source;
    this.code = code;
  }

  /**
   * Reads an object.
   *
   * @param longest the most octets
   * @param code what a wrong field is refused with
   */
  static JsonFields read(byte[] octets, String source, int longest, ErrorCode code) {
    JsonTree tree = BoundedJson.read(octets, source, JsonLimits.ofOctets(longest));
    return new JsonFields(object(tree, "", source, code), "", source, code);
  }

  private static ObjectNode object(JsonTree tree, String path, String source, ErrorCode code) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new CodedException(
        new Problem(code, source, 0, path.isEmpty() ? null : path, "it is not a JSON object"));
  }

  boolean has(String name) {
    return object.members().containsKey(name);
  }

  String text(String name) {
    if (get(name) instanceof TextNode text) {
      return text.value();
    }
    throw refuse(name, "it is not a text");
  }

  /** A text with a meaning; the reason of a refusal is that of the constructor. */
  <T> T value(String name, Function<String, T> constructor) {
    String text = text(name);
    return made(name, () -> constructor.apply(text));
  }

  /** What a constructor makes of fields, its refusal told as that of one of them. */
  <T> T made(String name, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw refuse(name, String.valueOf(e.getMessage()));
    }
  }

  /** A whole number from 0 to 2<sup>53</sup> - 1. */
  long whole(String name) {
    if (get(name) instanceof NumberNode number
        && number.value() >= 0
        && number.value() <= Statement.LAST_SEQUENCE
        && number.value() == Math.rint(number.value())) {
      return (long) number.value();
    }
    throw refuse(name, "it is not a whole number from 0 to 2^53 - 1");
  }

  ObjectNode object(String name) {
    return object(get(name), path(name), source, code);
  }

  JsonFields fields(String name) {
    return new JsonFields(object(name), path(name), source, code);
  }

  /** The only item of an array of one object. */
  JsonFields onlyItem(String name) {
    if (get(name) instanceof ArrayNode(List<JsonTree> items) && items.size() == 1) {
      String item = path(name) + "/0";
      return new JsonFields(object(items.getFirst(), item, source, code), item, source, code);
    }
    throw refuse(name, "it is not an array of one item");
  }

  void requireNothingElse() {
    for (String name : object.members().keySet()) {
      if (!asked.contains(name)) {
        throw refuse("", "it has a field of the unknown name " + Problem.quote(name));
      }
    }
  }

  CodedException refuse(String name, String reason) {
    String place = name.isEmpty() ? path : path(name);
    return new CodedException(new Problem(code, source, 0, place.isEmpty() ? null : place, reason));
  }

  private JsonTree get(String name) {
    asked.add(name);
    return object.get(name).orElseThrow(() -> refuse(name, "the field is missing"));
  }

  private String path(String name) {
    return path + "/" + name;
  }
}
