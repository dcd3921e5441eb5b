package dev.holdfast.sim;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Believes the labels that hosts tell, and nothing else: one that is told at another host than
 * before is a finding of weight. What the watch is held against.
 */
final class LabelsOnly implements Detector {
  private final Map<Alias, String> hosts = new HashMap<>();

  @Override
  public List<Finding> hear(Evidence evidence, long index) {
    if (!(evidence instanceof Inventoried told)) {
      return List.of();
    }
    String host = told.host().value();
    List<Finding> findings = new ArrayList<>();
    for (Inventory.Chip chip : told.inventory().chips()) {
      for (Alias alias : chip.aliases()) {
        String before = hosts.put(alias, host);
        if (alias.kind() == Alias.Kind.PDI && before != null && !before.equals(host)) {
          String name = alias.value().substring(2);
          findings.add(
              new Finding(
                  "label-elsewhere",
                  Severity.MEDIUM,
                  name,
                  Reason.of("suite.label-elsewhere", name, before, host),
                  told.at(),
                  List.of(index),
                  List.of("chip:" + name, "host:" + before, "host:" + host)));
        }
      }
    }
    return findings;
  }

  @Override
  public List<Finding> tick(Instant at) {
    return List.of();
  }
}
