package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fleet says the same in JSON, YAML and CSV, and a wrong one is refused by the field. */
final class FleetFilesTest {
  private static final String FLEET =
      """
      {"parties":[{"id":"north","name":"North","role":"operator"}],
       "sites":[{"id":"hall","name":"Hall","operator":"north","destination":"JP","latitude":34.7,
         "longitude":135.5,"radiusKm":5,"powerKw":800,"simulated":false}],
       "hosts":[{"id":"rack-7","site":"hall"}],
       "chips":[{"id":"c-1","aliases":["GPU-1","TAG 1"],"model":"H100","host":"rack-7"}],
       "landmarks":[{"id":"osaka","operator":"south","latitude":34.7,"longitude":135.5,
         "uncertaintyKm":1}]}
      """;

  private static List<FleetItem> read(String text, String type) {
    return FleetFiles.read(text.getBytes(UTF_8), type);
  }

  private static Problem refused(String text, String type) {
    CodedException refused = catchThrowableOfType(CodedException.class, () -> read(text, type));
    assertThat(refused).as(text).isNotNull();
    return refused.problem();
  }

  @Test
  void a_list_of_each_kind_may_be_there_or_not() {
    List<FleetItem> items = read(FLEET, "application/json");
    assertThat(items)
        .extracting(FleetItem::kind)
        .as("in the order in which they refer to each other")
        .containsExactly("party", "landmark", "site", "host", "chip");
    assertThat(items.getLast())
        .isEqualTo(new FleetItem.Chip("c-1", List.of("GPU-1", "TAG 1"), "H100", "rack-7", false));
    assertThat(read("{\"hosts\":[{\"id\":\"a\",\"site\":\"b\"}]}", "application/json")).hasSize(1);
  }

  @Test
  void a_file_may_hold_the_chips_of_a_whole_hall() {
    String chips =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "{\"id\":\"c-" + i + "\",\"model\":\"M\",\"host\":\"h\"}")
            .collect(Collectors.joining(",", "{\"chips\":[", "]}"));
    assertThat(read(chips, "application/json")).hasSize(50_000);
    assertThat(read(chips, "application/yaml")).hasSize(50_000);
  }

  @Test
  void yaml_says_the_same() {
    String yaml =
        """
        parties: [{id: north, name: North, role: operator}]
        sites:
          - {id: hall, name: Hall, operator: north, destination: JP, latitude: 34.7,
             longitude: 135.5, radiusKm: 5, powerKw: 800, simulated: false}
        hosts:
          - id: rack-7
            site: hall
        chips:
          - {id: c-1, aliases: [GPU-1, TAG 1], model: H100, host: rack-7}
        landmarks:
          - {id: osaka, operator: south, latitude: 34.7, longitude: 135.5, uncertaintyKm: 1}
        """;
    for (String type : List.of("application/yaml", "text/yaml; charset=utf-8")) {
      assertThat(read(yaml, type)).isEqualTo(read(FLEET, "application/json"));
    }
  }

  @Test
  void csv_says_the_same_in_whatever_order_with_aliases_between_bars() {
    String csv =
        """
        kind,id,name,role,operator,destination,latitude,longitude,radiusKm,powerKw,simulated,site,\
        aliases,model,host,uncertaintyKm
        chip,c-1,,,,,,,,,,,GPU-1|TAG 1,H100,rack-7,
        host,rack-7,,,,,,,,,,hall,,,,
        site,hall,Hall,,north,JP,34.7,135.5,5,800,false,,,,,
        landmark,osaka,,,south,,34.7,135.5,,,,,,,,1
        party,north,North,operator,,,,,,,,,,,,
        """;
    assertThat(read(csv, "text/csv")).isEqualTo(read(FLEET, "application/json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"role\":\"operator\"; \"role\":\"king\"; /parties/0/role",
        "\"JP\",\"latitude\":34.7; \"JP\",\"latitude\":134.7; /sites/0/latitude",
        "\"radiusKm\":5; \"radiusKm\":-5; /sites/0/radiusKm",
        "\"radiusKm\":5; \"radiusKm\":\"five\"; /sites/0/radiusKm",
        "\"radiusKm\":5,; ''; /sites/0/radiusKm",
        "\"powerKw\":800; \"powerKw\":-1; /sites/0/powerKw",
        "\"simulated\":false; \"simulated\":\"no\"; /sites/0/simulated",
        "\"site\":\"hall\"; \"site\":\" hall\"; /hosts/0/site",
        "\"id\":\"c-1\"; \"id\":\"\"; /chips/0/id",
        "\"GPU-1\"; 7; /chips/0/aliases/0",
        "\"TAG 1\"; \"TAG\\u0007\"; /chips/0/aliases",
        "\"model\":\"H100\"; \"model\":\"H100\",\"colour\":\"red\"; /chips/0",
      })
  void a_wrong_field_is_named(String good, String bad, String field) {
    String wrong =
        FLEET.replaceFirst(java.util.regex.Pattern.quote(good), bad.replace("\\", "\\\\"));
    assertThat(wrong).isNotEqualTo(FLEET);
    Problem problem = refused(wrong, "application/json");
    assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_FLEET);
    assertThat(problem.field()).isEqualTo(field);
  }

  @Test
  void a_wrong_cell_is_named_with_its_line() {
    Problem problem = refused("kind,id,site\nhost,rack-7,hall\nhost,rack-8,\n", "text/csv");
    assertThat(problem.sentence()).contains("line 3").contains("site");
    assertThat(refused("kind,id,latitude\nsite,hall,north\n", "text/csv").field()).isNotNull();
    assertThat(refused("kind,id\ncastle,c-1\n", "text/csv").field()).isEqualTo("/kind");
    assertThat(refused("id,site\nrack-7,hall\n", "text/csv").code())
        .isEqualTo(ErrorCode.MISSING_COLUMN);
  }

  @Test
  void what_declares_nothing_or_is_nothing_is_refused() {
    for (String type : List.of("application/json", "application/yaml", "text/csv")) {
      for (String text : List.of("", "{}", "[]", "null", "\u0000", "{\"sites\":[]}", "kind\n")) {
        assertThat(refused(text, type).code().code()).as(type + " " + text).startsWith("HF-");
      }
    }
    assertThat(refused(FLEET.replace("\"hosts\"", "\"houses\""), "application/json").reason())
        .contains("houses");
    assertThat(refused("{\"sites\":", "application/json").code())
        .isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @Test
  void yaml_neither_grows_nor_digs_nor_repeats_itself() {
    assertThat(refused("a: &a [x, x]\nb: [*a, *a]\n", "text/yaml").code())
        .isEqualTo(ErrorCode.MALFORMED_FLEET);
    assertThat(refused("hosts: []\nhosts: []\n", "text/yaml").code())
        .isEqualTo(ErrorCode.MALFORMED_FLEET);
    assertThat(refused("hosts: &a [*a]\n", "text/yaml").code().code()).startsWith("HF-");
    for (String deep : List.of("[", "{", "a: [", "- ", "? ", "- [", "{a: ")) {
      assertThat(refused(deep.repeat((1 << 20) / deep.length()), "text/yaml").code().code())
          .as(deep)
          .startsWith("HF-");
    }
  }
}
