package dev.holdfast.probe;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * The round trips of a round in few numbers, all nanoseconds and zero where nothing was answered.
 *
 * @param accepted answers that counted
 * @param minimum the shortest round trip: the one that bounds
 * @param median the value at or above half of them
 * @param ninetieth the value at or above nine tenths of them
 * @param maximum the longest
 */
public record RoundTimings(int accepted, long minimum, long median, long ninetieth, long maximum) {
  /** The numbers of a transcript. */
  public static RoundTimings of(Transcript transcript) {
    long[] sorted =
        transcript.lines().stream()
            .map(Transcript.Line::answer)
            .filter(Objects::nonNull)
            .mapToLong(Transcript.Answer::roundTrip)
            .sorted()
            .toArray();
    return new RoundTimings(
        sorted.length, at(sorted, 0), at(sorted, 0.5), at(sorted, 0.9), at(sorted, 1));
  }

  private static long at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? 0 : sorted[Math.max(index, 0)];
  }

  void addTo(SortedMap<String, JsonTree> members) {
    members.put("accepted", new NumberNode(accepted));
    members.put("minimumNanoseconds", new NumberNode(minimum));
    members.put(
        "quantilesNanoseconds",
        ObjectNode.of(
            Map.of(
                "50", new NumberNode(median),
                "90", new NumberNode(ninetieth),
                "100", new NumberNode(maximum))));
  }

  static RoundTimings read(JsonFields fields) {
    JsonFields quantiles = fields.fields("quantilesNanoseconds");
    RoundTimings timings =
        new RoundTimings(
            fields.whole("accepted", Transcript.MOST),
            fields.whole("minimumNanoseconds"),
            quantiles.whole("50"),
            quantiles.whole("90"),
            quantiles.whole("100"));
    quantiles.requireNothingElse();
    return timings;
  }
}
