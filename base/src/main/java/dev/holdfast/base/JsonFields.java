package dev.holdfast.base;

import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The fields of a hostile JSON object, each asked for by name and kind; others are refused. Every
 * refusal is a {@link CodedException} that names the field by its path (RFC 6901).
 */
public final class JsonFields {
  /** The greatest whole number that is read: 2<sup>53</sup> - 1. */
  public static final long LARGEST = (1L << 53) - 1;

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
   * @param source the name of the text for messages
   * @param longest the most octets
   * @param code what a wrong field is refused with
   */
  public static JsonFields read(byte[] octets, String source, int longest, ErrorCode code) {
    return read(octets, source, JsonLimits.ofOctets(longest), code);
  }

  /** The same within limits of one's own. */
  public static JsonFields read(byte[] octets, String source, JsonLimits limits, ErrorCode code) {
    JsonTree tree = BoundedJson.read(octets, source, limits);
    return new JsonFields(object(tree, "", source, code), "", source, code);
  }

  /** The fields of an object that was read already. */
  public static JsonFields of(ObjectNode object, String source, ErrorCode code) {
    return new JsonFields(object, "", source, code);
  }

  private static ObjectNode object(JsonTree tree, String path, String source, ErrorCode code) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new CodedException(
        new Problem(code, source, 0, path.isEmpty() ? null : path, "it is not a JSON object"));
  }

  /** Whether there is such a field. */
  public boolean has(String name) {
    return object.members().containsKey(name);
  }

  /** Whether there is such a field and it is null. */
  public boolean isNull(String name) {
    asked.add(name);
    return object.get(name).filter(NullNode.class::isInstance).isPresent();
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

  /** A whole number from 0 to {@link #LARGEST}. */
  public long whole(String name) {
    if (get(name) instanceof NumberNode number
        && number.value() >= 0
        && number.value() <= LARGEST
        && number.value() == Math.rint(number.value())) {
      return (long) number.value();
    }
    throw refuse(name, "it is not a whole number from 0 to 2^53 - 1");
  }

  /** A whole number from 0 to a limit. */
  public int whole(String name, int most) {
    long number = whole(name);
    if (number > most) {
      throw refuse(name, "it is greater than " + most);
    }
    return (int) number;
  }

  /** Any finite number. */
  public double number(String name) {
    if (get(name) instanceof NumberNode number) {
      return number.value();
    }
    throw refuse(name, "it is not a number");
  }

  /** True or false. */
  public boolean truth(String name) {
    if (get(name) instanceof TruthNode truth) {
      return truth.value();
    }
    throw refuse(name, "it is not true or false");
  }

  /** An object as it is. */
  public ObjectNode object(String name) {
    return object(get(name), path(name), source, code);
  }

  /** The fields of an object inside. */
  public JsonFields fields(String name) {
    return new JsonFields(object(name), path(name), source, code);
  }

  /** The fields of an object inside, where it is there and not null. */
  public Optional<JsonFields> inside(String name) {
    return !has(name) || isNull(name) ? Optional.empty() : Optional.of(fields(name));
  }

  /** The names of all fields, whatever they are. */
  public Set<String> names() {
    return object.members().keySet();
  }

  /** The items of an array of objects, at most so many. */
  public List<JsonFields> items(String name, int most) {
    List<JsonTree> items = array(name, most);
    List<JsonFields> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String item = path(name) + "/" + i;
      all.add(new JsonFields(object(items.get(i), item, source, code), item, source, code));
    }
    return all;
  }

  /** The texts of an array, at most so many. */
  public List<String> texts(String name, int most) {
    List<String> all = new ArrayList<>();
    for (JsonTree item : array(name, most)) {
      if (!(item instanceof TextNode text)) {
        throw refuse(name + "/" + all.size(), "it is not a text");
      }
      all.add(text.value());
    }
    return all;
  }

  /** The only item of an array of one object. */
  public JsonFields onlyItem(String name) {
    List<JsonFields> items = items(name, 1);
    if (items.isEmpty()) {
      throw refuse(name, "it is not an array of one item");
    }
    return items.getFirst();
  }

  private List<JsonTree> array(String name, int most) {
    if (!(get(name) instanceof ArrayNode(List<JsonTree> items))) {
      throw refuse(name, "it is not an array");
    }
    if (items.size() > most) {
      throw refuse(name, "it is an array of more than " + most + (most == 1 ? " item" : " items"));
    }
    return items;
  }

  /** Refuses fields that nobody asked for. */
  public void requireNothingElse() {
    for (String name : object.members().keySet()) {
      if (!asked.contains(name)) {
        throw refuse("", "it has a field of the unknown name " + Problem.quote(name));
      }
    }
  }

  /** The refusal of a field, or of the object where the name is empty; to be thrown. */
  public CodedException refuse(String name, String reason) {
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
