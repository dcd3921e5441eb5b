package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a command prints; the same for all. */
final class OutputOptions {
  /** The forms of output. */
  enum Form {
    TEXT,
    JSON
  }

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "text for people, json for machines: one object a line (default: text)")
  Form form = Form.TEXT;

  @Option(
      names = "--language",
      paramLabel = "en|zh|ja",
      converter = LanguageConverter.class,
      description = "language of sentences (default: from the environment); json stays English")
  @Nullable Locale language;

  static final class LanguageConverter implements ITypeConverter<Locale> {
    @Override
    public Locale convert(String value) {
      return MessageCatalogue.supported(value)
          .orElseThrow(() -> new TypeConversionException("'" + value + "' is not en, zh or ja"));
    }
  }
}
