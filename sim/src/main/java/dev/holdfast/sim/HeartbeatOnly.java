package dev.holdfast.sim;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Hears whether chips are there, from whoever says so, and nothing else: one that was not heard for
 * 24 hours is a finding of weight. What the watch is held against.
 */
final class HeartbeatOnly implements Detector {
  private static final Duration SILENCE = Duration.ofHours(24);

  private final TreeMap<String, Heard> chips = new TreeMap<>();

  private record Heard(String host, Instant at, boolean told) {}

  @Override
  public List<Finding> hear(Evidence evidence, long index) {
    if (evidence instanceof Attested attested) {
      heard(attested.chip(), attested.host().value(), attested.at());
    } else if (evidence instanceof Inventoried inventoried) {
      inventoried.inventory().chips().stream()
          .flatMap(each -> each.aliases().stream())
          .filter(each -> each.kind() == Alias.Kind.PDI)
          .forEach(each ->
              heard(each.value().substring(2), inventoried.host().value(), inventoried.at()));
    }
    return List.of();
  }

  private void heard(String chip, String host, Instant at) {
    Heard known = chips.get(chip);
    if (known == null || !at.isBefore(known.at)) {
      chips.put(chip, new Heard(host, at, false));
    }
  }

  @Override
  public List<Finding> tick(Instant at) {
    List<Finding> findings = new ArrayList<>();
    chips.replaceAll((chip, heard) -> {
      if (heard.told || at.isBefore(heard.at.plus(SILENCE))) {
        return heard;
      }
      findings.add(
          new Finding(
              "not-heard",
              Severity.MEDIUM,
              chip,
              Reason.of("suite.not-heard", chip),
              at,
              List.of(),
              List.of("chip:" + chip, "host:" + heard.host)));
      return new Heard(heard.host, heard.at, true);
    });
    return findings;
  }
}
