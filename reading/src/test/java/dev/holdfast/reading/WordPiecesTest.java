package dev.holdfast.reading;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of a text are those that the models' own tokenizer gives. */
final class WordPiecesTest {
  /**
   * Letters and signs that have been in Unicode for long: what came later, the library knows not.
   */
  private static final int[][] BLOCKS = {
    {0x20, 0x7E},
    {0x20, 0x7E},
    {0x20, 0x7E},
    {0x0, 0x1F},
    {0x80, 0x24F},
    {0x300, 0x36F},
    {0x370, 0x52F},
    {0x5D0, 0x5EA},
    {0x900, 0x97F},
    {0xE00, 0xE7F},
    {0x1E00, 0x1EFF},
    {0x2000, 0x206F},
    {0x20A0, 0x20BF},
    {0x2190, 0x21FF},
    {0x3000, 0x30FF},
    {0x4E00, 0x9FA5},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFA6D},
    {0xFF00, 0xFFEF},
    {0x1F600, 0x1F64F},
    {0x20000, 0x2A6D6}
  };

  private static final String[] WORDS = {
    "The inspector",
    "found",
    "NINE",
    "boards",
    "naïve",
    "Zürich",
    "H200",
    "GPU",
    "don't",
    "3.14",
    "unaffable",
    "检查员",
    "主板",
    "封条",
    "点検",
    "サーバー",
    "がぎぐ",
    "パ",
    "ΣΑΣ",
    "İstanbul",
    "한국어",
    "x".repeat(101),
    "a-b_c",
    "(c)",
    "—",
    "…",
    "№ 4",
    "ﬁne",
    "\u200b",
    "\ufeff",
    "\u00a0"
  };

  @TempDir private static Path cache = Path.of("");

  @BeforeAll
  static void quiet() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("DJL_CACHE_DIR", cache.toString());
  }

  private static String random(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int parts = random.nextInt(30);
    for (int i = 0; i < parts; i++) {
      if (random.nextBoolean()) {
        text.append(WORDS[random.nextInt(WORDS.length)]);
      } else {
        int[] block = BLOCKS[random.nextInt(BLOCKS.length)];
        text.appendCodePoint(random.nextInt(block[0], block[1] + 1));
      }
      text.append(random.nextInt(3) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private static byte[] vocabulary(EmbeddingModel model) throws IOException {
    try (InputStream in = WordPiecesTest.class.getResourceAsStream(model.vocabulary())) {
      assertThat(in).isNotNull();
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  private static WordPieces ours(EmbeddingModel model) throws IOException {
    return new WordPieces(vocabulary(model), model.vocabulary(), model.bare());
  }

  /** Capitals are lowered first where the carried file would not; see the model. */
  private static String prepared(EmbeddingModel model, String text) {
    return model.bare()
        ? text
        : text.codePoints()
            .map(Character::toLowerCase)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  @Test
  void the_same_numbers_as_the_library() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (EmbeddingModel model : EmbeddingModel.values()) {
      WordPieces ours = ours(model);
      try (InputStream in = WordPiecesTest.class.getResourceAsStream(model.vocabulary());
          HuggingFaceTokenizer library =
              HuggingFaceTokenizer.newInstance(
                  in, Map.of("padding", "false", "truncation", "false"))) {
        for (int i = 0; i < Counts.of(5000); i++) {
          String text = random(random);
          assertThat(ours.parts(text, 10_000))
              .as(model + " " + text.codePoints().mapToObj(Integer::toHexString).toList())
              .containsExactly(library.encode(prepared(model, text)).getIds());
        }
      }
    }
  }

  @Test
  void special_tokens_in_a_text_are_text() throws IOException {
    WordPieces pieces = ours(EmbeddingModel.MINILM);
    assertThat(pieces.parts("[SEP]", 512).getFirst()).hasSize(5);
    assertThat(pieces.parts("", 512)).containsExactly(new long[] {101, 102});
  }

  @Test
  void long_texts_come_in_parts_that_end_with_words() throws IOException {
    WordPieces pieces = ours(EmbeddingModel.MINILM);
    List<long[]> parts = pieces.parts("unaffable ".repeat(50), 12);
    assertThat(parts).allMatch(part -> part.length <= 12 && part[0] == 101 && part.length % 3 == 2);
    long[] word = pieces.parts("x".repeat(99), 1000).getFirst();
    List<long[]> torn = pieces.parts("x".repeat(99), 12);
    assertThat(torn.stream().mapToInt(part -> part.length - 2).sum()).isEqualTo(word.length - 2);
  }

  @Test
  void capitals_are_known_to_both_models() throws IOException {
    for (EmbeddingModel model : EmbeddingModel.values()) {
      WordPieces pieces = ours(model);
      assertThat(pieces.parts("GPU", 512)).containsExactly(pieces.parts("gpu", 512).getFirst());
      assertThat(pieces.parts("GPU", 512).getFirst()).doesNotContain(100);
    }
  }
}
