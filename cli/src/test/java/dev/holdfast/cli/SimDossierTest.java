package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.reading.Document;
import dev.holdfast.reading.DocumentFiles;
import dev.holdfast.reading.Language;
import dev.holdfast.reading.Passage;
import dev.holdfast.reading.PassageCutter;
import dev.holdfast.sim.Dossier;
import dev.holdfast.sim.DossierLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

final class SimDossierTest {
  @TempDir private Path folder = Path.of("");

  private Desk.Result dossier(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("sim", "dossier", folder.resolve(out).toString(), "--output", "json"));
    arguments.addAll(List.of(more));
    return new Desk(folder).run(arguments.toArray(String[]::new));
  }

  private List<JsonNode> facts(String out) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve("facts.jsonl")).stream()
        .map(line -> Json.mapper().readTree(line))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(DossierLanguage.class)
  void whoever_reads_it_finds_its_passages_and_each_fact_whole_in_its_own(DossierLanguage language)
      throws IOException {
    Desk.Result result =
        dossier(
            "one",
            "--passages",
            "450",
            "--facts",
            "90",
            "--seed",
            "7",
            "--language",
            language.word());
    assertThat(result.status()).as(result.err()).isZero();
    JsonNode said = result.lines().getFirst();
    assertThat(said.path("simulated").asString()).isEqualTo("true");
    assertThat(said.path("files").asString()).isEqualTo("3");
    List<Document> documents =
        new DocumentFiles()
            .read(
                List.of(folder.resolve("one/passages")),
                problem -> assertThat(problem).as(problem.sentence()).isNull());
    assertThat(documents).hasSize(3);
    List<Passage> passages = new ArrayList<>();
    for (Document document : documents) {
      assertThat(Language.of(document.text()).word()).isEqualTo(language.word());
      passages.addAll(PassageCutter.cutAny(document));
    }
    assertThat(passages)
        .extracting(Passage::text)
        .isEqualTo(new Dossier(7, language, 450, 90).passages().toList());
    assertThat(facts("one")).hasSize(90);
    for (JsonNode fact : facts("one")) {
      Passage passage = passages.get(fact.path("passage").asInt());
      assertThat(passage.text()).contains(fact.path("fact").asString());
      assertThat(passage.document()).endsWith(fact.path("file").asString());
      assertThat(fact.path("simulated").asBoolean()).isTrue();
      assertThat(fact.path("depth").asDouble()).isEqualTo(fact.path("passage").asInt() / 449.0);
    }
  }

  @Test
  void the_same_seed_gives_the_same_octets_and_nothing_is_overwritten() throws IOException {
    String[] options = {"--passages", "250", "--facts", "3", "--seed", "1"};
    assertThat(dossier("one", options).status()).isZero();
    assertThat(dossier("two", options).status()).isZero();
    for (String name :
        List.of("facts.jsonl", "passages/simulated-00001.txt", "passages/simulated-00002.txt")) {
      assertThat(folder.resolve("one").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("two").resolve(name));
    }
    assertThat(dossier("one", options).status()).isEqualTo(3);
    assertThat(folder.resolve("one.unfinished")).doesNotExist();
  }

  @Test
  void what_cannot_be_is_refused_by_its_option() {
    assertThat(dossier("one", "--seed", "1", "--passages", "0").err())
        .contains("HF-2001", "--passages");
    assertThat(dossier("one", "--seed", "1", "--passages", "9", "--facts", "2").err())
        .contains("HF-2001", "--facts", "0 to 1");
    assertThat(dossier("one", "--seed", "1", "--language", "fr").status()).isEqualTo(2);
    assertThat(dossier("one").err()).contains("--seed");
    assertThat(folder.resolve("one")).doesNotExist();
  }
}
