package dev.holdfast.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;
import dev.holdfast.base.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whatever a file of a record or a question holds, it is read or refused with a code. */
final class PolicyFilesFuzzTest {
  private static final PolicyFiles BUILT_IN = PolicyFiles.builtIn();

  @FuzzTest(maxDuration = "30s")
  void a_file_is_read_or_refused(FuzzedDataProvider data) {
    Map<String, byte[]> files = new TreeMap<>();
    PolicyFiles.NAMES.forEach(name -> files.put(name, BUILT_IN.octets(name)));
    String name = data.pickValue(PolicyFiles.NAMES.toArray(String[]::new));
    String original = new String(BUILT_IN.octets(name), UTF_8);
    int from = data.consumeInt(0, original.length());
    int to = data.consumeInt(from, Math.min(original.length(), from + 200));
    String changed =
        original.substring(0, from) + data.consumeRemainingAsString() + original.substring(to);
    files.put(name, changed.getBytes(UTF_8));
    try {
      assertThat(PolicyRecord.read(new PolicyFiles(files)).sha256()).hasSize(64);
    } catch (CodedException refused) {
      requireSpeakable(refused);
    }
  }

  @FuzzTest(maxDuration = "30s")
  void a_question_is_decided_or_refused(FuzzedDataProvider data) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("item", "H200");
    fields.put("to", "CN");
    int some = data.consumeInt(0, 6);
    for (int i = 0; i < some; i++) {
      fields.put(
          data.pickValue(QuestionReader.FIELDS.toArray(String[]::new)), data.consumeString(40));
    }
    try {
      Question question =
          new QuestionReader(Asking.RECORD, Asking.TODAY)
              .read(field -> Optional.ofNullable(fields.get(field)));
      assertThat(Asking.DECIDER.decide(question).trace()).isNotEmpty();
    } catch (CodedException refused) {
      requireSpeakable(refused);
    }
  }

  /** Somebody can mend it, and it can be shown on a terminal. */
  private static void requireSpeakable(CodedException refused) {
    assertThat(refused.problem().code().category()).isEqualTo(ErrorCategory.USER);
    assertThat(Problem.printable(refused.problem().sentence()))
        .isEqualTo(refused.problem().sentence());
  }
}
