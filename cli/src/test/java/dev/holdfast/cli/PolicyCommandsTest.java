package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class PolicyCommandsTest {
  @TempDir private Path folder;

  private Desk.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("policy"));
    all.addAll(List.of(arguments));
    return new Desk(folder).run(all.toArray(String[]::new));
  }

  private Desk.Result h200(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "decide",
                "--item",
                "H200",
                "--to",
                "CN",
                "--date",
                "2026-02-01",
                "--known-on",
                "2026-08-01"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void the_answer_comes_first_and_then_what_it_follows_from() {
    Desk.Result result = h200();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    List<String> lines = result.out().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("○ case by case");
    assertThat(lines.get(1)).startsWith("H200 SXM to China (CN) on 2026-02-01: a licence");
    assertThat(result.out())
        .contains("91 FR 1684", "15,832 (vendor: 15,840)", "date 2026-01-14", "G25-9")
        .contains("without effect: the text stands in the CFR")
        .contains("This supports legal advice and does not replace it");
    assertThat(lines).allMatch(line -> line.codePointCount(0, line.length()) <= 100);
  }

  @Test
  void json_is_one_object_with_stable_fields_in_english() {
    Desk.Result result = h200("--output", "json", "--language", "ja");

    assertThat(result.status()).isEqualTo(1);
    JsonNode decision = result.lines().getFirst();
    assertThat(result.lines()).hasSize(1);
    assertThat(decision.propertyNames())
        .contains(
            "item",
            "outcome",
            "decidedBy",
            "classification",
            "conditions",
            "trace",
            "asOf",
            "knownOn");
    assertThat(decision.get("asOf").asString()).isEqualTo("2026-02-01");
    assertThat(decision.get("knownOn").asString()).isEqualTo("2026-08-01");
    assertThat(decision.at("/decidedBy/0").propertyNames()).contains("rule", "citation");
    assertThat(decision.get("classification").propertyNames())
        .contains("paragraph", "tpp", "performanceDensity", "basis");
    assertThat(decision.get("sentence").asString()).startsWith("H200 SXM to China");
    assertThat(h200("--output", "json", "--no-trace").lines().getFirst().get("trace")).isEmpty();
  }

  @Test
  void only_what_needs_no_licence_exits_with_0() {
    assertThat(run("decide", "--item", "H200", "--to", "MY", "--parent-hq", "MY").status())
        .isZero();
    assertThat(run("decide", "--item", "RTX 4090", "--to", "VN", "--parent-hq", "VN").status())
        .isEqualTo(1);
    assertThat(run("decide", "--item", "H200", "--to", "MY").out())
        .contains("undetermined", "∈ MO|D:5", "∉ MO|D:5");
  }

  @Test
  void sentences_come_in_the_language_that_was_asked_for() {
    assertThat(h200("--language", "zh").out()).contains("逐案审查", "中国 (CN)");
    assertThat(h200("--language", "ja").out()).contains("個別審査");
  }

  @Test
  void what_cannot_be_answered_says_why_and_exits_with_2() {
    for (String[] each :
        new String[][] {
          {"HF-7106", "decide", "--item", "H2000", "--to", "CN"},
          {"HF-1014", "decide", "--item", "H200", "--to", "Atlantis"},
          {"HF-7107", "decide", "--item", "H200", "--to", "CN", "--date", "2020-01-01"},
          {"HF-1011", "decide", "--item", "H200", "--to", "CN", "--known-on", "then"},
          {"HF-7108", "decide", "--item", "H200"},
          {"HF-2001", "decide", "--to", "CN"},
          {"HF-6105", "explain", "NORULE"},
          {"HF-7106", "catalogue", "NOCHIP"},
          {"HF-2002", "check", "--record", "nowhere"},
        }) {
      Desk.Result result = run(List.of(each).subList(1, each.length).toArray(String[]::new));
      assertThat(result.status()).as(each[0]).isEqualTo(2);
      assertThat(result.err()).startsWith(each[0]);
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void a_file_is_decided_row_by_row_with_or_without_a_byte_order_mark() throws IOException {
    Path file = folder.resolve("items.csv");
    Files.writeString(
        file,
        "\uFEFF"
            + """
            item,to,parent_hq,date
            H200,CN,CN,2025-12-10
            H2O0,CN,CN,
            L2,MY,MY,
            H200,,SG,2026-02-01
            "H200
            """);
    Desk.Result result =
        run("decide", "--items", file.toString(), "--to", "SG", "--output", "json", "--no-trace");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.lines())
        .extracting(line -> line.get("outcome").asString())
        .containsExactly("presumption-of-denial", "no-licence-required", "no-licence-required");
    assertThat(result.err().lines())
        .anyMatch(line -> line.contains("HF-7106") && line.contains("\"line\":3"))
        .anyMatch(line -> line.contains("HF-1007"));
  }

  @Test
  void many_rows_come_out_in_their_order() throws IOException {
    StringBuilder rows = new StringBuilder("item,tpp,to,parent_hq,market\n");
    for (int i = 0; i < 3000; i++) {
      rows.append("own-").append(i).append(',').append(i * 4).append(",CN,CN,datacenter\n");
    }
    Path file = Files.writeString(folder.resolve("many.csv"), rows);
    Desk.Result result =
        run("decide", "--items", file.toString(), "--output", "json", "--no-trace");

    List<JsonNode> lines = result.lines();
    assertThat(lines).hasSize(3000);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i).get("item").asString()).isEqualTo("own-" + i);
    }
  }

  @Test
  void the_record_that_is_carried_is_proved_and_one_that_was_broken_is_not() throws IOException {
    assertThat(run("check").out()).startsWith("Proved: ");
    Path mine = folder.resolve("mine");
    assertThat(run("export", mine.toString()).status()).isZero();
    assertThat(run("check", "--record", mine.toString()).status()).isZero();

    Path rules = mine.resolve("rules.csv");
    String text = Files.readString(rules);
    Files.writeString(rules, text.replace(",tpp >= 4800.0,", ",tpp > 4800.0,"));
    Desk.Result gap = run("check", "--record", mine.toString());
    assertThat(gap.status()).isEqualTo(2);
    assertThat(gap.err()).contains("HF-7104", rules.toString(), "tpp = 4,800");

    Files.writeString(rules, text.replace(",tpp >= 4800.0,", ",tpp >= 4800,"));
    Desk.Result typed = run("check", "--record", mine.toString());
    assertThat(typed.err()).contains("HF-7102 " + rules + ":11: condition: line 1, column 5");
    assertThat(run("decide", "--record", mine.toString(), "--item", "H200", "--to", "CN").status())
        .isEqualTo(2);

    Desk.Result again = run("export", mine.toString());
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("nothing was written");
  }

  @Test
  void the_file_of_a_server_names_a_record_of_its_own_or_none() throws IOException {
    Path file = folder.resolve("server.yaml");
    Files.writeString(file, "port: 0\n");
    assertThat(ServerFile.read(file).policy()).isEmpty();
    Files.writeString(file, "policy: " + folder.resolve("mine") + "\n");
    assertThat(ServerFile.read(file).policy()).contains(folder.resolve("mine"));

    Desk.Result result =
        new Desk(folder)
            .run("serve", "--data", folder.resolve("d").toString(), "--config", file.toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-2002", "mine");
  }

  @Test
  void rules_and_accelerators_can_be_read() {
    assertThat(run("explain", "H200RULE").out())
        .contains("91 FR 1684", "tpp < 21000.0", "2026-01-15");
    assertThat(run("explain", "--output", "json").lines())
        .extracting(line -> line.get("rule").asString())
        .contains("AIDIFF", "KH126");
    assertThat(run("catalogue", "A100 40GB").out()).contains("4,992", "3,822", "▲");
    assertThat(run("catalogue", "--output", "json").lines()).hasSizeGreaterThan(40);
  }

  @Test
  void a_kept_decision_is_made_again_or_told_apart() throws IOException {
    JsonNode decision = h200("--output", "json").lines().getFirst();
    String record = decision.at("/record/sha256").asString();
    String kept =
        "{\"question\":{\"item\":\"H200\",\"to\":\"CN\",\"date\":\"2026-02-01\","
            + "\"knownOn\":\"2026-08-01\"},\"outcome\":\"case-by-case\",\"decidedBy\":"
            + "[\"H200RULE\",\"AC2023.dest\",\"AC2023.a1\"],\"record\":\""
            + record
            + "\"}";
    assertThat(replayed(kept).status()).isZero();
    assertThat(replayed(kept).out()).contains("The same again: H200 SXM");
    assertThat(replayed(kept.replace("case-by-case", "no-licence-required")).status()).isEqualTo(1);
    Desk.Result other = replayed(kept.replace(record, "0".repeat(64)));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("HF-7109");
    assertThat(replayed("{}").err()).contains("HF-4002");
  }

  private Desk.Result replayed(String json) throws IOException {
    Path file = folder.resolve("kept.json");
    Files.write(file, json.getBytes(StandardCharsets.UTF_8));
    return run("replay", file.toString());
  }
}
