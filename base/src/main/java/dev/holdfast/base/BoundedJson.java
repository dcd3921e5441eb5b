package dev.holdfast.base;

import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * A bounded reader of one JSON text (RFC 8259) from hostile octets, as strict as I-JSON (RFC 7493).
 *
 * <p>Refused are, beside what is not JSON at all: octets after the value, a byte order mark, UTF-8
 * with errors, half surrogate pairs, a name that stands twice in an object, numbers too large or
 * too small for a double, and integers beyond 2<sup>53</sup> that a double would change. An integer
 * changes where the nearest double neither equals it nor is printed as it.
 */
public final class BoundedJson {
  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_REASON = 200;
  private static final double SAFE = 1L << 53;

  private final JsonParser parser;
  private final String source;
  private final JsonLimits limits;

  private BoundedJson(JsonParser parser, String source, JsonLimits limits) {
    this.parser = parser;
    this.source = source;
    this.limits = limits;
  }

  /**
   * Reads one JSON text.
   *
   * @param source the name of the text for messages
   * @throws CodedException with {@link ErrorCode#MALFORMED_JSON} or {@link
   *     ErrorCode#INPUT_TOO_LARGE}, the line, and as field the path of the value (a JSON Pointer,
   *     RFC 6901)
   */
  public static JsonTree read(byte[] octets, String source, JsonLimits limits) {
    if (octets.length > limits.octets()) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.INPUT_TOO_LARGE,
              "it has " + octets.length + " octets, more than " + limits.octets()));
    }
    String text = decode(octets, source);
    try (JsonParser parser = factory(limits).createParser(ObjectReadContext.empty(), text)) {
      return new BoundedJson(parser, source, limits).whole();
    }
  }

  private static String decode(byte[] octets, String source) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(octets))
              .toString();
    } catch (CharacterCodingException e) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_JSON, "it is not UTF-8 text"), e);
    }
    if (text.startsWith("\uFEFF")) {
      throw new CodedException(
          new Problem(
              ErrorCode.MALFORMED_JSON, source, 1, null, "it begins with a byte order mark"));
    }
    return text;
  }

  private static JsonFactory factory(JsonLimits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxNumberLength(limits.number())
                .maxStringLength(limits.text())
                .maxNameLength(limits.text())
                .build())
        // Names of hostile texts are not worth keeping in a table that they could fill.
        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
        .build();
  }

  private JsonTree whole() {
    try {
      if (parser.nextToken() == null) {
        throw refuse(ErrorCode.MALFORMED_JSON, "there is no value in it");
      }
      JsonTree tree = value();
      if (parser.nextToken() != null) {
        throw refuse(ErrorCode.MALFORMED_JSON, "something follows the value");
      }
      return tree;
    } catch (StreamConstraintsException e) {
      throw refuse(ErrorCode.INPUT_TOO_LARGE, e);
    } catch (JacksonException e) {
      throw refuse(ErrorCode.MALFORMED_JSON, e);
    }
  }

  /** The value whose first token the parser stands on; nesting is bounded by the parser. */
  private JsonTree value() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new TextNode(wellFormed(parser.getString()));
      case VALUE_NUMBER_INT -> integer(parser.getString());
      case VALUE_NUMBER_FLOAT -> new NumberNode(nearest(parser.getString()));
      case VALUE_TRUE -> new TruthNode(true);
      case VALUE_FALSE -> new TruthNode(false);
      case VALUE_NULL -> new NullNode();
      default -> throw refuse(ErrorCode.MALFORMED_JSON, "a value is missing");
    };
  }

  private ObjectNode object() {
    Map<String, JsonTree> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = wellFormed(parser.currentName());
      requireRoom(members.size(), "members");
      if (members.containsKey(name)) {
        throw refuse(
            ErrorCode.MALFORMED_JSON, "the name " + Problem.quote(name) + " stands here twice");
      }
      parser.nextToken();
      members.put(name, value());
    }
    return ObjectNode.of(members);
  }

  private ArrayNode array() {
    List<JsonTree> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      requireRoom(items.size(), "items");
      items.add(value());
    }
    return new ArrayNode(items);
  }

  private void requireRoom(int size, String what) {
    if (size >= limits.members()) {
      throw refuse(ErrorCode.INPUT_TOO_LARGE, "it has more than " + limits.members() + " " + what);
    }
  }

  private String wellFormed(String text) {
    if (!JsonTree.isWellFormed(text)) {
      throw refuse(ErrorCode.MALFORMED_JSON, Problem.quote(text) + " holds half a surrogate pair");
    }
    return text;
  }

  private NumberNode integer(String text) {
    double nearest = nearest(text);
    if (Math.abs(nearest) >= SAFE) {
      BigDecimal exact = new BigDecimal(text);
      if (exact.compareTo(new BigDecimal(nearest)) != 0
          && exact.compareTo(new BigDecimal(Double.toString(nearest))) != 0) {
        throw refuse(
            ErrorCode.MALFORMED_JSON,
            "the integer " + Problem.quote(text) + " is not one that a double holds");
      }
    }
    return new NumberNode(nearest);
  }

  private double nearest(String text) {
    double nearest = Double.parseDouble(text);
    if (Double.isInfinite(nearest)) {
      throw refuse(ErrorCode.MALFORMED_JSON, "the number " + Problem.quote(text) + " is too large");
    }
    if (nearest == 0 && !isZero(text)) {
      throw refuse(ErrorCode.MALFORMED_JSON, "the number " + Problem.quote(text) + " is too small");
    }
    return nearest;
  }

  /** Whether the digits before the exponent are all zero. */
  private static boolean isZero(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == 'e' || c == 'E') {
        return true;
      }
      if (c >= '1' && c <= '9') {
        return false;
      }
    }
    return true;
  }

  private CodedException refuse(ErrorCode code, String reason) {
    return new CodedException(
        new Problem(code, source, line(parser.currentTokenLocation()), path(), reason));
  }

  private CodedException refuse(ErrorCode code, JacksonException cause) {
    String message = String.valueOf(cause.getOriginalMessage());
    String reason = Problem.printable(shortened(message, LONGEST_REASON));
    TokenStreamLocation place = cause.getLocation();
    long line = line(place == null ? parser.currentLocation() : place);
    return new CodedException(new Problem(code, source, line, path(), reason), cause);
  }

  private static long line(TokenStreamLocation place) {
    return Math.max(0, place.getLineNr());
  }

  private @Nullable String path() {
    String path = parser.streamReadContext().pathAsPointer().toString();
    return path.isEmpty() ? null : shortened(path, LONGEST_PATH);
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }
}
