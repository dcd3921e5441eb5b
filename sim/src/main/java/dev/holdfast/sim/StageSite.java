package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Landmark;
import java.util.List;

/** A site on a stage, and until which period it has no power and its meters are read. */
final class StageSite {
  final SimulatedSite site;

  /** All landmarks, the nearest first. */
  final List<Landmark> nearest;

  int downUntil;
  int metersUntil = Integer.MAX_VALUE;

  StageSite(SimulatedSite site, List<Landmark> nearest) {
    this.site = requireNonNull(site, "site");
    this.nearest = List.copyOf(nearest);
  }

  String id() {
    return site.id();
  }
}
