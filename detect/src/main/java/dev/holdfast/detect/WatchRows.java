package dev.holdfast.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.attest.Board;
import dev.holdfast.detect.SiteStory.Facts;
import dev.holdfast.model.Alias;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

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
    take(rows, "chip", memory.chips, id -> id);
    take(rows, "host", memory.hosts, id -> id);
    memory.sites.takeTouched(
        (id, site) -> rows.add(row("site", id, site == null ? null : site.facts())));
    for (SiteStory site : memory.sites.values()) {
      take(rows, "site-chip", site.chips, chip -> json(List.of(site.site, chip)));
      take(rows, "site-silent", site.silent, chip -> json(List.of(site.site, chip)));
    }
    take(rows, "name", memory.names, WatchRows::json);
    take(rows, "label", memory.labels, label -> label);
    take(rows, "swap", memory.swaps, WatchRows::json);
    take(rows, "licence", memory.licences, id -> id);
    memory.takeBoards().forEach(board -> rows.add(row("board", board.id(), board)));
    take(rows, "changed", memory.changed, id -> id);
    take(rows, "again", memory.again, chip -> chip);
    take(rows, "due", memory.waiting, subject -> subject);
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
   * @throws IllegalArgumentException where it is no row of a watch
   */
  static void restore(WatchMemory memory, WatchRow row) {
    String key = row.key();
    switch (row.kind()) {
      case "chip" -> memory.restore(read(row, ChipStory.class));
      case "host" -> memory.hosts.put(key, read(row, HostStory.class));
      case "site" -> memory.site(key).restore(read(row, Facts.class));
      case "site-chip" -> {
        String[] names = names(key);
        memory.site(names[0]).chips.put(names[1], read(row, Boolean.class));
      }
      case "site-silent" -> {
        String[] names = names(key);
        memory.site(names[0]).silent.put(names[1], read(row, Boolean.class));
      }
      case "name" ->
          memory.names.put(MAPPER.readValue(key, Alias.class), read(row, WatchMemory.Holder.class));
      case "label" -> memory.labels.put(key, read(row, String.class));
      case "swap" ->
          memory.swaps.put(MAPPER.readValue(key, WatchMemory.Swap.class), read(row, Boolean.class));
      case "licence" -> memory.licences.put(key, read(row, WatchMemory.Licence.class));
      case "board" -> memory.boards.keep(read(row, Board.class));
      case "changed" -> memory.changed.put(key, read(row, Board.Grade.class));
      case "again" -> memory.again.put(key, read(row, Instant.class));
      case "due" -> memory.at(read(row, Instant.class), key);
      case "time" -> memory.times.put(key, read(row, Instant.class));
      default -> throw new IllegalArgumentException("a watch keeps no " + row.kind());
    }
  }

  private static String[] names(String key) {
    return MAPPER.readValue(key, String[].class);
  }

  private static <T> T read(WatchRow row, Class<T> type) {
    if (row.state() == null) {
      throw new IllegalArgumentException("what is kept has a state");
    }
    return MAPPER.readValue(row.state(), type);
  }
}
