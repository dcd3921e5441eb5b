package dev.holdfast.policy;

import java.util.HashMap;
import java.util.Map;

/**
 * One case with nothing left open: what rules are tested on.
 *
 * @param tpp total processing performance
 * @param density performance density
 * @param bandwidth total bandwidth of memory, GB/s
 * @param interconnect aggregate bidirectional bandwidth, GB/s
 * @param from country, or blank
 * @param to country of destination
 * @param headquarters country of the ultimate parent's headquarters
 */
record Facts(
    double tpp,
    double density,
    double bandwidth,
    double interconnect,
    boolean dataCentre,
    String vendor,
    String item,
    Kind kind,
    String from,
    String to,
    String headquarters,
    String endUse,
    boolean listed,
    boolean ownedByListed) {
  static final String TPP = "tpp";
  static final String DENSITY = "performanceDensity";
  static final String BANDWIDTH = "memoryBandwidth";
  static final String INTERCONNECT = "interconnect";

  /** The values that conditions ask for, but for the paragraph. */
  Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put(TPP, tpp);
    values.put(DENSITY, density);
    values.put(BANDWIDTH, bandwidth);
    values.put(INTERCONNECT, interconnect);
    values.put("dataCentre", dataCentre);
    values.put("vendor", vendor);
    values.put("item", item);
    values.put("kind", kind.word());
    values.put("from", from);
    values.put("endUse", endUse);
    values.put("listed", listed);
    values.put("ownedByListed", ownedByListed);
    return values;
  }
}
