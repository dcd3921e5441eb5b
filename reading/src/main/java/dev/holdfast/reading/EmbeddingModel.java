package dev.holdfast.reading;

import java.util.Arrays;
import java.util.Optional;

/**
 * The models that text is embedded by, each in a jar of its own, quantized to 8 bits.
 *
 * <p>The softmax scale is the factor on cosines that a model was trained with, the inverse of its
 * temperature: probabilities over passages are {@code softmax(scale · cosine)}.
 */
public enum EmbeddingModel {
  /**
   * all-MiniLM-L6-v2 by sentence-transformers, 6 layers, for English. Its training script
   * multiplies cosines by 20 (train_script.py beside the model on huggingface.co). It was trained
   * on texts of up to 128 tokens; longer ones are read, but less well.
   */
  MINILM(
      "minilm",
      "sentence-transformers/all-MiniLM-L6-v2",
      "Apache-2.0",
      384,
      "",
      20,
      "all-minilm-l6-v2-q",
      true,
      Pooling.MEAN),
  /**
   * bge-small-zh-v1.5 by BAAI, 4 layers, for Chinese. Its authors fine-tuned by contrast at a
   * temperature of 0.01 (FlagEmbedding, research/baai_general_embedding, question 2 of its FAQ;
   * C-Pack, arXiv 2309.07597), so cosines of unrelated texts lie well above zero and only their
   * order counts. Questions, and they alone, go behind an instruction.
   *
   * <p>It serves Japanese too, for want of a better one as small. It was not trained for it: it
   * knows most kana and many of the characters, and finds what shares words with the question more
   * than what means the same.
   */
  BGE_ZH(
      "bge-zh",
      "BAAI/bge-small-zh-v1.5",
      "MIT",
      512,
      "为这个句子生成表示以用于检索相关文章：",
      100,
      "bge-small-zh-v1.5-q",
      // Marks stay, since が is not か. (Capitals are lowered, which the carried tokenizer.json does
      // not do: its vocabulary has none, and "GPU" would be one unknown word.)
      false,
      Pooling.FIRST);

  /** How the vectors of the tokens become the one of the text. */
  enum Pooling {
    MEAN,
    FIRST
  }

  private final String word;
  private final String title;
  private final String licence;
  private final int dimensions;
  private final String questionPrefix;
  private final double softmaxScale;
  private final String resource;
  private final boolean bare;
  private final Pooling pooling;

  EmbeddingModel(
      String word,
      String title,
      String licence,
      int dimensions,
      String questionPrefix,
      double softmaxScale,
      String resource,
      boolean bare,
      Pooling pooling) {
    this.word = word;
    this.title = title;
    this.licence = licence;
    this.dimensions = dimensions;
    this.questionPrefix = questionPrefix;
    this.softmaxScale = softmaxScale;
    this.resource = resource;
    this.bare = bare;
    this.pooling = pooling;
  }

  /** The model that suits a language best of these. */
  public static EmbeddingModel of(Language language) {
    return switch (language) {
      case ENGLISH -> MINILM;
      case CHINESE, JAPANESE -> BGE_ZH;
    };
  }

  /** Whether it was trained for a language, or only serves it for want of a better one. */
  public boolean isTrainedFor(Language language) {
    return language != Language.JAPANESE && of(language) == this;
  }

  /** The model with this word. */
  public static Optional<EmbeddingModel> ofWord(String word) {
    return Arrays.stream(values()).filter(model -> model.word.equals(word)).findFirst();
  }

  /** Its word on the command line, such as {@code minilm}. */
  public String word() {
    return word;
  }

  /** Its name where its authors publish it. */
  public String title() {
    return title;
  }

  /** Its licence, by SPDX identifier. */
  public String licence() {
    return licence;
  }

  /** How many numbers an embedding has. */
  public int dimensions() {
    return dimensions;
  }

  /** A question as it is embedded, behind what the model wants there. */
  public String question(String text) {
    return questionPrefix + text;
  }

  /** What goes before questions, never before passages; may be empty. */
  public String questionPrefix() {
    return questionPrefix;
  }

  /** What cosines are multiplied by before softmax. */
  public double softmaxScale() {
    return softmaxScale;
  }

  /** Where its network is on the class path. */
  String network() {
    return "/" + resource + ".onnx";
  }

  /** Where its vocabulary is on the class path. */
  String vocabulary() {
    return "/" + resource + "-tokenizer.json";
  }

  /** Whether letters lose their accents and other marks. */
  boolean bare() {
    return bare;
  }

  Pooling pooling() {
    return pooling;
  }
}
