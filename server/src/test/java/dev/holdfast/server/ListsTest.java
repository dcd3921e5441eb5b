package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Lists by pages, filters, languages and tags; and text comes back as the text that it was. */
final class ListsTest {
  @TempDir private static Path folder;
  private static Desk desk;

  @BeforeAll
  static void start() {
    desk = Desk.in(folder);
    List<String> chips = new ArrayList<>();
    IntStream.range(0, 57)
        .forEach(i ->
            chips.add(
                "{'id':'chip-%02d','aliases':['GPU-%02dab','TAG %d'],'model':'%s'%s}"
                    .formatted(
                        i, i, i, i % 2 == 0 ? "H100" : "B200", i < 10 ? ",'host':'rack-1'" : "")));
    desk.declare(
        "{'sites':["
            + site("hall", "Hall A", "JP")
            + ","
            + site("other", "50%_off!", "DE")
            + "],"
            + "'hosts':[{'id':'rack-1','site':'hall'},{'id':'rack-2','site':'other'}],"
            + "'landmarks':[{'id':'osaka-1','name':'Osaka','operator':'o','latitude':34,"
            + "'longitude':135,'uncertaintyKm':1}],"
            + "'chips':["
            + String.join(",", chips)
            + "]}");
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static String site(String id, String name, String destination) {
    return "{'id':'%s','name':'%s','operator':'north','destination':'%s','latitude':34.7,"
            .formatted(id, name, destination)
        + "'longitude':135.5,'radiusKm':5}";
  }

  private static List<String> ids(String path) {
    return desk.get("/api/v1/" + path).each("id");
  }

  @Test
  void pages_visit_each_item_once_and_say_where_they_end() {
    for (int limit : new int[] {1, 7, 19, 56, 57, 58, 500}) {
      List<String> visited = new ArrayList<>();
      String next = "";
      int pages = 0;
      do {
        Answer page =
            desk.get(
                "/api/v1/chips?q=chip-&limit=" + limit + (next.isEmpty() ? "" : "&cursor=" + next));
        assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
        visited.addAll(page.each("id"));
        JsonNode cursor = page.json().get("next");
        next = cursor.isNull() ? "" : cursor.asString();
        pages++;
      } while (!next.isEmpty());
      assertThat(visited).as("limit " + limit).hasSize(57).doesNotHaveDuplicates().isSorted();
      assertThat(pages).isEqualTo((57 + limit - 1) / limit);
    }
  }

  @Test
  void what_is_newest_first_is_paged_too() {
    String path = "/api/v1/chips/chip-03/timeline?limit=1";
    Answer first = desk.get(path);
    assertThat(first.items()).hasSize(1);
    Answer second = desk.get(path + "&cursor=" + first.json().get("next").asString());
    assertThat(second.json().get("next").isNull()).isTrue();
    assertThat(List.of(first, second))
        .flatExtracting(each -> each.each("sentence"))
        .as("the chip, and before it the host, were declared")
        .satisfiesExactly(
            one -> assertThat(one).contains("B200"), other -> assertThat(other).contains("Hall A"));
  }

  @Test
  void parameters_that_are_none_are_refused_by_name() {
    for (String parameter :
        List.of("limit=0", "limit=501", "limit=x", "cursor=%2b%2b", "q=" + "x".repeat(201))) {
      JsonNode problem =
          desk.get("/api/v1/chips?" + parameter).requireProblem(400, ErrorCode.BAD_PARAMETER);
      assertThat(problem.get("field").asString()).isEqualTo(parameter.split("=", 2)[0]);
    }
    desk.get("/api/v1/findings?cursor=eHg").requireProblem(400, ErrorCode.BAD_PARAMETER);
    desk.get("/api/v1/entries/x").requireProblem(400, ErrorCode.BAD_PARAMETER);
    desk.get("/api/v1/entries/-1").requireProblem(400, ErrorCode.BAD_PARAMETER);
  }

  @Test
  void filters_narrow_and_combine() {
    assertThat(ids("chips?q=chip-1")).hasSize(10);
    assertThat(ids("chips?q=gpu-07AB")).as("an alias, in any case").containsExactly("chip-07");
    assertThat(ids("chips?q=TAG%205")).as("by their beginnings").hasSize(8);
    assertThat(ids("chips?q=hip")).isEmpty();
    assertThat(ids("chips?model=B200&q=chip-1")).hasSize(5);
    assertThat(ids("chips?host=rack-1")).hasSize(10);
    assertThat(ids("chips?site=hall&model=H100")).hasSize(5);
    assertThat(ids("chips?site=other")).isEmpty();
    assertThat(ids("chips?q=chip-&state=SILENT")).hasSize(10);
    assertThat(ids("chips?state=PROVED")).isEmpty();
    assertThat(ids("hosts?site=other")).containsExactly("rack-2");
    assertThat(ids("hosts?q=rack-1")).containsExactly("rack-1");
    assertThat(ids("hosts?q=rack-&state=SILENT")).hasSize(2);
    assertThat(ids("sites?destination=DE")).containsExactly("other");
    assertThat(ids("sites?q=hall")).as("by id or name").containsExactly("hall");
    assertThat(ids("sites?q=hall&state=SILENT")).hasSize(1);
    assertThat(ids("sites?state=REFUTED")).isEmpty();
    assertThat(ids("landmarks?q=osa")).containsExactly("osaka-1");
  }

  @Test
  void wildcards_and_quotes_are_letters() {
    assertThat(ids("sites?q=%25")).isEmpty();
    assertThat(ids("sites?q=_al")).isEmpty();
    assertThat(ids("sites?q=50%25_o")).containsExactly("other");
    assertThat(ids("sites?q=50%25_off!")).containsExactly("other");
    for (String path :
        List.of("sites?q=", "hosts?site=", "chips?q=", "chips?model=", "landmarks?q=")) {
      String bad = URLEncoder.encode("' OR 1=1 --", StandardCharsets.UTF_8);
      assertThat(ids(path + bad)).as(path).isEmpty();
    }
  }

  @Test
  void sentences_follow_the_language_that_is_wished_for_most() {
    String english = sentence("en");
    String chinese = sentence("zh");
    String japanese = sentence("ja");
    assertThat(List.of(english, chinese, japanese)).doesNotHaveDuplicates();
    assertThat(sentence(null)).isEqualTo(english);
    assertThat(sentence("zh-Hant-TW,en;q=0.5")).isEqualTo(chinese);
    assertThat(sentence("en;q=0.2, ja;q=0.9, zh;q=0.1")).isEqualTo(japanese);
    assertThat(sentence("fr, de;q=0.9, ja;q=0.1")).isEqualTo(japanese);
    assertThat(sentence("zh;q=0, ja;q=0.1")).isEqualTo(japanese);
    for (String none : List.of("fr", "*", "", "\u00ff", "q=;;,,", "x".repeat(5000))) {
      assertThat(Door.language(none)).as(none).isEqualTo(java.util.Locale.ENGLISH);
    }
  }

  private static String sentence(@Nullable String language) {
    String path = "/api/v1/chips/chip-03/timeline";
    Answer answer = language == null ? desk.get(path) : desk.get(path, "Accept-Language", language);
    return answer.each("sentence").getFirst();
  }

  @Test
  void an_answer_that_did_not_change_is_not_sent_again_for_each_language() {
    String path = "/api/v1/chips/chip-03/timeline";
    Answer english = desk.get(path, "Accept-Language", "en");
    Answer japanese = desk.get(path, "Accept-Language", "ja");
    assertThat(english.header("ETag")).matches("\"[0-9a-f]{32}\"");
    assertThat(japanese.header("ETag")).isNotEqualTo(english.header("ETag"));
    assertThat(english.header("Vary")).contains("Accept-Language", "Authorization");
    Answer again = desk.get(path, "Accept-Language", "en", "If-None-Match", english.header("ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.response().body()).isEmpty();
    assertThat(
            desk.get(path, "Accept-Language", "ja", "If-None-Match", english.header("ETag"))
                .status())
        .isEqualTo(200);
    for (String each : List.of("/api/v1/sites", "/api/v1/sites/hall", "/openapi.json", "/")) {
      String tag = desk.get(each).header("ETag");
      assertThat(tag).as(each).isNotEmpty();
      assertThat(desk.get(each, "If-None-Match", tag).status()).as(each).isEqualTo(304);
    }
  }

  @Test
  void whatever_a_text_holds_comes_back_as_it_was() {
    int number = 0;
    for (String hostile :
        List.of(
            "'; DROP TABLE site; --",
            "\"><script>alert(1)</script>",
            "{0} ''{1}'' %s ${x} #{y}",
            "\\\\ \\n \\u0000",
            "\u202eevil\u200b \ud83d\ude00 \u00fc",
            "../../etc/passwd",
            ":cursor ? :q")) {
      String text = StateJson.mapper().writeValueAsString(hostile);
      String id = StateJson.mapper().writeValueAsString(hostile + number);
      Answer declared =
          desk.post(
              "/api/v1/fleet",
              "{\"sites\":[{\"id\":%1$s,\"name\":%2$s,\"operator\":%2$s,\"destination\":\"JP\",\"latitude\":1,\"longitude\":2,\"radiusKm\":3}],\"hosts\":[{\"id\":%1$s,\"site\":%1$s}],\"chips\":[{\"id\":%1$s,\"aliases\":[%2$s],\"model\":%2$s,\"host\":%1$s}]}"
                  .formatted(id, text));
      assertThat(declared.status()).as(declared.text()).isEqualTo(200);
      String path = URLEncoder.encode(hostile + number, StandardCharsets.UTF_8).replace("+", "%20");
      assertThat(ids("hosts?site=" + path)).containsExactly(hostile + number);
      assertThat(ids("chips?q=" + path)).containsExactly(hostile + number);
      JsonNode chip = desk.get("/api/v1/chips?host=" + path).items().getFirst();
      assertThat(chip.get("model").asString()).isEqualTo(hostile);
      assertThat(chip.get("aliases").get(0).asString()).isEqualTo(hostile);
      JsonNode site =
          desk.get("/api/v1/sites?limit=500").items().stream()
              .filter(each -> each.get("id").asString().equals(chip.get("site").asString()))
              .findFirst()
              .orElseThrow();
      assertThat(site.get("name").asString()).isEqualTo(hostile);
      if (!hostile.contains("/") && !hostile.contains("\\")) {
        Answer timeline = desk.get("/api/v1/chips/" + path + "/timeline");
        assertThat(timeline.each("sentence"))
            .allSatisfy(each -> assertThat(each).contains(hostile));
        assertThat(
                desk.post("/api/v1/comments", "{\"subject\":" + id + ",\"text\":" + text + "}")
                    .status())
            .isEqualTo(200);
        assertThat(desk.get("/api/v1/chips/" + path + "/timeline").each("sentence").getFirst())
            .endsWith(hostile);
      }
      number++;
    }
    assertThat(ids("sites?limit=500")).contains("hall").hasSize(2 + number);
  }

  @Test
  void control_characters_are_refused_and_what_is_not_there_is_said() {
    desk.post("/api/v1/fleet", "{\"hosts\":[{\"id\":\"a\\u0007\",\"site\":\"hall\"}]}")
        .requireProblem(400, ErrorCode.MALFORMED_FLEET);
    assertThat(
            desk.post("/api/v1/fleet", "{\"hosts\":[{\"id\":\"a\",\"site\":\"nowhere\"}]}")
                .requireProblem(400, ErrorCode.UNKNOWN_REFERENCE)
                .get("field")
                .asString())
        .isEqualTo("site");
    desk.post("/api/v1/fleet", "{\"sites\":[" + site("x", "X", "ZZ").replace('\'', '"') + "]}")
        .requireProblem(400, ErrorCode.UNKNOWN_COUNTRY);
    for (String path :
        List.of("sites/x", "hosts/x", "chips/x", "chips/x/timeline", "chips/x/delays")) {
      desk.get("/api/v1/" + path).requireProblem(404, ErrorCode.NOT_THERE);
    }
  }

  @Test
  void a_declaration_in_yaml_or_csv_does_the_same() {
    Answer yaml =
        desk.post(
            "/api/v1/fleet",
            "application/yaml",
            "hosts:\n- {id: by-yaml, site: hall}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(yaml.items()).hasSize(1);
    Answer csv =
        desk.post(
            "/api/v1/fleet",
            "text/csv; charset=utf-8",
            "kind,id,site,model,aliases\nhost,by-csv,hall,,\nchip,c-csv,,H100,A1|A2\n"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(csv.items()).hasSize(1);
    assertThat(ids("hosts?q=by-")).containsExactly("by-csv", "by-yaml");
    assertThat(ids("chips?q=A2")).containsExactly("c-csv");
    desk.post("/api/v1/fleet", "text/csv", "kind\n".getBytes(StandardCharsets.UTF_8))
        .requireProblem(400, ErrorCode.MALFORMED_FLEET);
  }
}
