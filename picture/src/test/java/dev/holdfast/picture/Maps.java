package dev.holdfast.picture;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.Locator;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports and captions for tests. */
final class Maps {
  static final Atlas ATLAS = atlas();
  static final RegionMap MAP = RegionMap.of(ATLAS);

  private final Map<LandmarkId, Landmark> landmarks = new HashMap<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();
  private int faults;

  private static Atlas atlas() {
    NaturalEarth earth = NaturalEarth.load();
    return Atlas.of(
        earth.map(),
        Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
        Atlas.DEFAULT_MARGIN);
  }

  Maps delay(String landmark, double latitude, double longitude, double milliseconds) {
    Landmark known = Landmark.of(landmark, latitude, longitude);
    landmarks.put(known.id(), known);
    measurements.add(
        new Measurement(known.id(), new TargetId("host"), Delay.ofMillis(milliseconds), null));
    return this;
  }

  Maps within(double latitude, double longitude, double kilometres) {
    return claim(
        new Claim.Within(new Position(latitude, longitude), Distance.ofKilometres(kilometres)));
  }

  Maps claim(Claim claim) {
    claims.add(claim);
    return this;
  }

  Maps tolerating(int operators) {
    faults = operators;
    return this;
  }

  LocationReport report() {
    return Locator.of(ATLAS, landmarks, Settings.DEFAULT.withToleratedFaults(faults))
        .report(new TargetId("host"), measurements, claims);
  }

  Picture draw() {
    LocationReport report = report();
    return Picture.of(MAP.draw(report, caption(report, false)));
  }

  static Caption caption(LocationReport report, boolean simulated) {
    List<Caption.Sentence> sentences = new ArrayList<>();
    for (Verdict verdict : report.verdicts()) {
      sentences.add(
          new Caption.Sentence(verdict.value(), "Sentence of " + verdict.reason().code() + "."));
    }
    return new Caption(
        "en",
        "Johor hall",
        sentences,
        List.of("delays as given"),
        List.of("Borders are good to 5 km."),
        simulated,
        MapWords.ENGLISH);
  }

  static Maps johor() {
    return new Maps()
        .delay("Singapore", 1.352, 103.82, 0.9)
        .delay("Kuala Lumpur", 3.139, 101.687, 4)
        .delay("Jakarta", -6.2, 106.82, 12);
  }

  static Maps fiji() {
    return new Maps()
        .delay("Suva", -18.14, 178.44, 3)
        .delay("Auckland", -36.85, 174.76, 16)
        .delay("Apia", -13.83, -171.77, 9)
        .claim(new Claim.Inside("FJ"));
  }

  static Maps southPole() {
    return new Maps()
        .delay("Pole", -89.99, 0, 8)
        .delay("McMurdo", -77.85, 166.67, 12)
        .claim(new Claim.Inside("AQ"));
  }

  static Maps conflict() {
    return new Maps()
        .delay("Frankfurt", 50.11, 8.68, 1.2)
        .delay("Madrid", 40.42, -3.7, 3)
        .within(50.1, 8.6, 50);
  }
}
