package dev.holdfast.policy;

import java.util.Optional;

/**
 * The numbers of an item that the law asks for, as far as they are known by one reading.
 *
 * @param dataCentre whether it is designed or marketed for data centres; empty where not known
 */
record Specification(
    Span tpp,
    Span area,
    Span density,
    Span bandwidth,
    Span interconnect,
    Optional<Boolean> dataCentre) {
  private static Specification of(Accelerator item, Span tpp) {
    return new Specification(
        tpp,
        item.area(),
        Accelerator.density(tpp, item.area()),
        Accelerator.span(item.bandwidth()),
        Accelerator.span(item.interconnect()),
        item.dataCentre());
  }

  /** With the performance that published rates give. */
  static Specification computed(Accelerator item) {
    return of(item, item.tpp());
  }

  /** With the performance that the vendor publishes, where it does. */
  static Optional<Specification> vendor(Accelerator item) {
    return item.vendorTpp().map(tpp -> of(item, Span.of(tpp.doubleValue())));
  }

  Specification withTpp(double value) {
    Span other = Span.of(value);
    return new Specification(
        other, area, Accelerator.density(other, area), bandwidth, interconnect, dataCentre);
  }

  /** With an area that is stated, whatever it stands on. */
  Specification withArea(Span stated) {
    return new Specification(
        tpp, stated, Accelerator.density(tpp, stated), bandwidth, interconnect, dataCentre);
  }

  Specification withBandwidth(double value) {
    return new Specification(tpp, area, density, Span.of(value), interconnect, dataCentre);
  }

  Specification withInterconnect(double value) {
    return new Specification(tpp, area, density, bandwidth, Span.of(value), dataCentre);
  }

  Specification withDataCentre(boolean is) {
    return new Specification(tpp, area, density, bandwidth, interconnect, Optional.of(is));
  }

  /** The one case that a question is, where nothing about it is open. */
  Optional<Facts> facts(Question question) {
    if (!tpp.exact()
        || !density.exact()
        || !bandwidth.exact()
        || !interconnect.exact()
        || dataCentre.isEmpty()
        || question.item().vendor().isEmpty()
        || question.parentHq().isEmpty()
        || question.from().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Facts(
            tpp.least(),
            density.least(),
            bandwidth.least(),
            interconnect.least(),
            dataCentre.get(),
            question.item().vendor(),
            question.item().sku(),
            question.kind(),
            question.from(),
            question.to(),
            question.parentHq().get(),
            question.endUse(),
            question.listed(),
            question.ownedByListed()));
  }
}
