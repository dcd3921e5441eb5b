package dev.holdfast.picture;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.BorderMap;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.RegionField;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Conflict;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What there is to draw, picked out of a report. */
final class Scene {
  /** More circles than this hide each other. */
  private static final int MOST_BOUNDS = 40;

  private static final int MOST_GAPS = 3;
  private static final int RIM_POINTS = 180;

  /** A claimed circle; the number is that of its sentence, from 1. */
  record ClaimedPlace(int number, Claim.Within claim, Verdict.Value value) {
    double[] at() {
      return Sphere.vector(claim.place());
    }

    SphereLine circle() {
      Landmark middle = Landmark.of("claim", claim.place().latitude(), claim.place().longitude());
      return rim(new Bound(middle, claim.radius(), Delay.ofMillis(0), 0));
    }
  }

  /** A claimed or excluded destination. */
  record ClaimedArea(
      int number,
      boolean excluded,
      String name,
      Verdict.Value value,
      List<BorderMap.BorderUnit> units,
      Outlines outlines) {
    /** The middle of its longest outline. */
    double[] middle() {
      SphereLine longest = new SphereLine();
      for (SphereLine loop : outlines.loops()) {
        longest = loop.size() > longest.size() ? loop : longest;
      }
      double[] sum = {1e-9, 0, 0};
      for (int i = 0; i < longest.size(); i++) {
        for (int j = 0; j < 3; j++) {
          sum[j] += longest.vector(i)[j];
        }
      }
      return Sphere.unit(sum[0], sum[1], sum[2]);
    }
  }

  /** The stretch between the rims of two bounds that miss each other. */
  record Gap(double[] from, double[] to, double km) {}

  /** From the landmark that refutes a claim to the claimed place. */
  record Away(double[] landmark, double[] claim, String length) {}

  private final LocationReport report;
  private final RegionField field;
  private final List<ClaimedPlace> places = new ArrayList<>();
  private final List<ClaimedArea> areas = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Away> aways = new ArrayList<>();
  private final Set<LandmarkId> contradicting = new HashSet<>();
  private final List<Bound> binding;
  private final List<Bound> others;
  private final int notDrawn;

  Scene(LocationReport report, Atlas atlas) {
    this.report = report;
    this.field = new RegionField(report.bounds(), report.toleratedFaults());
    for (Conflict conflict : report.conflicts()) {
      contradicting.addAll(conflict.landmarks());
    }
    Collection<Bound> shaping = new LinkedHashSet<>();
    report.bounds().stream().filter(this::contradicts).forEach(shaping::add);
    shaping.addAll(report.binding());
    this.binding = shaping.stream().limit(MOST_BOUNDS).toList();
    this.others =
        report.bounds().stream()
            .filter(bound -> !binding.contains(bound))
            .limit(MOST_BOUNDS - binding.size())
            .toList();
    this.notDrawn = report.bounds().size() - binding.size() - others.size();
    for (int i = 0; i < report.verdicts().size(); i++) {
      claim(i + 1, report.verdicts().get(i), atlas);
    }
    report.conflicts().stream().limit(MOST_GAPS).forEach(this::gap);
  }

  private void claim(int number, Verdict verdict, Atlas atlas) {
    switch (verdict.claim()) {
      case Claim.Within within -> {
        places.add(new ClaimedPlace(number, within, verdict.value()));
        if (verdict.value() == Verdict.Value.REFUTED) {
          away(within, verdict.reason());
        }
      }
      case Claim.Inside inside -> area(number, inside.country(), false, verdict.value(), atlas);
      case Claim.Outside outside -> area(number, outside.country(), true, verdict.value(), atlas);
    }
  }

  private void area(
      int number, String country, boolean excluded, Verdict.Value value, Atlas atlas) {
    Destinations destinations = atlas.destinations();
    Optional<Integer> destination = destinations.index(country);
    if (destination.isEmpty()) {
      return;
    }
    List<BorderMap.BorderUnit> units =
        atlas.map().units().stream()
            .filter(unit -> destinations.index(unit.code()).equals(destination))
            .toList();
    List<double[][]> rings = new ArrayList<>();
    units.forEach(unit -> rings.addAll(atlas.map().rings(unit)));
    String name =
        units.size() == 1 ? units.getFirst().name() : destinations.names().get(destination.get());
    areas.add(new ClaimedArea(number, excluded, name, value, units, Outlines.of(rings)));
  }

  /** Where one landmark alone refutes a claim, the reason names it and its distance. */
  private void away(Claim.Within claim, Reason reason) {
    if (!reason.code().equals("reason.within-refuted") || reason.arguments().size() < 4) {
      return;
    }
    String name = reason.arguments().get(0);
    String length = reason.arguments().get(3) + " km";
    for (Bound bound : report.bounds()) {
      if (bound.landmark().id().value().equals(name)) {
        double[] landmark = Sphere.vector(bound.landmark().position());
        aways.add(new Away(landmark, Sphere.vector(claim.place()), length));
        return;
      }
    }
  }

  private void gap(Conflict conflict) {
    List<Bound> pair =
        report.bounds().stream()
            .filter(bound -> conflict.landmarks().contains(bound.landmark().id()))
            .toList();
    if (pair.size() != 2 || !(conflict.gapKm() > 0)) {
      return;
    }
    Position a = pair.getFirst().landmark().position();
    Position b = pair.getLast().landmark().position();
    double first = pair.getFirst().atMost().kilometres();
    double second = pair.getLast().atMost().kilometres();
    double apart = Sphere.kilometres(a, b);
    if (first + second >= apart) {
      return;
    }
    double[] from = Sphere.vector(a);
    double[] to = Sphere.vector(b);
    double angle = Sphere.angle(from, to);
    gaps.add(
        new Gap(
            Sphere.towards(from, to, angle * first / apart),
            Sphere.towards(to, from, angle * second / apart),
            conflict.gapKm()));
  }

  /** The rim of a bound as a closed line. */
  static SphereLine rim(Bound bound) {
    SphereLine rim = SphereLine.through(RegionField.rim(bound, RIM_POINTS));
    rim.removeLast();
    return rim;
  }

  /** Whether a bound's landmark takes part in a conflict. */
  boolean contradicts(Bound bound) {
    return contradicting.contains(bound.landmark().id());
  }

  LocationReport report() {
    return report;
  }

  RegionField field() {
    return field;
  }

  boolean hasRegion() {
    return !report.region().empty();
  }

  Distance regionRadius() {
    return Distance.ofKilometres(report.region().radiusKm());
  }

  Optional<Position> regionCentre() {
    return hasRegion() ? Optional.ofNullable(report.region().centre()) : Optional.empty();
  }

  List<ClaimedPlace> places() {
    return places;
  }

  List<ClaimedArea> areas() {
    return areas;
  }

  List<Gap> gaps() {
    return gaps;
  }

  List<Away> aways() {
    return aways;
  }

  List<Bound> binding() {
    return binding;
  }

  List<Bound> others() {
    return others;
  }

  /** How many bounds are left out because there are too many. */
  int notDrawn() {
    return notDrawn;
  }

  /** Whether claims need numbers to be told apart. */
  boolean numbered() {
    return report.verdicts().size() > 1;
  }
}
