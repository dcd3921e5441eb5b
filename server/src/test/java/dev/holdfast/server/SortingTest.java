package dev.holdfast.server;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Lists come in the order that is asked for, and a cursor goes on in that order and in no other.
 */
final class SortingTest {
  private static final int CHIPS = 31;
  private static final List<String> MODELS = List.of("B200", "H100", "\"A\", 'b' \\");

  /** As long as names may be, of characters of three octets, with quotes that JSON escapes. */
  private static final String LONG = "\u00e9\u7d42\"".repeat(66);

  @TempDir private static Path folder;
  private static Desk desk;

  private record Chip(String id, String model) {
    Chip(int number) {
      this("chip-%02d".formatted(number * 7 % CHIPS), MODELS.get(number % MODELS.size()));
    }
  }

  @BeforeAll
  static void start() {
    desk = Desk.in(folder);
    List<String> chips = new ArrayList<>();
    chips().forEach(chip -> chips.add(json(chip)));
    for (String end : List.of("1", "2")) {
      chips.add(json(new Chip(LONG + end, LONG)));
    }
    Answer declared =
        desk.post(
            "/api/v1/fleet",
            ("{\"sites\":["
                + String.join(
                    ",",
                    site("s1", "beta", "DE", "south"),
                    site("s2", "Alpha", "JP", "North"),
                    site("s3", "Gamma", "DE", "east"),
                    site("s4", "alpha", "AU", "north"))
                + "],\"hosts\":[{\"id\":\"h3\",\"site\":\"s1\"},{\"id\":\"h1\",\"site\":\"s2\"},"
                + "{\"id\":\"h2\",\"site\":\"s1\"}],\"chips\":["
                + String.join(",", chips)
                + "]}"));
    assertThat(declared.status()).as(declared.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static List<Chip> chips() {
    return IntStream.range(0, CHIPS).mapToObj(Chip::new).toList();
  }

  private static String json(Chip chip) {
    return "{\"id\":%s,\"model\":%s}"
        .formatted(
            StateJson.mapper().writeValueAsString(chip.id),
            StateJson.mapper().writeValueAsString(chip.model));
  }

  private static String site(String id, String name, String destination, String operator) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"destination\":\"%s\",\"operator\":\"%s\","
            .formatted(id, name, destination, operator)
        + "\"latitude\":1,\"longitude\":2,\"radiusKm\":3}";
  }

  private static List<String> visit(String token, String path, int limit) {
    List<String> visited = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = desk.getAs(token, "/api/v1/" + path + "&limit=" + limit + cursor);
      visited.addAll(page.each("id"));
      JsonNode next = page.json().get("next");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    return visited;
  }

  private static List<String> visit(String path, int limit) {
    return visit(desk.admin, path, limit);
  }

  private static void comesAs(String query, Comparator<Chip> order) {
    List<String> sorted = chips().stream().sorted(order).map(Chip::id).toList();
    for (int limit : new int[] {1, 7, CHIPS - 1, CHIPS, 500}) {
      assertThat(visit("chips?q=chip-&" + query, limit))
          .as(query + ", limit " + limit)
          .isEqualTo(sorted);
    }
  }

  @Test
  void chips_come_by_id_or_by_model_either_way() {
    comesAs("sort=id", comparing(Chip::id));
    comesAs("order=desc", comparing(Chip::id).reversed());
    comesAs("sort=model", comparing(Chip::model).thenComparing(Chip::id));
    comesAs("sort=model&order=asc", comparing(Chip::model).thenComparing(Chip::id));
    comesAs("sort=model&order=desc", comparing(Chip::model).thenComparing(Chip::id).reversed());
  }

  @Test
  void sites_come_by_what_people_call_them_in_any_case() {
    for (int limit : new int[] {1, 3, 4}) {
      assertThat(visit("sites?sort=name", limit)).containsExactly("s2", "s4", "s1", "s3");
      assertThat(visit("sites?sort=name&order=desc", limit))
          .containsExactly("s3", "s1", "s4", "s2");
      assertThat(visit("sites?sort=destination", limit)).containsExactly("s4", "s1", "s3", "s2");
      assertThat(visit("sites?sort=operator", limit)).containsExactly("s3", "s2", "s4", "s1");
    }
  }

  @Test
  void hosts_of_which_nothing_was_heard_have_a_place_in_each_order() {
    for (String sort : List.of("sort=id", "sort=lastHeard", "sort=state")) {
      for (int limit : new int[] {1, 2, 3}) {
        assertThat(visit("hosts?" + sort, limit)).as(sort).containsExactly("h1", "h2", "h3");
        assertThat(visit("hosts?order=desc&" + sort, limit))
            .as(sort)
            .containsExactly("h3", "h2", "h1");
      }
    }
  }

  @Test
  void names_of_any_length_fit_into_a_cursor() {
    for (String sort : List.of("sort=id", "sort=model", "sort=model&order=desc")) {
      assertThat(visit("chips?" + sort, 1)).hasSize(CHIPS + 2).doesNotHaveDuplicates();
    }
  }

  @Test
  void an_order_that_no_index_has_is_refused_by_name() {
    for (String list : List.of("sites", "hosts", "chips", "landmarks")) {
      refused(list + "?sort=strip", "sort");
      refused(list + "?sort=ID", "sort");
      refused(list + "?order=down", "order");
    }
    for (String list : List.of("verdicts", "findings", "chips/chip-00/timeline")) {
      refused(list + "?sort=at", "sort");
      refused(list + "?order=asc", "order");
    }
  }

  @Test
  void a_cursor_of_another_order_is_refused() {
    List<String> orders =
        List.of("sort=id", "sort=id&order=desc", "sort=model", "sort=model&order=desc");
    for (String order : orders) {
      String path = "chips?limit=2&" + order;
      String cursor = desk.get("/api/v1/" + path).json().get("next").asString();
      for (String other : orders) {
        if (!other.equals(order)) {
          refused("chips?" + other + "&cursor=" + cursor, "cursor");
        }
      }
      refused("hosts?sort=state&cursor=" + cursor, "cursor");
      refused("findings?cursor=" + cursor, "cursor");
    }
    // ["id","asc",null], ["id"], null, {}, ["state","asc","x","h1"]
    for (String cursor : List.of("WyJpZCIsImFzYyIsbnVsbF0", "WyJpZCJd", "bnVsbA", "e30")) {
      refused("chips?cursor=" + cursor, "cursor");
    }
    refused("hosts?sort=state&cursor=WyJzdGF0ZSIsImFzYyIsIngiLCJoMSJd", "cursor");
  }

  private static void refused(String path, String field) {
    JsonNode problem = desk.get("/api/v1/" + path).requireProblem(400, ErrorCode.BAD_PARAMETER);
    assertThat(problem.get("field").asString()).as(path).isEqualTo(field);
  }

  @Test
  void the_order_tells_an_auditor_nothing_of_a_present_that_was_not_disclosed() {
    String auditor = desk.token("ward", Role.AUDITOR);
    disclose("s1", Desk.NOON.minusSeconds(60), Desk.NOON.minusSeconds(30));
    disclose("s2", Desk.NOON.minusSeconds(60), Desk.NOON.plusSeconds(60));
    assertThat(visit(auditor, "hosts?sort=id", 1)).containsExactly("h1", "h2", "h3");
    for (String sort : List.of("state", "lastHeard")) {
      assertThat(visit(auditor, "hosts?sort=" + sort, 1)).as(sort).containsExactly("h1");
    }
  }

  private static void disclose(String site, Instant from, Instant until) {
    Answer answer =
        desk.post(
            "/api/v1/disclosures",
            "{\"auditor\":\"ward\",\"site\":\"%s\",\"from\":\"%s\",\"until\":\"%s\"}"
                .formatted(
                    site,
                    dev.holdfast.trust.StatementTime.print(from),
                    dev.holdfast.trust.StatementTime.print(until)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
