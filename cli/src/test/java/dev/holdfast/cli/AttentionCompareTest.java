package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class AttentionCompareTest {
  private static final String ASKED = "Which seals were no longer whole?";
  private static final String ANSWER =
      "At the second door the inspector saw that two tamper-evident seals had been broken open.";

  @TempDir private Path folder = Path.of("");

  private Path dossier = Path.of("");

  @BeforeEach
  void write() throws IOException {
    dossier = Files.createDirectory(folder.resolve("dossier"));
    StringBuilder first = new StringBuilder();
    for (int i = 1; i <= 30; i++) {
      first.append("The cooling water of row ").append(i).append(" was measured and found cold");
      first.append(", as the maintenance plan asks for on every ").append(i).append("th day. ");
      first.append("Nothing else was changed there, and the pumps kept running all the time, so ");
      first.append("that no accelerator of the row had to stop its work for the measurement.\n\n");
    }
    Files.writeString(dossier.resolve("a.md"), first);
    Files.writeString(dossier.resolve("b.md"), ANSWER + "\n");
  }

  private Desk.Result compare(String... more) {
    String[] all = new String[3 + more.length];
    all[0] = "attention";
    all[1] = "compare";
    all[2] = dossier.toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return new Desk(folder).run(all);
  }

  private JsonNode json(String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "--question";
    all[1] = ASKED;
    all[2] = "--output";
    all[3] = "json";
    System.arraycopy(more, 0, all, 4, more.length);
    Desk.Result result = compare(all);
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.lines()).hasSize(1);
    return result.lines().getFirst();
  }

  @Test
  void thePassageThatAnswersComesFirstAndIsReadBySparseAttention() {
    JsonNode report = json("--k", "4");

    assertThat(report.path("rowsReadSparse").asInt()).isEqualTo(4);
    assertThat(report.path("rowsReadDense").asInt()).isGreaterThanOrEqualTo(31);
    assertThat(report.path("fellBackToDense").asBoolean()).isFalse();
    JsonNode best = report.path("dense").path(0);
    assertThat(best.path("text").asString()).isEqualTo(ANSWER);
    assertThat(best.path("document").asString()).endsWith("b.md");
    assertThat(best.path("chosen").asBoolean()).isTrue();
    assertThat(report.path("sparse").path(0).path("text").asString()).isEqualTo(ANSWER);
    assertThat(report.path("attentionShare").asDouble()).isBetween(0.5, 1.0);
    assertThat(report.path("outputDifference").asDouble()).isBetween(0.0, 0.5);
  }

  @Test
  void aWindowThatDoesNotReachTheAnswerMissesIt() throws IOException {
    Files.move(dossier.resolve("b.md"), dossier.resolve("0.md"));

    JsonNode report = json("--k", "4", "--select", "window");

    assertThat(report.path("dense").path(0).path("text").asString()).isEqualTo(ANSWER);
    assertThat(report.path("dense").path(0).path("chosen").asBoolean()).isFalse();
    assertThat(report.path("attentionShare").asDouble()).isLessThan(0.5);
  }

  @Test
  void whereAllMayBeReadTheAnswersAreTheSame() {
    JsonNode report = json("--k", "1000");

    assertThat(report.path("fellBackToDense").asBoolean()).isTrue();
    assertThat(report.path("outputDifference").asDouble()).isLessThan(1e-6);
    assertThat(report.path("attentionShare").asDouble()).isEqualTo(1);
  }

  @Test
  void theTextSaysWhatWasReadAndWhatItCannotDo() {
    Desk.Result result = compare("--question", ASKED, "--k", "4", "--language", "en");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("Sparse attention read 4 of 31 passages")
        .contains("b.md, passage 1: " + ANSWER)
        .contains("it writes no answer");
  }

  @Test
  void aQuestionInALanguageThatNoModelWasTrainedForIsSaidToBe() {
    Desk.Result result = compare("--question", "壊れた封印はどれですか。", "--language", "en");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("was not trained for the language of the question");
  }

  @Test
  void thePictureHoldsTheQuestionEscaped() throws IOException {
    Path picture = folder.resolve("p.svg");

    Desk.Result result =
        compare("--question", "Is <b> broken & open?", "--picture", picture.toString());

    assertThat(result.status()).isZero();
    assertThat(Files.readString(picture)).startsWith("<svg").contains("Is &lt;b&gt; broken &amp;");
  }

  @Test
  void whatCannotBeAskedIsRefusedByName() {
    assertThat(compare("--question", " ").status()).isEqualTo(2);
    assertThat(compare("--question", " ").err()).contains("HF-2001").contains("--question");
    assertThat(compare("--question", "x", "--k", "0").err()).contains("--k");
    assertThat(compare("--question", "x", "--select", "best").status()).isEqualTo(2);
    assertThat(compare("--question", "x", "--model", "gpt").status()).isEqualTo(2);
    assertThat(compare().status()).isEqualTo(2);
  }

  @Test
  void aFileWithoutTextIsRefusedByName() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), " \n");

    Desk.Result result =
        new Desk(folder).run("attention", "compare", empty.toString(), "--question", "x");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-1001").contains("empty.txt");
  }
}
