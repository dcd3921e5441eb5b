package dev.holdfast.base;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageCatalogueTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");
  private static final Set<String> IN_EVERY_LANGUAGE =
      Set.of("verdict", "claim", "reason", "slower", "coalition", "assumption", "verify");

  static List<Locale> languages() {
    return MessageCatalogue.LANGUAGES;
  }

  static List<Locale> translations() {
    return List.of(Locale.CHINESE, Locale.JAPANESE);
  }

  private static List<String> lines(Locale language) {
    String name = "messages_" + language.getLanguage() + ".properties";
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                requireNonNull(MessageCatalogue.class.getResourceAsStream(name)),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> patterns(Locale language) {
    Map<String, String> patterns = new TreeMap<>();
    for (String line : lines(language)) {
      int equals = line.indexOf('=');
      patterns.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return patterns;
  }

  private static Set<String> placeholders(String pattern) {
    return PLACEHOLDER
        .matcher(pattern)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void every_sentence_stands_once_on_a_line_of_its_own(Locale language) {
    assertThat(lines(language))
        .extracting(line -> line.substring(0, line.indexOf('=')))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(MessageCatalogue.ownKeys(language))
        .allMatch(key -> key.matches("[a-z]+\\.[A-Za-z0-9.-]+"));
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_translation_says_nothing_that_english_does_not(Locale language) {
    assertThat(MessageCatalogue.ownKeys(Locale.ENGLISH))
        .containsAll(MessageCatalogue.ownKeys(language));
  }

  @ParameterizedTest
  @MethodSource("translations")
  void whatever_belongs_to_a_verdict_is_translated(Locale language) {
    Set<String> needed =
        MessageCatalogue.ownKeys(Locale.ENGLISH).stream()
            .filter(key -> IN_EVERY_LANGUAGE.contains(key.substring(0, key.indexOf('.'))))
            .collect(Collectors.toSet());
    assertThat(needed).hasSizeGreaterThan(20);
    assertThat(MessageCatalogue.ownKeys(language)).containsAll(needed);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void no_pattern_holds_a_straight_apostrophe(Locale language) {
    assertThat(patterns(language).values()).noneMatch(pattern -> pattern.contains("'"));
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_translation_names_what_english_names(Locale language) {
    Map<String, String> english = patterns(Locale.ENGLISH);
    patterns(language)
        .forEach((key, pattern) ->
            assertThat(placeholders(pattern))
                .as(key)
                .isEqualTo(placeholders(english.getOrDefault(key, ""))));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void every_pattern_has_plain_placeholders_only(Locale language) {
    patterns(language)
        .forEach((key, pattern) -> {
          assertThat(new MessageFormat(pattern, Locale.ROOT).getFormats())
              .as(key)
              .allMatch(Objects::isNull);
          assertThat(PLACEHOLDER.matcher(pattern).replaceAll("")).as(key).doesNotContain("{", "}");
        });
  }

  @ParameterizedTest
  @MethodSource("languages")
  void every_language_can_say_everything(Locale language) {
    MessageCatalogue catalogue = MessageCatalogue.in(language);
    assertThat(catalogue.language()).isEqualTo(language);
    assertThat(catalogue.keys()).isEqualTo(MessageCatalogue.in(Locale.ENGLISH).keys());
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "tlh", "", "c", "zz"})
  void an_unknown_language_falls_back_to_english(String language) {
    MessageCatalogue catalogue = MessageCatalogue.in(Locale.of(language));
    assertThat(catalogue.language()).isEqualTo(Locale.ENGLISH);
    assertThat(catalogue.say("verdict.PROVED")).isEqualTo("Proved");
    assertThat(MessageCatalogue.supported(language)).isEmpty();
  }

  @Test
  void a_region_does_not_matter() {
    assertThat(MessageCatalogue.in(Locale.of("zh", "SG")).say("verdict.REFUTED")).isEqualTo("已证伪");
    assertThat(MessageCatalogue.in(Locale.of("ja", "JP")).say("verdict.REFUTED")).isEqualTo("反証済み");
  }

  @Test
  void arguments_are_filled_in_and_never_read_as_patterns() {
    assertThat(MessageCatalogue.in(Locale.ENGLISH).say("claim.inside", "{0} it's '{1}'"))
        .isEqualTo("in {0} it's '{1}'");
  }

  @Test
  void a_key_without_a_sentence_is_a_fault_of_the_caller() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCatalogue.in(Locale.ENGLISH).say("verdict.MAYBE"))
        .withMessageContaining("verdict.MAYBE");
  }
}
