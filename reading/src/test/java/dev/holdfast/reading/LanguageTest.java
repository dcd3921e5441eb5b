package dev.holdfast.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LanguageTest {
  @Test
  void scripts_tell_languages_apart() {
    assertThat(Language.of("The seal of crate 9 was broken.")).isEqualTo(Language.ENGLISH);
    assertThat(Language.of("九号箱的封条已经破损。")).isEqualTo(Language.CHINESE);
    assertThat(Language.of("九番の箱の封印は破れていた。")).isEqualTo(Language.JAPANESE);
    assertThat(Language.of("サーバー")).isEqualTo(Language.JAPANESE);
  }

  @Test
  void foreign_names_do_not_change_the_language() {
    assertThat(Language.of("The crate went from 上海 to Rotterdam by way of 東京, it says."))
        .isEqualTo(Language.ENGLISH);
    assertThat(Language.of("机房里有九块 NVIDIA H200 主板，由 Northwind Logistics 运来。"))
        .isEqualTo(Language.CHINESE);
    assertThat(Language.of("优の良品牌的箱子在检查之前已经被夜班的人打开过一次，封条换了新的。")).isEqualTo(Language.CHINESE);
  }

  @Test
  void what_has_no_letters_or_other_letters_counts_as_english() {
    assertThat(Language.of("")).isEqualTo(Language.ENGLISH);
    assertThat(Language.of("12 34 …")).isEqualTo(Language.ENGLISH);
    assertThat(Language.of("Печать сломана")).isEqualTo(Language.ENGLISH);
  }

  @Test
  void japanese_without_kana_is_taken_for_chinese() {
    assertThat(Language.of("点検報告")).isEqualTo(Language.CHINESE);
  }
}
