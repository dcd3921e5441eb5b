package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The body of a declaration: lists of items by kind. */
final class FleetFiles {
  private static final int MOST = 200_000;
  private static final int LONGEST = 32 << 20;
  private static final int DEEPEST = 8;

  /** In the order in which they refer to each other. */
  private static final List<String> KINDS =
      List.of("authority", "deviceRoot", "party", "landmark", "site", "host", "chip");

  private FleetFiles() {}

  /**
   * The items of a body.
   *
   * @param contentType JSON, YAML or CSV; anything else is taken for JSON
   */
  static List<FleetItem> read(byte[] body, String contentType) {
    String type = contentType.split(";", 2)[0].strip();
    return switch (type) {
      case "text/csv" -> csv(body);
      case "application/yaml", "application/x-yaml", "text/yaml" -> json(yaml(body));
      default -> json(body);
    };
  }

  /** YAML with the fields of the JSON form; aliases are not followed. */
  private static byte[] yaml(byte[] body) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(LONGEST)
            .build();
    try {
      String text = new String(body, UTF_8);
      requireShallow(settings, text);
      Object tree = new Load(settings).loadFromString(text);
      return StateJson.mapper().writeValueAsBytes(tree);
    } catch (YamlEngineException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | tools.jackson.core.JacksonException e) {
      // The second and third are slips of the reader over malformed escapes.
      throw new CodedException(
          Problem.in(
              "fleet",
              ErrorCode.MALFORMED_FLEET,
              "it is no YAML: "
                  + Problem.printable(
                      String.valueOf(e.getMessage()).lines().findFirst().orElse(""))),
          e);
    }
  }

  /** Before anything is made of it, since that goes as deep into the stack as the text nests. */
  private static void requireShallow(LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias ->
            throw new CodedException(
                Problem.in("fleet", ErrorCode.MALFORMED_FLEET, "aliases of YAML are not followed"));
        default -> {}
      }
      if (depth > DEEPEST) {
        throw new CodedException(
            Problem.in(
                "fleet",
                ErrorCode.MALFORMED_FLEET,
                "it is nested deeper than " + DEEPEST + " levels"));
      }
    }
  }

  /** Rows with a column {@code kind}; an empty cell is a field that is not there. */
  private static List<FleetItem> csv(byte[] body) {
    List<FleetItem> items = new ArrayList<>();
    try (CsvReader rows =
        CsvReader.open(new ByteArrayInputStream(body), "fleet", List.of("kind"))) {
      for (Optional<CsvRow> next = rows.next(); next.isPresent(); next = rows.next()) {
        CsvRow row = next.get();
        Map<String, JsonTree> members = new TreeMap<>();
        for (String column : rows.header()) {
          row.text(column).ifPresent(cell -> members.put(column, cell(column, cell)));
        }
        members.remove("kind");
        items.add(
            FleetItem.read(
                row.required("kind"),
                JsonFields.of(
                    ObjectNode.of(members),
                    "fleet, line " + row.line(),
                    ErrorCode.MALFORMED_FLEET)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (items.isEmpty()) {
      throw new CodedException(
          Problem.in("fleet", ErrorCode.MALFORMED_FLEET, "it declares nothing"));
    }
    // Whatever the order of the rows, what is referred to comes first.
    items.sort(Comparator.comparingInt(item -> KINDS.indexOf(item.kind())));
    return items;
  }

  private static JsonTree cell(String column, String cell) {
    return switch (column) {
      case "latitude", "longitude", "radiusKm", "powerKw", "uncertaintyKm", "installedChips" -> {
        try {
          yield new NumberNode(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
          yield new TextNode(cell);
        }
      }
      case "simulated" ->
          cell.equals("true") || cell.equals("false")
              ? new TruthNode(cell.equals("true"))
              : new TextNode(cell);
      case "aliases" ->
          new ArrayNode(Arrays.stream(cell.split("\\|")).<JsonTree>map(TextNode::new).toList());
      default -> new TextNode(cell);
    };
  }

  private static List<FleetItem> json(byte[] body) {
    JsonFields fields =
        JsonFields.read(
            body,
            "fleet",
            JsonLimits.ofOctets(LONGEST).withMembers(MOST),
            ErrorCode.MALFORMED_FLEET);
    List<FleetItem> items = new ArrayList<>();
    for (String kind : KINDS) {
      String list = kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
      if (fields.has(list)) {
        fields.items(list, MOST).forEach(item -> items.add(FleetItem.read(kind, item)));
      }
    }
    fields.requireNothingElse();
    if (items.isEmpty()) {
      throw fields.refuse("sites", "it declares nothing");
    }
    return items;
  }
}
