package dev.holdfast.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import dev.holdfast.attest.Board;
import dev.holdfast.detect.SiteStory.Facts;
import dev.holdfast.model.Alias;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The memory of a {@link Watch} as rows, and back. */
final class WatchRows {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private WatchRows() {}

  /** What was touched since the last time. */
  static List<WatchRow> take(WatchMemory memory) {
    List<WatchRow> rows = new ArrayList<>();
    memory.chips.takeStories((id, story) -> rows.add(row("chip", id, story)));
    take(rows, "host", memory.hosts, id -> id);
    memory.sites.takeTouched(
        (id, site) -> rows.add(row("site", id, site == null ? null : site.facts())));
    for (SiteStory site : memory.sites.values()) {
      take(rows, "site-chip", site.chips, chip -> json(List.of(site.site, chip)));
      take(rows, "site-silent", site.silent, chip -> json(List.of(site.site, chip)));
      take(rows, "site-missing", site.missing, chip -> json(List.of(site.site, chip)));
    }
    take(rows, "name", memory.names, text -> text);
    take(rows, "other-name", memory.otherNames, WatchRows::json);
    take(rows, "swap", memory.swaps, WatchRows::json);
    take(rows, "licence", memory.licences, id -> id);
    memory.takeBoards().forEach(board -> rows.add(row("board", board.id(), board)));
    take(rows, "changed", memory.changed, id -> id);
    take(rows, "parted", memory.parted, id -> id);
    memory.chips.takeRepeats((id, at) -> rows.add(row("again", id, at)));
    memory.chips.takeDues((id, at) -> rows.add(row("due-chip", id, at)));
    take(rows, "due-host", memory.dueHosts, id -> id);
    take(rows, "time", memory.times, name -> name);
    return rows;
  }

  private static <K, V> void take(
      List<WatchRow> rows, String kind, Shelf<K, V> shelf, Function<K, String> key) {
    shelf.takeTouched((each, value) -> rows.add(row(kind, key.apply(each), value)));
  }

  private static WatchRow row(String kind, String key, @Nullable Object value) {
    return new WatchRow(kind, key, value == null ? null : json(value));
  }

  private static String json(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Takes in what was kept.
   *
   * @throws IllegalArgumentException where one is no row of a watch
   */
  static void restore(WatchMemory memory, Iterable<WatchRow> rows) {
    // The same names stand in many rows; one text of each is kept.
    Interner<String> texts = Interners.newStrongInterner();
    JsonMapper reader =
        MAPPER
            .rebuild()
            .addModule(new SimpleModule().addDeserializer(String.class, text(texts)))
            .build();
    for (WatchRow each : rows) {
      new Reader(reader, each, texts.intern(each.key())).into(memory);
    }
  }

  private static ValueDeserializer<String> text(Interner<String> texts) {
    return new StdScalarDeserializer<>(String.class) {
      @Override
      public String deserialize(JsonParser parser, DeserializationContext context) {
        return texts.intern(parser.getValueAsString());
      }
    };
  }

  /** One row on its way back. */
  private record Reader(JsonMapper mapper, WatchRow row, String key) {
    void into(WatchMemory memory) {
      switch (row.kind()) {
        case "chip" -> memory.restore(read(ChipStory.class));
        case "host" -> memory.hosts.put(key, read(HostStory.class));
        case "site" -> memory.site(key).restore(read(Facts.class));
        case "site-chip" -> {
          String[] names = names();
          memory.site(names[0]).chips.put(names[1], read(Boolean.class));
        }
        case "site-silent" -> {
          String[] names = names();
          memory.site(names[0]).silent.put(names[1], read(Boolean.class));
        }
        case "name" -> memory.names.put(key, read(WatchMemory.Name.class));
        case "other-name" ->
            memory.otherNames.put(mapper.readValue(key, Alias.class), read(WatchMemory.Name.class));
        case "swap" ->
            memory.swaps.put(mapper.readValue(key, WatchMemory.Swap.class), read(Boolean.class));
        case "licence" -> memory.licences.put(key, read(WatchMemory.Licence.class));
        case "board" -> memory.boards.keep(read(Board.class));
        case "site-missing" -> {
          String[] names = names();
          memory.site(names[0]).missing.put(names[1], read(Instant.class));
        }
        case "parted" -> memory.parted.put(key, read(Instant.class));
        case "changed" -> memory.changed.put(key, read(Board.Grade.class));
        case "again" -> memory.chips.again(key, read(Instant.class));
        case "due-chip" -> memory.chipAt(read(Instant.class), key);
        case "due-host" -> memory.hostAt(read(Instant.class), key);
        case "time" -> memory.times.put(key, read(Instant.class));
        default -> throw new IllegalArgumentException("a watch keeps no " + row.kind());
      }
    }

    private String[] names() {
      return mapper.readValue(key, String[].class);
    }

    private <T> T read(Class<T> type) {
      if (row.state() == null) {
        throw new IllegalArgumentException("what is kept has a state");
      }
      return mapper.readValue(row.state(), type);
    }
  }
}
