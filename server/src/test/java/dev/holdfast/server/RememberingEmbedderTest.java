package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.reading.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What an embedder is asked again, and what it is not. */
final class RememberingEmbedderTest {
  private final List<String> asked = new ArrayList<>();

  /** The vector of a text is its length. */
  private final class Lengths implements Embedder {
    @Override
    public int dimensions() {
      return 1;
    }

    @Override
    public float[] embed(String text) {
      asked.add(text);
      return new float[] {text.length()};
    }

    @Override
    public List<float[]> embedAll(List<String> texts, IntConsumer progress) {
      return texts.stream().map(this::embed).toList();
    }

    @Override
    public void close() {}
  }

  private RememberingEmbedder embedder(String model, RememberingEmbedder.Memory memory) {
    return new RememberingEmbedder(model, new Lengths(), memory);
  }

  @Test
  void a_text_is_embedded_once_by_each_model_and_vectors_keep_their_places() {
    RememberingEmbedder.Memory memory = new RememberingEmbedder.Memory(9);
    RememberingEmbedder one = embedder("one", memory);
    assertThat(one.embedAll(List.of("a", "bb", "a"), done -> {}))
        .containsExactly(new float[] {1}, new float[] {2}, new float[] {1});
    assertThat(one.embedAll(List.of("ccc", "bb"), done -> {}))
        .containsExactly(new float[] {3}, new float[] {2});
    assertThat(asked).containsExactly("a", "bb", "ccc");
    assertThat(embedder("two", memory).embedAll(List.of("a"), done -> {})).hasSize(1);
    assertThat(asked).containsExactly("a", "bb", "ccc", "a");
    assertThat(memory.size()).isEqualTo(4);
  }

  @Test
  void what_was_not_asked_for_longest_is_forgotten_even_while_more_is_asked_than_is_kept() {
    RememberingEmbedder.Memory memory = new RememberingEmbedder.Memory(2);
    RememberingEmbedder one = embedder("one", memory);
    assertThat(one.embedAll(List.of("a", "bb", "ccc"), done -> {}))
        .containsExactly(new float[] {1}, new float[] {2}, new float[] {3});
    assertThat(memory.size()).isEqualTo(2);
    assertThat(one.embedAll(List.of("bb"), done -> {})).containsExactly(new float[] {2});
    assertThat(one.embedAll(List.of("a"), done -> {})).hasSize(1);
    assertThat(one.embedAll(List.of("bb"), done -> {})).hasSize(1);
    assertThat(asked).containsExactly("a", "bb", "ccc", "a");
  }
}
