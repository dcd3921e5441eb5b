package dev.holdfast.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class OnnxEmbedderTest {
  private static final Embedder ENGLISH = new OnnxEmbedder(EmbeddingModel.MINILM, 1);
  private static final Embedder CHINESE = new OnnxEmbedder(EmbeddingModel.BGE_ZH, 1);

  @AfterAll
  static void close() {
    ENGLISH.close();
    CHINESE.close();
  }

  private static double cosine(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  private static double cosine(Embedder embedder, String one, String other) {
    return cosine(embedder.embed(one), embedder.embed(other));
  }

  @Test
  void a_paraphrase_is_nearer_than_an_unrelated_sentence() {
    String seal = "The seal on the crate had been broken before the customs officer arrived.";
    assertThat(cosine(ENGLISH, seal, "Somebody opened the box's closure ahead of the inspection."))
        .isGreaterThan(cosine(ENGLISH, seal, "The cafeteria serves soup on Thursdays.") + 0.2);
    String chinese = "海关官员到达之前，箱子上的封条已经被破坏。";
    assertThat(cosine(CHINESE, chinese, "有人在检查以前就打开了货箱的铅封。"))
        .isGreaterThan(cosine(CHINESE, chinese, "食堂每周四供应热汤。") + 0.1);
  }

  @Test
  void a_question_finds_the_passage_that_answers_it() {
    String asked = EmbeddingModel.MINILM.question("Who took the boards out of the hall?");
    assertThat(cosine(ENGLISH, asked, "The night crew removed the accelerators from room 4."))
        .isGreaterThan(cosine(ENGLISH, asked, "The cooling water was six degrees too warm."));
    String question = EmbeddingModel.BGE_ZH.question("谁把主板从机房里拿走了？");
    assertThat(cosine(CHINESE, question, "夜班人员从四号厅拆下了加速卡。"))
        .isGreaterThan(cosine(CHINESE, question, "冷却水的温度高了六度。"));
  }

  /**
   * What was measured of Japanese, and no more: shared words are found. (Cosines: 0.89 with the
   * same words, 0.67 in other words, 0.54 and 0.48 about other things.)
   */
  @Test
  void japanese_is_found_where_words_are_shared() {
    String seal = "税関の職員が到着する前に、箱の封印は破られていた。";
    assertThat(cosine(CHINESE, seal, "箱の封印が破られたのは、職員の到着より前である。"))
        .isGreaterThan(cosine(CHINESE, seal, "食堂では木曜日にスープが出る。"));
  }

  @Test
  void capitals_do_not_make_a_name_unknown_to_the_chinese_model() {
    assertThat(cosine(CHINESE, "GPU 主板", "gpu 主板")).isCloseTo(1, within(1e-6));
  }

  @Test
  void vectors_have_unit_length_and_the_dimensions_of_their_model() {
    for (String text : List.of("", " ", "a", "检查", "word ".repeat(3000), "\u0000\ud800")) {
      for (Embedder embedder : List.of(ENGLISH, CHINESE)) {
        float[] vector = embedder.embed(text);
        assertThat(vector).hasSize(embedder.dimensions());
        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void all_of_a_long_text_counts() {
    String filler = "The corridor was clean and nobody was there at that time. ".repeat(100);
    float[] plain = ENGLISH.embed(filler);
    float[] ended = ENGLISH.embed(filler + "A thief carried the accelerators away. ".repeat(40));
    assertThat(cosine(plain, ended)).isLessThan(0.99);
  }

  @Test
  void neither_threads_nor_neighbours_change_a_vector() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      texts.add("Passage " + i + " about crates, seals and boards. ".repeat(i % 7));
    }
    List<float[]> one = ENGLISH.embedAll(texts, done -> {});
    List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
    try (Embedder many = new OnnxEmbedder(EmbeddingModel.MINILM, 4)) {
      assertThat(many.embedAll(texts, heard::add)).containsExactlyElementsOf(one);
      assertThat(many.embedAll(texts.reversed(), heard::add))
          .containsExactlyElementsOf(one.reversed());
      assertThat(many.embed(texts.get(7))).containsExactly(one.get(7));
      assertThat(many.embedAll(List.of(), heard::add)).isEmpty();
    }
    assertThat(heard).containsExactly(60, 60);
  }

  @Test
  void the_words_of_the_models_name_them() {
    for (EmbeddingModel model : EmbeddingModel.values()) {
      assertThat(EmbeddingModel.ofWord(model.word())).contains(model);
    }
    assertThat(EmbeddingModel.ofWord("none")).isEmpty();
    assertThat(EmbeddingModel.of(Language.ENGLISH)).isEqualTo(EmbeddingModel.MINILM);
    assertThat(EmbeddingModel.of(Language.JAPANESE)).isEqualTo(EmbeddingModel.BGE_ZH);
  }
}
