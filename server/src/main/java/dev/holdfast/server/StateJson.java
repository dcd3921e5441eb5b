package dev.holdfast.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.attest.Board;
import dev.holdfast.detect.ChipState;
import dev.holdfast.detect.HostState;
import dev.holdfast.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** How states and reasons lie in the views: JSON of the records themselves. */
final class StateJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private StateJson() {}

  static String of(HostState state) {
    return MAPPER.writeValueAsString(state);
  }

  static HostState state(String json) {
    return MAPPER.readValue(json, HostState.class);
  }

  static String of(ChipState state) {
    return MAPPER.writeValueAsString(state);
  }

  static ChipState chip(String json) {
    return MAPPER.readValue(json, ChipState.class);
  }

  static String of(Board board) {
    return MAPPER.writeValueAsString(board);
  }

  static Board board(String json) {
    return MAPPER.readValue(json, Board.class);
  }

  static String of(Reason reason) {
    return MAPPER.writeValueAsString(reason);
  }

  static Reason reason(String json) {
    return MAPPER.readValue(json, Reason.class);
  }

  static String ofNumbers(List<Long> numbers) {
    return MAPPER.writeValueAsString(numbers);
  }

  static List<Long> numbers(String json) {
    return List.of(MAPPER.readValue(json, Long[].class));
  }

  static String of(List<String> texts) {
    return MAPPER.writeValueAsString(texts);
  }

  static List<String> texts(String json) {
    return List.of(MAPPER.readValue(json, String[].class));
  }

  static String ofWords(Map<String, String> words) {
    return MAPPER.writeValueAsString(words);
  }

  static Map<String, String> words(String json) {
    Map<String, String> words = new TreeMap<>();
    MAPPER
        .readTree(json)
        .properties()
        .forEach(each -> words.put(each.getKey(), each.getValue().asString()));
    return words;
  }

  static JsonMapper mapper() {
    return MAPPER;
  }
}
