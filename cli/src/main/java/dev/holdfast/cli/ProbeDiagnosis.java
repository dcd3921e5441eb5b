package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.probe.Diagnosis;
import dev.holdfast.probe.Location;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.StampMethod;
import dev.holdfast.probe.SynchronizationSource;
import dev.holdfast.probe.TimestampInformation;
import dev.holdfast.probe.Timings;
import dev.holdfast.probe.Told;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Shows what a reflector says of itself, as its word. */
final class ProbeDiagnosis {
  private static final String TOLD = "told";

  private ProbeDiagnosis() {}

  /** The JSON form; what is not told is left out, and why stands in its place. */
  static Map<String, Object> json(Diagnosis diagnosis) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("location", word(diagnosis.location()));
    if (diagnosis.location() instanceof Told.Said<Location>(Location location)) {
      end(fields, "source", location.source());
      end(fields, "destination", location.destination());
    }
    fields.put("timestampInformation", word(diagnosis.stamps()));
    if (diagnosis.stamps() instanceof Told.Said<TimestampInformation>(TimestampInformation told)) {
      fields.put("synchronizationIn", SynchronizationSource.word(told.synchronizationIn()));
      fields.put("stampIn", StampMethod.word(told.methodIn()));
      fields.put("synchronizationOut", SynchronizationSource.word(told.synchronizationOut()));
      fields.put("stampOut", StampMethod.word(told.methodOut()));
    }
    return fields;
  }

  private static String word(Told<?> told) {
    return switch (told) {
      case Told.Said<?> _ -> TOLD;
      case Told.Unsaid<?>(Told.Reason why) -> why.word();
    };
  }

  private static void end(Map<String, Object> fields, String which, PeerAddress address) {
    if (address.isSpecified()) {
      fields.put(which + "Address", address.address());
    }
    if (address.port() != 0) {
      fields.put(which + "Port", address.port());
    }
  }

  /** Sentences for all answers; what they have in common is said once. */
  static List<String> sentences(List<Timings.Answer> answers, MessageCatalogue catalogue) {
    return answers.stream()
        .map(Timings.Answer::diagnosis)
        .filter(Objects::nonNull)
        .flatMap(each -> Stream.of(location(each, catalogue), stamps(each, catalogue)))
        .distinct()
        .toList();
  }

  private static String location(Diagnosis diagnosis, MessageCatalogue catalogue) {
    return switch (diagnosis.location()) {
      case Told.Said<Location>(Location told) ->
          catalogue.say(
              "probe.location", end(told.source(), catalogue), end(told.destination(), catalogue));
      case Told.Unsaid<Location>(Told.Reason why) ->
          catalogue.say("probe.location-untold", reason(why, catalogue));
    };
  }

  private static String end(PeerAddress address, MessageCatalogue catalogue) {
    if (address.isSpecified()) {
      return address.toString();
    }
    return address.port() == 0
        ? catalogue.say("probe.untold")
        : catalogue.say("probe.port-only", String.valueOf(address.port()));
  }

  private static String stamps(Diagnosis diagnosis, MessageCatalogue catalogue) {
    return switch (diagnosis.stamps()) {
      case Told.Said<TimestampInformation>(TimestampInformation told) ->
          catalogue.say(
              "probe.information",
              source(told.synchronizationIn(), catalogue),
              method(told.methodIn(), catalogue),
              source(told.synchronizationOut(), catalogue),
              method(told.methodOut(), catalogue));
      case Told.Unsaid<TimestampInformation>(Told.Reason why) ->
          catalogue.say("probe.information-untold", reason(why, catalogue));
    };
  }

  private static String reason(Told.Reason why, MessageCatalogue catalogue) {
    return catalogue.say("probe.untold-" + why.word());
  }

  private static String source(int code, MessageCatalogue catalogue) {
    return said("probe.synchronization-", SynchronizationSource.word(code), code, catalogue);
  }

  private static String method(int code, MessageCatalogue catalogue) {
    return said("probe.method-", StampMethod.word(code), code, catalogue);
  }

  private static String said(String keys, String word, int code, MessageCatalogue catalogue) {
    return catalogue.keys().contains(keys + word)
        ? catalogue.say(keys + word)
        : catalogue.say("probe.code", String.valueOf(code));
  }
}
