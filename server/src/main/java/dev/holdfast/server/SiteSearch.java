package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attention.Instructions;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.reading.Comparison;
import dev.holdfast.reading.Document;
import dev.holdfast.reading.Embedder;
import dev.holdfast.reading.EmbeddingModel;
import dev.holdfast.reading.Found;
import dev.holdfast.reading.Language;
import dev.holdfast.reading.OnnxEmbedder;
import dev.holdfast.reading.Passage;
import dev.holdfast.reading.PassageCutter;
import dev.holdfast.reading.Question;
import dev.holdfast.reading.Selecting;
import dev.holdfast.reading.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Finds passages in what can be read of a site. Models are loaded by the first question in their
 * language. One question is worked on at a time; others wait a while, and are then sent away.
 */
final class SiteSearch implements AutoCloseable {
  static final int LONGEST_QUESTION = 500;
  static final int MOST_CHOSEN = 64;
  static final int USUALLY_CHOSEN = 16;

  /** About 125 MB where all are of 512 numbers. */
  private static final int MOST_REMEMBERED = 50_000;

  private static final int MOST_PASSAGES = 5_000;
  private static final long LONGEST_WAIT_SECONDS = 10;

  private final SiteRecords records;
  private final RememberingEmbedder.Memory memory = new RememberingEmbedder.Memory(MOST_REMEMBERED);
  private final Map<EmbeddingModel, Embedder> embedders = new EnumMap<>(EmbeddingModel.class);
  private final Semaphore turn = new Semaphore(1, true);
  private volatile boolean closing;

  SiteSearch(SiteRecords records) {
    this.records = records;
  }

  /** How many vectors are remembered. */
  int remembered() {
    return memory.size();
  }

  /** Answers a question about a site, by the parameters of a request. */
  JsonBody ask(String site, Asked asked) throws InterruptedException {
    String question = asked.required("question", LONGEST_QUESTION);
    int k = asked.number("k", 1, MOST_CHOSEN).orElse(USUALLY_CHOSEN);
    Language language = language(asked, question);
    SiteRecord record = records.find(site, asked).orElseThrow(() -> Asked.notThere("site", site));
    // Said in the language of the question, as its model reads that best.
    List<SiteText> texts =
        SiteTexts.of(record, MessageCatalogue.in(Locale.forLanguageTag(language.word()))).stream()
            .sorted(Comparator.comparing(SiteText::kind))
            .toList();
    Map<String, SiteText> read = new HashMap<>();
    List<Passage> passages = passages(texts, read);
    EmbeddingModel model = EmbeddingModel.of(language);
    Comparison comparison = compare(model, question, passages, k);
    return new JsonBody()
        .put("question", question)
        .put("language", language.word())
        .put("model", model.word())
        .put("trainedForLanguage", model.isTrainedFor(language))
        .put("texts", read.size())
        .put("textsLeftOut", texts.size() - read.size())
        .put("passages", passages.size())
        .put("k", k)
        .put("rowsReadDense", passages.size())
        .put("rowsReadSparse", comparison.chosen().length)
        .put("fellBackToDense", !comparison.sparse())
        .put("attentionShare", comparison.share())
        .put("outputDifference", comparison.difference())
        .put("limits", asked.catalogue().say("text.search-limits"))
        .put("items", comparison.best(k).stream().map(found -> item(found, read)).toList());
  }

  private static Language language(Asked asked, String question) {
    String word = asked.text("language");
    return word == null
        ? Language.of(question)
        : Language.ofWord(word).orElseThrow(() -> Asked.bad("language", "it is not en, zh or ja"));
  }

  /** The passages of as many texts as there is room for, and which texts these were. */
  private static List<Passage> passages(List<SiteText> texts, Map<String, SiteText> read) {
    List<Passage> passages = new ArrayList<>();
    for (SiteText text : texts) {
      List<Passage> more = PassageCutter.cutAny(new Document(text.name(), text.text()));
      if (passages.size() + more.size() > MOST_PASSAGES) {
        break;
      }
      passages.addAll(more);
      read.put(text.name(), text);
    }
    return passages;
  }

  private static Object item(Found found, Map<String, SiteText> read) {
    Passage passage = found.passage();
    SiteText text = requireNonNull(read.get(passage.document()));
    return new JsonBody()
        .put("name", text.name())
        .put("link", text.link())
        .put("text", passage.text())
        .put("from", passage.from())
        .put("to", passage.to())
        .put("weight", found.weight())
        .put("sparseWeight", found.sparseWeight())
        .put("chosen", found.chosen())
        .put("selfDeclared", text.kind().selfDeclared())
        .fields();
  }

  private Comparison compare(EmbeddingModel model, String question, List<Passage> passages, int k)
      throws InterruptedException {
    if (!turn.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new CodedException(
          Problem.of(ErrorCode.TOO_BUSY, "other questions are being answered; ask again later"));
    }
    try {
      requireOpen();
      Embedder embedder =
          embedders.computeIfAbsent(
              model, each -> new RememberingEmbedder(each.word(), embedder(each), memory));
      Shelf shelf = Shelf.of(model, embedder, passages, done -> requireOpen());
      return Comparison.of(
          Instructions.best(), shelf, Question.of(model, embedder, question), Selecting.INDEX, k);
    } finally {
      turn.release();
    }
  }

  /** By half of the cores: the server has other work. */
  private static Embedder embedder(EmbeddingModel model) {
    return new OnnxEmbedder(model, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  private void requireOpen() {
    if (closing) {
      throw new CodedException(Problem.of(ErrorCode.TOO_BUSY, "the server is stopping"));
    }
  }

  /** Ends what is being answered within some passages, and lets go of the models. */
  @Override
  public void close() {
    closing = true;
    turn.acquireUninterruptibly();
    try {
      embedders.values().forEach(Embedder::close);
      embedders.clear();
    } finally {
      turn.release();
    }
  }
}
