package dev.holdfast.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML text, which JSON is too, as a tree whose scalars are all texts, as they are written. There
 * are no aliases, and nothing is nested deeper than {@value #DEEPEST} levels.
 */
public final class YamlTree {
  private static final int DEEPEST = 8;

  private final Iterator<Event> events;
  private final String source;
  private final ErrorCode code;

  private YamlTree(Iterator<Event> events, String source, ErrorCode code) {
    this.events = events;
    this.source = source;
    this.code = code;
  }

  /**
   * Reads one document.
   *
   * @param longest the most code points
   * @param code what a wrong text is refused with
   * @throws CodedException of that code, with the line
   */
  public static ObjectNode read(byte[] octets, int longest, String source, ErrorCode code) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(source).setCodePointLimit(longest).build();
    try {
      YamlTree tree =
          new YamlTree(
              new Parse(settings).parseString(new String(octets, UTF_8)).iterator(), source, code);
      return tree.document();
    } catch (YamlEngineException | IndexOutOfBoundsException e) {
      throw new CodedException(
          Problem.in(source, code, "it is not YAML: " + Problem.printable(firstLine(e))), e);
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private ObjectNode document() {
    ObjectNode root = null;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentStart, DocumentEnd -> {}
        default -> {
          if (root != null || !(value(event, DEEPEST) instanceof ObjectNode object)) {
            throw refuse(event, "it is not one document of keys with values");
          }
          root = object;
        }
      }
    }
    if (root == null) {
      throw refuse(null, "it is empty");
    }
    return root;
  }

  private JsonTree value(Event event, int depth) {
    if (depth == 0) {
      throw refuse(event, "it is nested deeper than " + DEEPEST + " levels");
    }
    return switch (event.getEventId()) {
      case Scalar -> text(event);
      case MappingStart -> mapping(depth);
      case SequenceStart -> sequence(depth);
      default -> throw refuse(event, "an alias stands for a value");
    };
  }

  private ObjectNode mapping(int depth) {
    Map<String, JsonTree> members = new TreeMap<>();
    for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
      if (key.getEventId() != Event.ID.Scalar) {
        throw refuse(key, "a key is not a single value");
      }
      String name = text(key).value();
      if (members.put(name, value(events.next(), depth - 1)) != null) {
        throw refuse(key, "the key " + Problem.quote(name) + " stands here twice");
      }
    }
    return ObjectNode.of(members);
  }

  private ArrayNode sequence(int depth) {
    List<JsonTree> items = new ArrayList<>();
    for (Event item = events.next();
        item.getEventId() != Event.ID.SequenceEnd;
        item = events.next()) {
      items.add(value(item, depth - 1));
    }
    return new ArrayNode(items);
  }

  private TextNode text(Event event) {
    String value = ((ScalarEvent) event).getValue();
    if (!JsonTree.isWellFormed(value)) {
      throw refuse(event, "a text holds half a surrogate pair");
    }
    return new TextNode(value);
  }

  private CodedException refuse(@Nullable Event event, String reason) {
    long line =
        event == null ? 0 : event.getStartMark().map(Mark::getLine).map(at -> at + 1L).orElse(0L);
    return new CodedException(new Problem(code, source, line, null, reason));
  }
}
