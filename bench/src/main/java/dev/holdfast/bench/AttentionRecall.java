package dev.holdfast.bench;

import dev.holdfast.attention.Heads;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.Rows;
import dev.holdfast.attention.Selector;
import dev.holdfast.attention.store.RowFile;
import dev.holdfast.reading.EmbeddingModel;
import dev.holdfast.reading.OnnxEmbedder;
import dev.holdfast.reading.Question;
import dev.holdfast.reading.Selecting;
import dev.holdfast.sim.Dossier;
import dev.holdfast.sim.DossierLanguage;
import dev.holdfast.sim.PlantedFact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How many planted facts each way to choose finds, by depth, in simulated dossiers of varied
 * passages (seed 1), embedded by MiniLM; beside dense attention, whose best k by exact product are
 * the most that any choice can be asked for.
 *
 * <p>Arguments: a folder that keeps the vectors from run to run (embedding a million passages takes
 * hours on two cores), then numbers of passages. Run with {@code --add-modules
 * jdk.incubator.vector}.
 */
public final class AttentionRecall {
  private static final int FACTS = 100;
  private static final int QUARTERS = 4;
  private static final int TOGETHER = 1024;
  private static final int[] CHOSEN = {32, 128, 512};

  private AttentionRecall() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      throw new IllegalArgumentException("a folder for vectors and numbers of passages are needed");
    }
    System.out.println(Machine.describe(Path.of(".")));
    System.out.println("simulated dossiers, " + FACTS + " planted facts, " + Instructions.best());
    EmbeddingModel model = EmbeddingModel.MINILM;
    try (OnnxEmbedder embedder = new OnnxEmbedder(model)) {
      for (int i = 1; i < arguments.length; i++) {
        int passages = Integer.parseInt(arguments[i]);
        measure(Path.of(arguments[0]).resolve("dossier-" + passages), passages, model, embedder);
      }
    }
  }

  private static void measure(
      Path folder, int passages, EmbeddingModel model, OnnxEmbedder embedder) {
    Dossier dossier = new Dossier(1, DossierLanguage.ENGLISH, passages, FACTS);
    List<PlantedFact> facts = dossier.facts();
    try (RowFile file =
        RowFile.open(
            folder, Projection.hadamard(model.dimensions(), 32), IndexForm.EIGHT_BITS, 0)) {
      embed(file, dossier, passages, embedder);
      Rows rows = file.snapshot().rows();
      List<Question> questions = new ArrayList<>();
      facts.forEach(fact -> questions.add(Question.of(model, embedder, fact.question())));
      System.out.printf(
          Locale.ROOT,
          "%n%,d passages%n%-9s %5s  %7s  %s  %s%n",
          passages,
          "choice",
          "k",
          "recall",
          "by quarter of depth    ",
          "octets a row");
      for (int k : CHOSEN) {
        line("dense", k, facts, exact(rows, questions, k), rows.keyDimension() * Float.BYTES);
        for (Selecting way : Selecting.values()) {
          if (way != Selecting.DENSE) {
            Selector selector = way.over(Instructions.best(), rows);
            line(
                way.word(),
                k,
                facts,
                questions.stream()
                    .map(each -> selector.select(each.heads(), each.query(), rows.count(), k))
                    .toList(),
                (double) selector.octets() / rows.count());
          }
        }
      }
    }
  }

  private static void embed(RowFile file, Dossier dossier, int passages, OnnxEmbedder embedder) {
    long began = System.nanoTime();
    int before = file.count();
    for (int from = before; from < passages; from += TOGETHER) {
      List<String> texts = new ArrayList<>();
      for (int i = from; i < Math.min(passages, from + TOGETHER); i++) {
        texts.add(dossier.passage(i));
      }
      embedder.embedAll(texts, done -> {}).forEach(file::append);
      file.commit();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    if (passages > before) {
      System.out.printf(
          Locale.ROOT,
          "embedded %,d passages in %.0f s, %.0f a second%n",
          passages - before,
          seconds,
          (passages - before) / seconds);
    }
  }

  /** The k rows with the largest product with the whole question, in double precision. */
  private static List<int[]> exact(Rows rows, List<Question> questions, int k) {
    double[][] products = new double[questions.size()][rows.count()];
    for (int row = 0; row < rows.count(); row++) {
      float[] key = rows.key(row);
      for (int q = 0; q < questions.size(); q++) {
        products[q][row] = product(questions.get(q), key);
      }
    }
    List<int[]> best = new ArrayList<>();
    for (double[] each : products) {
      double[] sorted = each.clone();
      Arrays.sort(sorted);
      double bar = sorted[Math.max(0, sorted.length - k)];
      best.add(IntStream.range(0, each.length).filter(i -> each[i] >= bar).toArray());
    }
    return best;
  }

  private static double product(Question question, float[] key) {
    Heads heads = question.heads();
    double sum = 0;
    for (int i = 0; i < heads.dimension(); i++) {
      sum += (double) question.query()[i] * key[i];
    }
    return sum;
  }

  private static void line(
      String name, int k, List<PlantedFact> facts, List<int[]> chosen, double octets) {
    int[] found = new int[QUARTERS];
    int[] all = new int[QUARTERS];
    for (int i = 0; i < facts.size(); i++) {
      int quarter = Math.min(QUARTERS - 1, (int) (facts.get(i).depth() * QUARTERS));
      all[quarter]++;
      found[quarter] += Arrays.binarySearch(chosen.get(i), facts.get(i).passage()) >= 0 ? 1 : 0;
    }
    StringBuilder quarters = new StringBuilder();
    for (int i = 0; i < QUARTERS; i++) {
      quarters.append(
          String.format(Locale.ROOT, "%5.2f ", all[i] == 0 ? 0 : found[i] / (double) all[i]));
    }
    System.out.printf(
        Locale.ROOT,
        "%-9s %5d  %7.2f  %s %7.1f%n",
        name,
        k,
        Arrays.stream(found).sum() / (double) facts.size(),
        quarters,
        octets);
  }
}
