package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DossierTest {
  /** A passage without what differs by number alone. */
  private static String bare(String passage) {
    return passage.replaceAll("SIM-[2-9A-Z]{6}", "").replaceAll("[0-9]+", "#");
  }

  @Test
  void the_same_seed_gives_the_same_dossier_and_another_seed_another() {
    for (DossierLanguage language : DossierLanguage.values()) {
      List<String> one = new Dossier(3, language, 300, 20).passages().toList();
      assertThat(new Dossier(3, language, 300, 20).passages().toList()).isEqualTo(one);
      assertThat(new Dossier(4, language, 300, 20).passages().toList()).doesNotContainSequence(one);
      assertThat(new Dossier(3, language, 300, 20).passage(77)).isEqualTo(one.get(77));
    }
  }

  @Test
  void no_passage_equals_another_even_without_its_numbers() {
    for (DossierLanguage language : DossierLanguage.values()) {
      Set<String> seen = new HashSet<>();
      Set<String> bare = new HashSet<>();
      int passages = language == DossierLanguage.ENGLISH ? 100_000 : 20_000;
      new Dossier(1, language, passages, 1000)
          .passages()
          .forEach(passage -> {
            seen.add(passage);
            bare.add(bare(passage));
          });
      assertThat(seen).hasSize(passages);
      assertThat(bare).hasSizeGreaterThan((int) (passages * 0.999));
    }
  }

  @Test
  void every_passage_is_called_simulated_is_filled_in_and_has_the_length_of_one() {
    for (DossierLanguage language : DossierLanguage.values()) {
      new Dossier(5, language, 5000, 500)
          .passages()
          .forEach(passage ->
              assertThat(passage)
                  .contains("SIM-")
                  .doesNotContain("{", "}", "|")
                  .matches(text ->
                      text.length() >= language.shortest() && text.length() <= language.longest()));
    }
  }

  @Test
  void every_fact_stands_where_it_is_said_to_and_nowhere_else() {
    for (DossierLanguage language : DossierLanguage.values()) {
      Dossier dossier = new Dossier(9, language, 3001, 600);
      List<String> passages = dossier.passages().toList();
      List<PlantedFact> facts = dossier.facts();
      assertThat(facts)
          .hasSize(600)
          .isSortedAccordingTo((one, other) -> Integer.compare(one.passage(), other.passage()));
      for (PlantedFact fact : facts) {
        assertThat(passages.get(fact.passage())).contains(fact.fact());
        assertThat(passages.stream().filter(each -> each.contains(fact.fact()))).hasSize(1);
        assertThat(fact.fact()).contains(fact.answer());
        assertThat(fact.question()).doesNotContain(fact.answer());
        assertThat(fact.depth()).isEqualTo(fact.passage() / 3000.0);
      }
      assertThat(facts).extracting(PlantedFact::question).doesNotHaveDuplicates();
    }
  }

  @Test
  void other_passages_tell_of_the_same_site() {
    Dossier dossier = new Dossier(2, DossierLanguage.ENGLISH, 2000, 100);
    List<String> passages = dossier.passages().toList();
    for (PlantedFact fact : dossier.facts()) {
      String near = fact.fact().replaceAll(".*?([A-Z][a-z]+ (?:Flats|Point|Reach|Yard)).*", "$1");
      if (!near.equals(fact.fact())) {
        assertThat(passages.stream().filter(each -> each.contains(near)))
            .hasSizeGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void as_many_facts_as_a_language_has_words_for_are_all_different() {
    for (DossierLanguage language : DossierLanguage.values()) {
      int most = Dossier.mostFacts(language);
      assertThat(new Dossier(1, language, 5 * most, most).facts())
          .extracting(PlantedFact::question)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void small_dossiers_and_none_that_cannot_be() {
    assertThat(new Dossier(1, DossierLanguage.ENGLISH, 1, 0).passages()).hasSize(1);
    assertThat(new Dossier(1, DossierLanguage.ENGLISH, 5, 1).facts()).hasSize(1);
    assertThatThrownBy(() -> new Dossier(1, DossierLanguage.ENGLISH, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Dossier(1, DossierLanguage.ENGLISH, 9, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
