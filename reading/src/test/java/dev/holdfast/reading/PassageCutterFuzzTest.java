package dev.holdfast.reading;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a document holds, nothing of it is lost or said twice. */
final class PassageCutterFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void nothing_is_lost(FuzzedDataProvider data) {
    Language language = data.pickValue(Language.values());
    String name = data.pickValue(new String[] {"a.txt", "a.csv"});
    String part = data.consumeString(600);
    String text = part.repeat(data.consumeInt(0, 20)) + data.consumeRemainingAsString();
    Cuts.checked(language, new Document(name, text));
  }
}
