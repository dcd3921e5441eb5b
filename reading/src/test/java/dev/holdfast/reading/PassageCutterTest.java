package dev.holdfast.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class PassageCutterTest {
  private static final String[] PARTS = {
    "The inspector found nine boards. ",
    "Seal 4 was broken, ",
    "because the crate had been opened at night; ",
    "word ",
    "a",
    "x".repeat(90),
    "x".repeat(450),
    "No. 4 lay apart. ",
    "\n",
    "\r\n",
    "\n\n",
    "\n \t\n",
    "\n\n\n\n",
    "# Report\n",
    "## Findings of the second day\n\n",
    "Short line\n\n",
    "- an item of a list\n",
    "12) another\n",
    "检查员在机房里看到九块主板。",
    "封条已经破损，",
    "因为箱子在夜里被打开过；",
    "点検者は基板を九枚見つけた。",
    "封印は破れていた、",
    "\u3000",
    "\u00a0",
    "😀",
    "e\u0301",
    "\ud83d",
    "，",
    "\"",
    "!?",
    "\u2029",
    "\u0000"
  };

  private static String random(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int parts = random.nextInt(60);
    for (int i = 0; i < parts; i++) {
      String part = PARTS[random.nextInt(PARTS.length)];
      text.append(random.nextInt(12) == 0 ? part.repeat(random.nextInt(30)) : part);
    }
    return text.toString();
  }

  private static List<String> texts(Language language, String name, String text) {
    return Cuts.checked(language, new Document(name, text)).stream().map(Passage::text).toList();
  }

  private static List<String> english(String text) {
    return texts(Language.ENGLISH, "a.txt", text);
  }

  @Test
  void every_character_that_is_not_blank_lies_in_exactly_one_passage_in_order() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < Counts.of(1500); i++) {
      String text = random(random);
      for (Language language : Language.values()) {
        Cuts.checked(language, new Document(i % 5 == 0 ? "a.csv" : "a.txt", text));
      }
    }
  }

  @Test
  void a_blank_document_has_no_passages() {
    assertThat(english("")).isEmpty();
    assertThat(english(" \n\n\t\u3000\n")).isEmpty();
  }

  @Test
  void a_paragraph_is_a_passage_if_it_is_long_enough_and_stays_with_the_next_if_not() {
    String one = "The seals of all crates were whole on arrival. ".repeat(6).strip();
    String two = "Nobody had opened the hall since the last inspection. ".repeat(5).strip();
    assertThat(english(one + "\n\n" + two)).containsExactly(one, two);
    assertThat(english("It was late.\n\n" + two)).containsExactly("It was late.\n\n" + two);
  }

  @Test
  void passages_end_with_sentences() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("The board in slot ").append(i);
      text.append(" answered after a second try and was marked as sound.");
      text.append(i % 3 == 0 ? "\n" : " ");
    }
    assertThat(english(text.toString()))
        .hasSizeGreaterThan(5)
        .allMatch(each -> each.endsWith("sound.") && each.startsWith("The board"));
  }

  @Test
  void chinese_and_japanese_end_with_their_own_full_stops() {
    String chinese = "检查员在机房里看到九块主板，序列号与上个月的记录一致。";
    String japanese = "点検者は機械室で九枚の基板を確かめ、番号は先月の記録と同じだった。";
    assertThat(texts(Language.CHINESE, "a.txt", chinese.repeat(20)))
        .hasSizeGreaterThan(3)
        .allMatch(each -> each.endsWith("。") && each.startsWith("检查员"));
    assertThat(texts(Language.JAPANESE, "a.txt", japanese.repeat(20)))
        .hasSizeGreaterThan(3)
        .allMatch(each -> each.endsWith("。") && each.startsWith("点検者"));
  }

  @Test
  void a_heading_stays_with_what_follows_it() {
    String body = "Nobody had opened the hall since the last inspection. ".repeat(5).strip();
    assertThat(english(body + "\n\nSecond day\n\n" + body))
        .containsExactly(body, "Second day\n\n" + body);
    assertThat(english("# Report\n\n## Second day\n" + body))
        .containsExactly("# Report\n\n## Second day\n" + body);
    assertThat(english("Second day\n\n" + "word ".repeat(200)).getFirst())
        .startsWith("Second day\n\nword word");
  }

  @Test
  void lines_of_tables_and_items_of_lists_are_not_torn() {
    StringBuilder rows = new StringBuilder();
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      rows.append("2026-11-03,hall 4,B-").append(i).append(",removed by the night shift\n");
      items.append("- board B-").append(i).append(" was removed and not put back again\n");
    }
    assertThat(texts(Language.ENGLISH, "a.csv", rows.toString()))
        .allMatch(each -> each.startsWith("2026-11-03") && each.endsWith("night shift"));
    assertThat(english(items.toString()))
        .allMatch(each -> each.startsWith("- board") && each.endsWith("again"));
  }

  @Test
  void a_sentence_that_is_too_long_is_cut_behind_a_comma_or_between_words() {
    String clause = "the crates were carried down to the yard by the men of the night shift, ";
    assertThat(english("First " + clause.repeat(15)).getFirst()).endsWith("shift,");
    assertThat(english("word ".repeat(300))).allMatch(each -> each.endsWith("word"));
    assertThat(english("x".repeat(1000))).extracting(String::length).containsExactly(400, 400, 200);
  }

  @Test
  void a_large_document_is_cut_in_time() {
    String[] hard = {
      "word, ".repeat(400_000),
      "x".repeat(2_000_000),
      "\n".repeat(2_000_000),
      "# a\n".repeat(300_000),
      "No. 4. ".repeat(200_000),
      "，".repeat(1_000_000),
      "e\u0301".repeat(500_000)
    };
    for (String text : hard) {
      Assertions.assertTimeout(
          Duration.ofSeconds(30),
          () ->
              assertThat(new PassageCutter(Language.ENGLISH).cut(new Document("a.txt", text)))
                  .isNotNull());
    }
  }
}
