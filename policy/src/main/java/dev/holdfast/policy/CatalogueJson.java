package dev.holdfast.policy;

import dev.holdfast.policy.DecisionJson.ClassificationJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of an accelerator, with what it is on a day; field names are stable.
 *
 * @param denseTops dense rates by format, tera-operations a second
 * @param dieAreaMm2 as stated; whether it counts, its basis says
 */
public record CatalogueJson(
    String item,
    List<String> aliases,
    String vendor,
    String architecture,
    String released,
    String market,
    Map<String, Double> denseTops,
    @Nullable Double dieAreaMm2,
    String dieAreaBasis,
    @Nullable Double dieAreaMostMm2,
    @Nullable Double memoryGb,
    @Nullable Double memoryBandwidth,
    @Nullable Double interconnect,
    ClassificationJson classification,
    String certainty,
    String notes,
    String source) {
  /** The JSON form. */
  public static CatalogueJson of(Accelerator item, Classification classification) {
    Map<String, Double> tops = new TreeMap<>();
    item.tops().forEach((format, value) -> tops.put(format.word(), value.doubleValue()));
    return new CatalogueJson(
        item.sku(),
        item.aliases(),
        item.vendor(),
        item.architecture(),
        item.released(),
        item.market(),
        tops,
        number(item.dieArea()),
        item.dieAreaBasis(),
        number(item.dieAreaMost()),
        number(item.memory()),
        number(item.bandwidth()),
        number(item.interconnect()),
        ClassificationJson.of(classification),
        item.certainty(),
        item.notes(),
        item.source());
  }

  private static @Nullable Double number(Optional<BigDecimal> value) {
    return value.map(BigDecimal::doubleValue).orElse(null);
  }
}
