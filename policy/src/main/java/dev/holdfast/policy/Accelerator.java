package dev.holdfast.policy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one accelerator, and how well.
 *
 * <p>Total processing performance is twice the multiply-accumulate rate in tera-operations a second
 * times the length of the operands, dense, the greatest over all formats; with a multiplication and
 * an addition counted apart that is the published dense rate times the length (ECCN 3A090, Note 2
 * on technical parameters). Performance density is that by the applicable die area.
 *
 * @param tops dense rates, tera-operations a second; what is missing is not known
 * @param dieAreaBasis how well the area is known; only {@code certain}, {@code high} and {@code
 *     medium} are taken for knowledge
 * @param dieAreaMost what the area cannot exceed, mm², such as so many reticle fields
 * @param bandwidth of all memory, GB/s
 * @param interconnect aggregate bidirectional, GB/s
 */
public record Accelerator(
    String sku,
    List<String> aliases,
    String vendor,
    String architecture,
    String released,
    String market,
    Map<Format, BigDecimal> tops,
    Optional<BigDecimal> vendorTpp,
    Optional<String> vendorEccn,
    Optional<BigDecimal> dieArea,
    String dieAreaBasis,
    Optional<BigDecimal> dieAreaMost,
    Optional<BigDecimal> memory,
    Optional<BigDecimal> bandwidth,
    Optional<BigDecimal> interconnect,
    String certainty,
    String notes,
    String source) {
  /** What an area has to stand on to decide anything. */
  static final Set<String> KNOWN_BASES = Set.of("certain", "high", "medium");

  static final Set<String> BASES =
      Set.of("certain", "high", "medium", "memory", "estimate", "unknown");

  static final String DATA_CENTRE = "datacenter";

  /** Whom it is designed and marketed for; not known where it is blank. */
  static final Set<String> MARKETS = Set.of(DATA_CENTRE, "consumer", "workstation");

  public Accelerator {
    aliases = List.copyOf(aliases);
    tops = tops.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(tops));
  }

  /** Whether it is designed or marketed for data centres, where that is known. */
  public Optional<Boolean> dataCentre() {
    return market.isEmpty() ? Optional.empty() : Optional.of(market.equals(DATA_CENTRE));
  }

  /** Total processing performance as published rates give it; unknown where there is none. */
  public Span tpp() {
    return tops.entrySet().stream()
        .map(each -> each.getValue().multiply(BigDecimal.valueOf(each.getKey().bits())))
        .max(BigDecimal::compareTo)
        .map(tpp -> Span.of(tpp.doubleValue()))
        .orElse(Span.UNKNOWN);
  }

  /** The applicable die area as far as it is known, mm². */
  public Span area() {
    if (areaIsKnown()) {
      return Span.of(dieArea.orElseThrow().doubleValue());
    }
    return dieAreaMost.map(most -> new Span(0, most.doubleValue())).orElse(Span.UNKNOWN);
  }

  /** Whether the area may decide. */
  public boolean areaIsKnown() {
    return dieArea.isPresent() && KNOWN_BASES.contains(dieAreaBasis);
  }

  /** The density that a performance gives with an area that is known so far. */
  static Span density(Span tpp, Span area) {
    return new Span(quotient(tpp.least(), area.most()), quotient(tpp.most(), area.least()));
  }

  /** Of decimals, since 5.92 has to be 5.92. */
  private static double quotient(double tpp, double area) {
    if (tpp == Double.POSITIVE_INFINITY || area == 0) {
      return tpp == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return area == Double.POSITIVE_INFINITY
        ? 0
        : BigDecimal.valueOf(tpp)
            .divide(BigDecimal.valueOf(area), MathContext.DECIMAL64)
            .doubleValue();
  }

  static Span span(Optional<BigDecimal> value) {
    return value.map(known -> Span.of(known.doubleValue())).orElse(Span.UNKNOWN);
  }
}
