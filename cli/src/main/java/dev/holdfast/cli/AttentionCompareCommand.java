package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.attention.Crossover;
import dev.holdfast.attention.Instructions;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.DurableFiles;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.picture.ReadingStrip;
import dev.holdfast.reading.Comparison;
import dev.holdfast.reading.Document;
import dev.holdfast.reading.DocumentFiles;
import dev.holdfast.reading.EmbeddingModel;
import dev.holdfast.reading.Language;
import dev.holdfast.reading.OnnxEmbedder;
import dev.holdfast.reading.Passage;
import dev.holdfast.reading.Question;
import dev.holdfast.reading.Selecting;
import dev.holdfast.reading.Shelf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code holdfast attention compare}: one question over one long text, dense and sparse. */
@Command(
    name = "compare",
    description =
        "Finds the passages of a long text that answer a question, once by attention over all of"
            + " them and once over chosen ones, and says how far the two answers differ, what each"
            + " read and how long it took. It retrieves; it does not write an answer, and it does"
            + " not judge whether a passage is true.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Texts are cut into passages and embedded on this machine: English by MiniLM; Chinese, and",
      "Japanese less well, by bge-small-zh. --select says how passages are chosen: index (the",
      "lightning indexer), index8 (the same, rounded to eight bits), tiered, blocks, bounds, window,",
      "random or dense. Times are medians on one thread; embedding, which costs most, is told apart.",
      "",
      "Examples:",
      "  holdfast sim dossier dossier --passages 4000 --facts 8",
      "  holdfast attention compare dossier/passages --question \"Who signed for the pallets?\"",
      "  holdfast attention compare notes.md --question \"When were the seals broken?\" --k 8",
      "  holdfast attention compare dossier/passages --question \"…\" --select window"
    })
final class AttentionCompareCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "texts (.txt, .md, .csv, .json, .jsonl, .log), or folders of them")
  private List<Path> files = List.of();

  @Option(names = "--question", required = true, description = "what is asked")
  private String question = "";

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "32",
      description = "passages that sparse attention may read (default: 32)")
  private int k = 32;

  @Option(
      names = "--select",
      paramLabel = "WAY",
      defaultValue = "index",
      converter = SelectingConverter.class,
      description = "how they are chosen (default: index)")
  private Selecting selecting = Selecting.INDEX;

  @Option(
      names = "--model",
      paramLabel = "minilm|bge-zh",
      converter = ModelConverter.class,
      description = "the model that embeds (default: by the language of the question)")
  private @Nullable EmbeddingModel model;

  @Option(names = "--show", paramLabel = "N", defaultValue = "5", description = "passages to print")
  private int show = 5;

  @Option(
      names = "--picture",
      paramLabel = "FILE.svg",
      description = "draw where in the text attention fell")
  private @Nullable Path picture;

  @Mixin private final OutputOptions output = new OutputOptions();

  AttentionCompareCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static final class SelectingConverter implements ITypeConverter<Selecting> {
    @Override
    public Selecting convert(String value) {
      return Selecting.ofWord(value)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'"
                      + value
                      + "' is not "
                      + Arrays.stream(Selecting.values())
                          .map(Selecting::word)
                          .collect(Collectors.joining(", "))));
    }
  }

  static final class ModelConverter implements ITypeConverter<EmbeddingModel> {
    @Override
    public EmbeddingModel convert(String value) {
      return EmbeddingModel.ofWord(value)
          .orElseThrow(
              () -> new TypeConversionException("'" + value + "' is not minilm or bge-zh"));
    }
  }

  @Override
  public Integer call() {
    if (question.isBlank()) {
      throw usage("--question", "is empty");
    }
    if (k < 1) {
      throw usage("--k", "'" + k + "' is not a number of passages; at least 1");
    }
    if (show < 0) {
      throw usage("--show", "'" + show + "' is not a number of passages");
    }
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    List<Document> documents = new DocumentFiles().read(files, log::add);
    List<Passage> passages = Shelf.cut(documents);
    if (passages.isEmpty()) {
      int status = log.finish();
      if (status != 0) {
        return status;
      }
      throw new CodedException(
          Problem.in(files.getFirst().toString(), ErrorCode.EMPTY_FILE, "there is no text in it"));
    }
    Language asked = Language.of(question);
    EmbeddingModel used = model == null ? EmbeddingModel.of(asked) : model;
    MessageCatalogue catalogue = surroundings.catalogue(output.language);
    AttentionReport report;
    try (OnnxEmbedder embedder = new OnnxEmbedder(used)) {
      long began = System.nanoTime();
      Shelf shelf = shelved(used, embedder, passages);
      long embedding = System.nanoTime() - began;
      Question vectors = Question.of(used, embedder, question);
      Comparison.Timed timed =
          Comparison.timed(Instructions.best(), shelf, vectors, selecting, k, System::nanoTime);
      Crossover crossover =
          Selecting.crossover(Instructions.best(), vectors.heads(), k, System::nanoTime);
      report =
          new AttentionReport(
              timed.comparison(),
              timed.times(),
              crossover.rows(),
              documents.size(),
              embedding,
              asked);
    }
    Optional<Path> drawn = draw(report, catalogue);
    if (output.form == OutputOptions.Form.JSON) {
      surroundings.out().println(Json.mapper().writeValueAsString(report.json(question, show)));
    } else {
      report.print(surroundings.out(), catalogue, question, show);
      drawn.ifPresent(
          file -> surroundings.out().println(catalogue.say("attention.picture", file.toString())));
    }
    return log.finish();
  }

  private Shelf shelved(EmbeddingModel used, OnnxEmbedder embedder, List<Passage> passages) {
    try (Progress progress = new Progress(surroundings, "embedding", "passages", passages.size())) {
      return Shelf.of(used, embedder, passages, progress::show);
    }
  }

  private Optional<Path> draw(AttentionReport report, MessageCatalogue catalogue) {
    Path file = picture;
    if (file == null) {
      return Optional.empty();
    }
    Comparison comparison = report.comparison();
    String svg =
        ReadingStrip.draw(
            report.words(catalogue, question, show), comparison.weights(), comparison.chosen());
    try {
      DurableFiles.replace(file, svg.getBytes(UTF_8));
    } catch (IOException e) {
      throw InputFiles.unwritable(file, e);
    }
    return Optional.of(file);
  }

  private static CodedException usage(String option, String reason) {
    return new CodedException(Problem.in(option, ErrorCode.USAGE, reason));
  }
}
