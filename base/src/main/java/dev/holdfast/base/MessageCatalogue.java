package dev.holdfast.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The sentences that people read, by key, in one language.
 *
 * <p>English is complete; Chinese and Japanese fall back to it, sentence by sentence. Patterns are
 * those of {@link MessageFormat} with arguments that are already text, so a number looks the same
 * in every language and in JSON. A pattern never holds a straight apostrophe, which MessageFormat
 * would swallow.
 */
public final class MessageCatalogue {
  /** The languages that have a catalogue of their own. */
  public static final List<Locale> LANGUAGES =
      List.of(Locale.ENGLISH, Locale.CHINESE, Locale.JAPANESE);

  private final Locale language;
  private final Properties sentences;

  private MessageCatalogue(Locale language, Properties sentences) {
    this.language = language;
    this.sentences = sentences;
  }

  /** The catalogue in the language of a locale, or in English where that language has none. */
  public static MessageCatalogue in(Locale locale) {
    Properties sentences = new Properties();
    sentences.putAll(read(Locale.ENGLISH));
    Locale language = supported(locale.getLanguage()).orElse(Locale.ENGLISH);
    if (!language.equals(Locale.ENGLISH)) {
      sentences.putAll(read(language));
    }
    return new MessageCatalogue(language, sentences);
  }

  /** The supported language with an ISO 639 code such as {@code ja}. */
  public static Optional<Locale> supported(String languageCode) {
    return LANGUAGES.stream().filter(l -> l.getLanguage().equals(languageCode)).findFirst();
  }

  /** The language of this catalogue. */
  public Locale language() {
    return language;
  }

  /**
   * The sentence for a key with its arguments filled in.
   *
   * @throws IllegalArgumentException if there is no such key: a fault of the caller
   */
  public String say(String key, List<String> arguments) {
    String pattern = sentences.getProperty(key);
    if (pattern == null) {
      throw new IllegalArgumentException("no sentence for key " + key);
    }
    return new MessageFormat(pattern, Locale.ROOT).format(arguments.toArray());
  }

  /** The sentence for a key with its arguments filled in. */
  public String say(String key, String... arguments) {
    return say(key, List.of(arguments));
  }

  /**
   * The pattern of a key, for whoever fills it in elsewhere.
   *
   * @throws IllegalArgumentException where there is none
   */
  public String pattern(String key) {
    String pattern = sentences.getProperty(key);
    if (pattern == null) {
      throw new IllegalArgumentException("no sentence " + key);
    }
    return pattern;
  }

  /** Every key that this catalogue can say. */
  public Set<String> keys() {
    return sentences.stringPropertyNames();
  }

  /** The keys that a language carries itself, without the English fall-back. */
  static Set<String> ownKeys(Locale language) {
    return read(language).stringPropertyNames();
  }

  private static Properties read(Locale language) {
    String name = "messages_" + language.getLanguage() + ".properties";
    try (InputStream in = MessageCatalogue.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
