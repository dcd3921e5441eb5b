package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.ReportJson;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one way in which commands write JSON: fields in the order of the record, ISO times. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /** A report as one line; sentences in English whatever the language of the terminal. */
  static String line(LocationReport report, MessageCatalogue english) {
    return MAPPER.writeValueAsString(form(report, english));
  }

  /** The JSON form of a report. */
  static ReportJson form(LocationReport report, MessageCatalogue english) {
    return ReportJson.of(report, reason -> english.say(reason.code(), reason.arguments()));
  }

  static JsonMapper mapper() {
    return MAPPER;
  }
}
