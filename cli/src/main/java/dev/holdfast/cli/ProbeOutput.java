package dev.holdfast.cli;

import dev.holdfast.base.ErrorCategory;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.probe.Diagnosis;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.Timings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what came of asking a reflector. */
final class ProbeOutput {
  private static final double NANOSECONDS = 1e6;

  private final Surroundings surroundings;
  private final OutputOptions output;
  private final MessageCatalogue catalogue;

  ProbeOutput(Surroundings surroundings, OutputOptions output) {
    this.surroundings = surroundings;
    this.output = output;
    this.catalogue = surroundings.catalogue(output.language);
  }

  /** Asks and prints; returns the exit status. */
  int run(ProbeAsk ask, PeerAddress to, RoundSettings settings) {
    Timings timings = ask.ask(to, settings);
    int sent = settings.challenges();
    if (output.form == OutputOptions.Form.JSON) {
      json(ask.keyed(), to, sent, timings);
    } else {
      text(ask.keyed(), to, sent, timings);
    }
    return timings.answers().isEmpty() ? ErrorCategory.PEER.exitStatus() : 0;
  }

  private static long[] sorted(Timings timings) {
    return timings.answers().stream()
        .mapToLong(Timings.Answer::roundTripNanoseconds)
        .sorted()
        .toArray();
  }

  /** What was refused, by the words of the reasons, sorted. */
  private static Map<String, Integer> refused(Timings timings) {
    Map<String, Integer> refused = new TreeMap<>();
    timings.refused().forEach((why, times) -> refused.put(why.word(), times));
    return refused;
  }

  /** The least value that so many of a hundred do not exceed (nearest rank). */
  private static long quantile(long[] sorted, int percent) {
    return sorted[(sorted.length * percent + 99) / 100 - 1];
  }

  private void json(boolean keyed, PeerAddress to, int sent, Timings timings) {
    for (Timings.Answer answer : timings.answers()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("number", answer.number());
      line.put("roundTripNanoseconds", answer.roundTripNanoseconds());
      line.put("reflectorTurnaroundNanoseconds", answer.word().turnaroundNanoseconds());
      line.put("timeToLive", answer.word().timeToLive());
      Diagnosis diagnosis = answer.diagnosis();
      if (diagnosis != null) {
        line.put("reflectorSelfDeclared", ProbeDiagnosis.json(diagnosis));
      }
      surroundings.out().println(Json.mapper().writeValueAsString(line));
    }
    long[] sorted = sorted(timings);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("reflector", to.toString());
    line.put("mode", keyed ? "keyed" : "plain");
    line.put("sent", sent);
    line.put("answered", sorted.length);
    line.put("refused", refused(timings));
    line.put("stamps", timings.stamps().word());
    if (sorted.length > 0) {
      line.put("minimumNanoseconds", sorted[0]);
      line.put("p50Nanoseconds", quantile(sorted, 50));
      line.put("p99Nanoseconds", quantile(sorted, 99));
    }
    surroundings.out().println(Json.mapper().writeValueAsString(line));
  }

  private void text(boolean keyed, PeerAddress to, int sent, Timings timings) {
    for (Timings.Answer answer : timings.answers()) {
      say(
          "probe.answer",
          String.valueOf(answer.number()),
          milliseconds(answer.roundTripNanoseconds()),
          String.valueOf(answer.word().timeToLive()),
          milliseconds(answer.word().turnaroundNanoseconds()));
    }
    long[] sorted = sorted(timings);
    if (sorted.length == 0) {
      say("probe.nobody", to.toString(), String.valueOf(sent));
    } else {
      say(
          "probe.summary",
          to.toString(),
          String.valueOf(sorted.length),
          String.valueOf(sent),
          milliseconds(sorted[0]),
          milliseconds(quantile(sorted, 50)),
          milliseconds(quantile(sorted, 99)),
          catalogue.say("probe.stamps-" + timings.stamps().word()));
    }
    if (!timings.refused().isEmpty()) {
      say(
          "probe.refused",
          refused(timings).entrySet().stream()
              .map(each -> each.getKey() + " " + each.getValue())
              .collect(Collectors.joining(", ")));
    }
    List<String> diagnosis = ProbeDiagnosis.sentences(timings.answers(), catalogue);
    if (!diagnosis.isEmpty()) {
      diagnosis.forEach(surroundings.out()::println);
      say("probe.self-declared");
    }
    say(keyed ? "probe.keyed" : "probe.plain");
  }

  private void say(String code, String... arguments) {
    surroundings.out().println(catalogue.say(code, arguments));
  }

  private static String milliseconds(long nanoseconds) {
    return String.format(Locale.ROOT, "%.3f", nanoseconds / NANOSECONDS);
  }
}
