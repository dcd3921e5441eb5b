package dev.holdfast.base;

import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The fields of a hostile JSON object, each asked for by name and kind; others are refused. */
public final class JsonFields {
  /** The greatest whole number that every JSON reader holds: 2<sup>53</sup> - 1. */
  public static final long LARGEST_WHOLE = (1L << 53) - 1;

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

  /** The fields of an object that was read already. */
  public static JsonFields of(ObjectNode object, String source, ErrorCode code) {
    return new JsonFields(object, "", source, code);
  }

  /**
   * Reads an object.
   *
   * @param longest the most octets
   * @param code what a wrong field is refused with
   */
  public static JsonFields read(byte[] octets, String source, int longest, ErrorCode code) {
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

  /** Whether there is a field of this name; it need not be asked for then. */
  public boolean has(String name) {
    return object.members().containsKey(name);
  }

  /** A text. */
  public String text(String name) {
    if (get(name) instanceof TextNode text) {
      return text.value();
    }
    throw refuse(name, "it is not a text");
  }

  /** A text with a meaning; the reason of a refusal is that of the constructor. */
  public <T> T value(String name, Function<String, T> constructor) {
    String text = text(name);
    return made(name, () -> constructor.apply(text));
  }

  /** What a constructor makes of fields, its refusal told as that of one of them. */
  public <T> T made(String name, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw refuse(name, String.valueOf(e.getMessage()));
    }
  }

  /** A whole number from 0 to 2<sup>53</sup> - 1. */
  public long whole(String name) {
    if (get(name) instanceof NumberNode number
        && number.value() >= 0
        && number.value() <= LARGEST_WHOLE
        && number.value() == Math.rint(number.value())) {
      return (long) number.value();
    }
    throw refuse(name, "it is not a whole number from 0 to 2^53 - 1");
  }

  /** An object as it is. */
  public ObjectNode object(String name) {
    return object(get(name), path(name), source, code);
  }

  /** The fields of an object. */
  public JsonFields fields(String name) {
    return new JsonFields(object(name), path(name), source, code);
  }

  /** The only item of an array of one object. */
  public JsonFields onlyItem(String name) {
    if (get(name) instanceof ArrayNode(List<JsonTree> items) && items.size() == 1) {
      String item = path(name) + "/0";
      return new JsonFields(object(items.getFirst(), item, source, code), item, source, code);
    }
    throw refuse(name, "it is not an array of one item");
  }

  /** Refuses fields that nobody asked for. */
  public void requireNothingElse() {
    for (String name : object.members().keySet()) {
      if (!asked.contains(name)) {
        throw refuse("", "it has a field of the unknown name " + Problem.quote(name));
      }
    }
  }

  /** A refusal that names a field, or the object itself where the name is empty. */
  public CodedException refuse(String name, String reason) {
    String place = name.isEmpty() ? path : path(name);
    return new CodedException(new Problem(code, source, 0, place.isEmpty() ? null : place, reason));
  }

  /** True or false. */
  public boolean truth(String name) {
    if (get(name) instanceof TruthNode truth) {
      return truth.value();
    }
    throw refuse(name, "it is not true or false");
  }

  /** A number, whole or not. */
  public double number(String name) {
    if (get(name) instanceof NumberNode number) {
      return number.value();
    }
    throw refuse(name, "it is not a number");
  }

  /** An array of objects, at most so many. */
  public List<JsonFields> items(String name, int most) {
    List<JsonTree> nodes = array(name, most);
    return IntStream.range(0, nodes.size())
        .mapToObj(i -> {
          String item = path(name) + "/" + i;
          return new JsonFields(object(nodes.get(i), item, source, code), item, source, code);
        })
        .toList();
  }

  /** An array of texts, at most so many. */
  public List<String> texts(String name, int most) {
    return array(name, most).stream()
        .map(node -> {
          if (node instanceof TextNode text) {
            return text.value();
          }
          throw refuse(name, "it holds something else than texts");
        })
        .toList();
  }

  private List<JsonTree> array(String name, int most) {
    if (get(name) instanceof ArrayNode(List<JsonTree> nodes) && nodes.size() <= most) {
      return nodes;
    }
    throw refuse(name, "it is not an array of at most " + most + " items");
  }

  private JsonTree get(String name) {
    asked.add(name);
    return object.get(name).orElseThrow(() -> refuse(name, "the field is missing"));
  }

  private String path(String name) {
    return path + "/" + name;
  }
}
