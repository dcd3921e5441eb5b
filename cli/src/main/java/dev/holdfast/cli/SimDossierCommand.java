package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.sim.Dossier;
import dev.holdfast.sim.DossierLanguage;
import dev.holdfast.sim.PlantedFact;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast sim dossier}: a simulated dossier with planted facts, in a folder. */
@Command(
    name = "dossier",
    description =
        "Writes a simulated dossier into a new folder: reports, notes, papers and letters about"
            + " sites that do not exist in passages/*.txt, and in facts.jsonl the facts that are"
            + " planted among them, each with a question in other words and where it stands.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "The same seed, numbers and language give the same octets. Passages are counted from 0 over all",
      "files; they stand apart by blank lines. --language is that of the passages too (default: en).",
      "",
      "Examples:",
      "  holdfast sim dossier dossier --passages 10000 --facts 50 --seed 1",
      "  holdfast sim dossier juanzong --passages 2000 --facts 20 --language zh --seed 7"
    })
final class SimDossierCommand implements Callable<Integer> {
  static final int PASSAGES_PER_FILE = 200;

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "new folder")
  private @Nullable Path folder;

  @Option(
      names = "--passages",
      paramLabel = "N",
      defaultValue = "10000",
      description = "how many passages, at most 1000000 (default: 10000)")
  private int passages;

  @Option(
      names = "--facts",
      paramLabel = "M",
      defaultValue = "50",
      description = "how many of them hold a planted fact, at most one of five (default: 50)")
  private int facts;

  @Option(
      names = "--seed",
      required = true,
      paramLabel = "S",
      description = "what everything invented follows from")
  private long seed;

  @Mixin private final OutputOptions output = new OutputOptions();

  SimDossierCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path out = requireNonNull(folder);
    DossierLanguage language = language(output.language);
    require(
        passages >= 1 && passages <= Dossier.MOST_PASSAGES,
        "--passages is 1 to " + Dossier.MOST_PASSAGES);
    int most = Math.min(passages / Dossier.PASSAGES_PER_FACT, Dossier.mostFacts(language));
    require(
        facts >= 0 && facts <= most,
        "--facts is 0 to " + most + " in " + passages + " passages of this language");
    AuthorityOutput.requireFresh(out);
    Path unfinished = AuthorityOutput.fresh(out, ".unfinished");
    Dossier dossier = new Dossier(seed, language, passages, facts);
    try {
      write(dossier, unfinished);
      facts(dossier, language, unfinished);
      Files.move(unfinished, out, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw InputFiles.unwritable(out, e);
    }
    AuthorityOutput say = new AuthorityOutput(surroundings, output);
    say.wrote("folder", out);
    say.say("simulated", "true");
    say.say("language", language.word());
    say.say("passages", Integer.toString(passages));
    say.say("files", Integer.toString((passages - 1) / PASSAGES_PER_FILE + 1));
    say.say("facts", Integer.toString(facts));
    say.finish();
    return 0;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private static DossierLanguage language(@Nullable Locale chosen) {
    String word = (chosen == null ? Locale.ENGLISH : chosen).getLanguage();
    return Arrays.stream(DossierLanguage.values())
        .filter(language -> language.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  /** The file of a passage, within the folder. */
  private static String file(int passage) {
    return String.format(
        Locale.ROOT, "passages/simulated-%05d.txt", passage / PASSAGES_PER_FILE + 1);
  }

  private void write(Dossier dossier, Path to) throws IOException {
    Files.createDirectories(to.resolve("passages"));
    try (Progress progress = new Progress(surroundings, "writing", "passages", passages)) {
      Iterator<String> each = dossier.passages().iterator();
      for (int written = 0; written < passages; ) {
        Path file = to.resolve(file(written));
        int end = Math.min(passages, written + PASSAGES_PER_FILE);
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
          for (; written < end; written++) {
            writer.write(each.next());
            writer.write(written + 1 < end ? "\n\n" : "\n");
            progress.step(written);
          }
        }
      }
    }
  }

  private static void facts(Dossier dossier, DossierLanguage language, Path to) throws IOException {
    List<PlantedFact> facts = dossier.facts();
    try (BufferedWriter writer =
        Files.newBufferedWriter(to.resolve("facts.jsonl"), StandardOpenOption.CREATE_NEW)) {
      for (PlantedFact fact : facts) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("question", fact.question());
        line.put("fact", fact.fact());
        line.put("answer", fact.answer());
        line.put("file", file(fact.passage()));
        line.put("passage", fact.passage());
        line.put("depth", fact.depth());
        line.put("language", language.word());
        line.put("simulated", true);
        writer.write(Json.mapper().writeValueAsString(line));
        writer.write("\n");
      }
    }
  }
}
