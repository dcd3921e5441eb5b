package dev.holdfast.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reports that say something in every field. */
final class Reports {
  static final Instant REFERENCE = Instant.parse("2026-01-31T08:00:00Z");

  private static final Landmark TOKYO = Landmark.of("tokyo", 35.68, 139.69);

  private Reports() {}

  static LocationReport tolerating(int faults) {
    Bound bound = new Bound(TOKYO, Distance.ofKilometres(149.8962291), Delay.ofMillis(1), 0);
    Reason reason = Reason.of("reason.nowhere-there", "tokyo", "CN+HK+MO", "5");
    List<Reason> assumptions = List.of(Reason.of("assumption.on-land"));
    Standing standing =
        new Standing(
            new Subject(Subject.Kind.TARGET, "t1", null),
            Basis.AS_GIVEN,
            false,
            new Window(Duration.ofMinutes(10), REFERENCE, 3, 1, 2),
            faults);
    return new LocationReport(
        new TargetId("t1"),
        standing,
        new Region(
            false, 70_588.0412, new Position(35.681234567, 139.7), 149.8962291, List.of("JP")),
        List.of(bound),
        List.of(bound),
        List.of(
            new Conflict(
                List.of(new LandmarkId("osaka"), new LandmarkId("tokyo")), 12.5, REFERENCE)),
        List.of(
            new Verdict(
                standing,
                new Claim.Outside("CN"),
                Verdict.Value.PROVED,
                null,
                reason,
                assumptions,
                List.of(new OperatorId("tokyo"))),
            new Verdict(
                standing,
                new Claim.Within(new Position(35, 139.5), Distance.ofKilometres(100)),
                Verdict.Value.UNPROVEN,
                Support.CONTRADICTED,
                reason,
                assumptions,
                List.of())),
        new Advice(new Position(35.5, 139.5), 70.5, 0.25, Reason.of("advice.calibrated", "40")));
  }

  /** Nothing measured: the whole Earth. */
  static LocationReport empty() {
    return new LocationReport(
        new TargetId("t2"),
        new Standing(
            new Subject(Subject.Kind.HOST, "h2", Subject.Binding.CHIP_EVIDENCE),
            Basis.SIGNED_ROUNDS,
            true,
            new Window(Duration.ofSeconds(90), null, 0, 0, 0),
            0),
        new Region(false, 510_065_622, null, 20_004, List.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Advice(null, null, null, Reason.of("advice.no-calibration")));
  }
}
