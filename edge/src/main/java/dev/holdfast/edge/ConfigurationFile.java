package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping in a YAML file, its keys each asked for by name. Every refusal names the file, the line
 * and the key; a key that nobody asked for, or that stands twice, is refused too.
 *
 * <p>Values are taken as they are written; there are no aliases, so that no small text grows large.
 */
public final class ConfigurationFile {
  private static final int LARGEST = 1 << 20;
  private static final int MOST_ITEMS = 1000;
  private static final int DEEPEST = 8;
  private static final int LONGEST_REASON = 200;

  private final String source;
  private final long line;
  private final String path;
  private final Map<String, NodeTuple> members = new LinkedHashMap<>();

  private ConfigurationFile(String source, MappingNode node, String path) {
    this.source = source;
    this.line = lineOf(node);
    this.path = path;
    for (NodeTuple tuple : node.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (members.put(key, tuple) != null) {
        throw refuse(lineOf(tuple.getKeyNode()), path + key, "it stands here twice");
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, INPUT_TOO_LARGE or BAD_CONFIGURATION
   */
  public static ConfigurationFile read(Path file) {
    return parse(BoundedFiles.read(file, LARGEST), file.toString());
  }

  static ConfigurationFile parse(byte[] octets, String source) {
    return parse(new String(octets, UTF_8), source);
  }

  static ConfigurationFile parse(String text, String source) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(LARGEST)
            .build();
    try {
      requireShallow(settings, text, source);
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        return new ConfigurationFile(source, mapping, "");
      }
    } catch (MarkedYamlEngineException e) {
      throw new CodedException(
          new Problem(
              ErrorCode.BAD_CONFIGURATION,
              source,
              lineOf(e.getProblemMark()),
              null,
              "it is not YAML: " + Problem.printable(String.valueOf(e.getProblem()))),
          e);
    } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // The last two are slips of the reader over malformed escapes.
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.BAD_CONFIGURATION,
              "it is not YAML: " + Problem.printable(String.valueOf(e.getMessage()))),
          e);
    }
    throw new CodedException(
        Problem.in(source, ErrorCode.BAD_CONFIGURATION, "it holds no keys with values"));
  }

  /** Before anything is made of it, since that goes as deep into the stack as the text nests. */
  private static void requireShallow(LoadSettings settings, String text, String source) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        throw new CodedException(
            new Problem(
                ErrorCode.BAD_CONFIGURATION,
                source,
                lineOf(event.getStartMark()),
                null,
                "it is nested deeper than " + DEEPEST + " levels"));
      }
    }
  }

  private static long lineOf(Node node) {
    return lineOf(node.getStartMark());
  }

  private static long lineOf(Optional<Mark> mark) {
    return mark.map(Mark::getLine).map(line -> line + 1L).orElse(0L);
  }

  /** Why a value was refused, which may quote all of it. */
  private static String reason(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return Problem.printable(
        message.length() > LONGEST_REASON ? message.substring(0, LONGEST_REASON) + "…" : message);
  }

  private CodedException refuse(long at, String key, String reason) {
    return new CodedException(
        new Problem(ErrorCode.BAD_CONFIGURATION, source, at, key.isEmpty() ? null : key, reason));
  }

  private @Nullable Node take(String key) {
    NodeTuple tuple = members.remove(key);
    return tuple == null ? null : tuple.getValueNode();
  }

  private Node required(String key) {
    Node node = take(key);
    if (node == null) {
      throw refuse(line, path + key, "it is missing");
    }
    return node;
  }

  private <T> T value(String key, Node node, Function<String, T> meaning) {
    if (!(node instanceof ScalarNode scalar)) {
      throw refuse(lineOf(node), path + key, "it is not a single value");
    }
    try {
      return meaning.apply(scalar.getValue());
    } catch (IllegalArgumentException e) {
      throw refuse(lineOf(node), path + key, reason(e));
    }
  }

  /** A value that must be there. */
  public <T> T value(String key, Function<String, T> meaning) {
    return value(key, required(key), meaning);
  }

  /** A value, or another where there is none. */
  <T> T value(String key, Function<String, T> meaning, T otherwise) {
    Node node = take(key);
    return node == null ? otherwise : value(key, node, meaning);
  }

  /** A value that may be missing. */
  public <T> Optional<T> optional(String key, Function<String, T> meaning) {
    Node node = take(key);
    return node == null ? Optional.empty() : Optional.of(value(key, node, meaning));
  }

  /** A mapping inside, if it is there. */
  public Optional<ConfigurationFile> inside(String key) {
    Node node = take(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof MappingNode mapping)) {
      throw refuse(lineOf(node), path + key, "it does not hold keys with values");
    }
    return Optional.of(new ConfigurationFile(source, mapping, path + key + "."));
  }

  /** A list of mappings that must be there. */
  List<ConfigurationFile> items(String key) {
    Node node = required(key);
    if (!(node instanceof SequenceNode sequence)
        || sequence.getValue().isEmpty()
        || sequence.getValue().size() > MOST_ITEMS) {
      throw refuse(lineOf(node), path + key, "it is not a list of 1 to " + MOST_ITEMS + " items");
    }
    List<ConfigurationFile> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof MappingNode mapping)) {
        throw refuse(lineOf(item), path + key, "an item does not hold keys with values");
      }
      items.add(new ConfigurationFile(source, mapping, path + key + "[" + items.size() + "]."));
    }
    return items;
  }

  /** What a constructor makes, its refusal told as that of a key. */
  <T> T made(String key, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw refuse(line, path + key, reason(e));
    }
  }

  /** Refuses keys that nobody asked for. */
  public void requireNothingElse() {
    members.forEach((key, tuple) -> {
      throw refuse(
          lineOf(tuple.getKeyNode()), path + Problem.printable(key), "there is no such key");
    });
  }
}
