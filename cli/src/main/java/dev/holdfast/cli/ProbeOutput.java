package dev.holdfast.cli;

import dev.holdfast.base.ErrorCategory;
import dev.holdfast.base.MessageCatalogue;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
  int run(ProbeAsk ask, InetSocketAddress to, int count, Duration interval) {
    ProbeAsk.Outcome outcome = ask.ask(to, count, interval);
    if (output.form == OutputOptions.Form.JSON) {
      json(ask, to, outcome);
    } else {
      text(ask, to, outcome);
    }
    return outcome.answers().isEmpty() ? ErrorCategory.PEER.exitStatus() : 0;
  }

  private static String place(InetSocketAddress to) {
    String host = to.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + to.getPort();
  }

  private static long[] sorted(ProbeAsk.Outcome outcome) {
    return outcome.answers().stream().mapToLong(ProbeAsk.Answer::roundTrip).sorted().toArray();
  }

  /** The least value that so many of a hundred do not exceed (nearest rank). */
  private static long quantile(long[] sorted, int percent) {
    return sorted[(sorted.length * percent + 99) / 100 - 1];
  }

  private void json(ProbeAsk ask, InetSocketAddress to, ProbeAsk.Outcome outcome) {
    for (ProbeAsk.Answer answer : outcome.answers()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("number", answer.number());
      line.put("roundTripNanoseconds", answer.roundTrip());
      line.put("reflectorTurnaroundNanoseconds", answer.turnaround());
      line.put("timeToLive", answer.timeToLive());
      surroundings.out().println(Json.mapper().writeValueAsString(line));
    }
    long[] sorted = sorted(outcome);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("reflector", place(to));
    line.put("mode", ask.keyed() ? "keyed" : "plain");
    line.put("sent", outcome.sent());
    line.put("answered", sorted.length);
    line.put("refused", outcome.refused());
    line.put("stamps", outcome.stamps());
    if (sorted.length > 0) {
      line.put("minimumNanoseconds", sorted[0]);
      line.put("p50Nanoseconds", quantile(sorted, 50));
      line.put("p99Nanoseconds", quantile(sorted, 99));
    }
    surroundings.out().println(Json.mapper().writeValueAsString(line));
  }

  private void text(ProbeAsk ask, InetSocketAddress to, ProbeAsk.Outcome outcome) {
    for (ProbeAsk.Answer answer : outcome.answers()) {
      say(
          "probe.answer",
          String.valueOf(answer.number()),
          milliseconds(answer.roundTrip()),
          String.valueOf(answer.timeToLive()),
          milliseconds(answer.turnaround()));
    }
    long[] sorted = sorted(outcome);
    if (sorted.length == 0) {
      say("probe.nobody", place(to), String.valueOf(outcome.sent()));
    } else {
      say(
          "probe.summary",
          place(to),
          String.valueOf(sorted.length),
          String.valueOf(outcome.sent()),
          milliseconds(sorted[0]),
          milliseconds(quantile(sorted, 50)),
          milliseconds(quantile(sorted, 99)),
          catalogue.say("probe.stamps-" + outcome.stamps()));
    }
    if (!outcome.refused().isEmpty()) {
      say(
          "probe.refused",
          outcome.refused().entrySet().stream()
              .map(each -> each.getKey() + " " + each.getValue())
              .sorted()
              .collect(Collectors.joining(", ")));
    }
    say(ask.keyed() ? "probe.keyed" : "probe.plain");
  }

  private void say(String code, String... arguments) {
    surroundings.out().println(catalogue.say(code, arguments));
  }

  private static String milliseconds(long nanoseconds) {
    return String.format(Locale.ROOT, "%.3f", nanoseconds / NANOSECONDS);
  }
}
